package lstm.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The longest run of tokens that a text shares with a corpus.
 *
 * @param from where in the text it begins
 * @param length in tokens; 0 where they share nothing
 * @param run itself
 * @param source the file of the corpus that holds it; empty where they share nothing
 * @param line of that file in which it begins, from 1; 0 where they share nothing
 */
public record LongestCopy(int from, int length, String run, String source, long line) {

    /**
     * The longest run of each of several texts, the first of those that are equally long, and one of the corpus's
     * places that hold it. The corpus is read once, in time that does not depend on the texts, and only they are kept
     * in memory. No run goes on over a symbol that the vocabulary lacks, or over the end of a file.
     *
     * @throws TextException where the corpus cannot be read or is not UTF-8
     */
    public static List<LongestCopy> of(List<int[]> texts, Sources corpus, Vocabulary vocabulary) throws IOException {
        CopySearch search = new CopySearch(texts, vocabulary);
        search.read(corpus);
        List<LongestCopy> copies = new ArrayList<>();
        int end = -1;
        for (int[] text : texts) {
            int begin = end + 1;
            end = begin + text.length;
            copies.add(longest(text, begin, search, new Tokenizer(vocabulary)));
        }
        return copies;
    }

    private static LongestCopy longest(int[] text, int begin, CopySearch search, Tokenizer tokenizer) {
        int last = -1;
        int length = 0;
        for (int i = 0; i < text.length; i++) {
            int shared = search.length(begin + i);
            if (shared > length) {
                length = shared;
                last = i;
            }
        }
        if (length == 0) {
            return new LongestCopy(0, 0, "", "", 0);
        }
        int from = last - length + 1;
        int[] run = Arrays.copyOfRange(text, from, last + 1);
        long newlines = Arrays.stream(run)
                .filter(token -> tokenizer.vocabulary().codePoint(token) == '\n')
                .count();
        long line = search.line(begin + last) - newlines;
        return new LongestCopy(from, length, tokenizer.decode(run), search.source(begin + last), line);
    }
}
