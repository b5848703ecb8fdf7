package lstm.text;

import java.util.Arrays;

/** A text whose symbols are numbered in the order in which they appear. */
interface NumberedText {

    /** The symbols in the order of their numbers. */
    int[] symbols();

    /** The text in the tokens of a vocabulary that has all symbols. */
    Tokens tokens(Vocabulary vocabulary);

    /**
     * One in memory, whose tokens can be had once.
     *
     * @param numbers the text
     * @param symbols of each number
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(TokenBuffer numbers, int[] symbols) implements NumberedText {
        @Override
        public Tokens tokens(Vocabulary vocabulary) {
            numbers.remap(Arrays.stream(symbols).map(vocabulary::token).toArray());
            return numbers;
        }
    }
}
