package lstm.inspect;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * The features that are always at hand. Their value at a character is what somebody knows who has read up to it, as the model
 * has: an opening quotation mark is inside the quotation, a closing one is not.
 */
public enum TextFeature implements Feature {
    /** Straight ones open and close in turns, others in pairs, and a blank line closes them. */
    QUOTES("inside double quotes", true, CharacterReader.Quotes::new),
    /** How many of ( [ { are open. */
    BRACKETS("how many brackets are open", false, CharacterReader.Brackets::new),
    /** The newline is at 0. */
    LINE_POSITION("characters since the line began", false, CharacterReader.LinePosition::new),
    /** Blanks and tabs at the beginning of the line. */
    INDENT("how far the line is indented", false, CharacterReader.Indent::new),
    /** At its first letter 1; 0 between words. */
    WORD_POSITION("characters since the word began", false, CharacterReader.WordPosition::new),
    /** A letter or digit behind none. */
    WORD_START("the first character of a word", true, CharacterReader.WordStart::new),
    /** Upper or title case. */
    CAPITALS("a capital letter", true, each(c -> Character.isUpperCase(c) || Character.isTitleCase(c))),
    /** With any accent. */
    VOWELS("a, e, i, o or u", true, each(TextFeature::isVowel)),
    /** Decimal, of any script. */
    DIGITS("a digit", true, each(Character::isDigit)),
    /** Of any kind. */
    PUNCTUATION("a punctuation mark", true, each(TextFeature::isPunctuation)),
    /** Blanks, tabs and what else parts words, but not the newline. */
    BLANKS("a blank", true, each(c -> c != '\n' && isBlank(c))),
    /** The end of a line. */
    NEWLINES("the end of a line", true, each(c -> c == '\n'));

    private final String description;
    private final boolean binary;
    private final Supplier<CharacterReader> reader;

    TextFeature(String description, boolean binary, Supplier<CharacterReader> reader) {
        this.description = description;
        this.binary = binary;
        this.reader = reader;
    }

    private static Supplier<CharacterReader> each(IntPredicate predicate) {
        return () -> codePoint -> predicate.test(codePoint) ? 1 : 0;
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return label();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean isBinary() {
        return binary;
    }

    @Override
    public Track track(InspectedText text) {
        CharacterReader read = reader.get();
        return new Track() {
            private double value;

            @Override
            public double next(long i) {
                if (text.begins(i)) {
                    value = read.read(text.codePoint(i));
                }
                return value;
            }
        };
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isVowel(int c) {
        int base = c < 0x80
                ? c
                : Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                        .codePointAt(0);
        return "aeiou".indexOf(Character.toLowerCase(base)) >= 0;
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
