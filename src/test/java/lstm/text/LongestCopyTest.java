package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LongestCopyTest {

    private static final Vocabulary ABN = Vocabulary.of(Unit.CHARACTER, List.of("b", "a", "\n"));
    private static final LongestCopy NOTHING = new LongestCopy(0, 0, "", "", 0);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static List<LongestCopy> copies(Sources corpus, String... texts) throws IOException {
        Tokenizer tokenizer = new Tokenizer(ABN);
        List<int[]> tokens = new ArrayList<>();
        for (String text : texts) {
            tokens.add(tokenizer.encode(text, Unknown.ERROR));
        }
        return LongestCopy.of(tokens, corpus, ABN);
    }

    private static LongestCopy copy(String corpus, String text) throws IOException {
        return copies(TestTexts.sources(corpus), text).get(0);
    }

    /** Letters of which x is unknown, and newlines. */
    private static String random(Random random, int most, String letters) {
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRunIsTheFirstLongestThatBruteForceFindsAndStandsWhereItSays(int seed) throws IOException {
        Random random = new Random(seed);
        String corpus = random(random, 200, "aaabbb\nx");
        String[] texts = new String[1 + random.nextInt(4)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = random(random, 40, "ab\n");
        }

        List<LongestCopy> copies = copies(TestTexts.sources(corpus), texts);

        assertThat(copies).hasSameSizeAs(texts);
        for (int i = 0; i < texts.length; i++) {
            LongestCopy copy = copies.get(i);
            String expected = firstLongest(texts[i], corpus);
            assertThat(copy.run()).isEqualTo(expected);
            assertThat(copy.length()).isEqualTo(expected.length());
            assertThat(copy.from()).isEqualTo(texts[i].indexOf(expected));
            if (expected.isEmpty()) {
                assertThat(copy).isEqualTo(NOTHING);
            } else {
                assertThat(copy.source()).isEqualTo("standard input");
                assertThat(linesOf(expected, corpus)).contains(copy.line());
            }
        }
    }

    private static String firstLongest(String text, String corpus) {
        String longest = "";
        for (int from = 0; from < text.length(); from++) {
            for (int to = from + longest.length() + 1; to <= text.length(); to++) {
                if (corpus.contains(text.substring(from, to))) {
                    longest = text.substring(from, to);
                }
            }
        }
        return longest;
    }

    /** The lines, from 1, in which a run begins. */
    private static List<Long> linesOf(String run, String corpus) {
        List<Long> lines = new ArrayList<>();
        for (int at = corpus.indexOf(run); at >= 0; at = corpus.indexOf(run, at + 1)) {
            lines.add(1 + corpus.substring(0, at).chars().filter(c -> c == '\n').count());
        }
        return lines;
    }

    @Test
    void theFileAndTheLineInWhichTheRunBeginsAreNamed() throws IOException {
        Path first = Files.writeString(folder.resolve("1.txt"), "bb\nbb\n");
        Path second = Files.writeString(folder.resolve("2.txt"), "b\nb\nbaaa\nabb");
        Sources corpus = Sources.of(List.of(first.toString(), second.toString()), InputStream.nullInputStream());

        assertThat(copies(corpus, "baa\nabaaa\naa"))
                .containsExactly(new LongestCopy(5, 6, "baaa\na", second.toString(), 3));
    }

    @Test
    void noRunGoesOnOverTheEndOfAFileOrAnUnknownSymbol() throws IOException {
        Path first = Files.writeString(folder.resolve("1.txt"), "aab");
        Path empty = Files.writeString(folder.resolve("2.txt"), "");
        Path last = Files.writeString(folder.resolve("3.txt"), "bba\u00e9aa");
        Sources corpus =
                Sources.of(List.of(first.toString(), empty.toString(), last.toString()), InputStream.nullInputStream());

        assertThat(copies(corpus, "aabbb", "bbaaa"))
                .containsExactly(
                        new LongestCopy(0, 3, "aab", first.toString(), 1),
                        new LongestCopy(0, 3, "bba", last.toString(), 1));
    }

    @Test
    void aNewlineAtEitherEndOfTheRunCountsIntoTheLineThatItEnds() throws IOException {
        assertThat(copy("a\nb\n\na", "b\n").line()).isEqualTo(2);
        assertThat(copy("a\nb\n\na", "\n\n").line()).isEqualTo(2);
        assertThat(copy("a\nb\n\na", "\na\n").line()).isEqualTo(3);
        assertThat(copy("\n", "\n")).isEqualTo(new LongestCopy(0, 1, "\n", "standard input", 1));
    }

    @Test
    void aNulCharacterEndsNoCorpus() throws IOException {
        assertThat(copy("a\0ab", "ab")).isEqualTo(new LongestCopy(0, 2, "ab", "standard input", 1));
    }

    @Test
    void nothingIsSharedWithNothing() throws IOException {
        assertThat(copy("", "ab")).isEqualTo(NOTHING);
        assertThat(copy("ab", "")).isEqualTo(NOTHING);
        assertThat(copy("xx", "ab")).isEqualTo(NOTHING);
        assertThat(copies(TestTexts.sources("ab"))).isEmpty();
    }

    @Test
    void aLongTextInALongCorpusIsFoundWhole() throws IOException {
        // Thue and Morse's sequence, which overlaps itself as little as two letters can, and a periodic one, as much.
        StringBuilder aperiodic = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            aperiodic.append(Integer.bitCount(i) % 2 == 0 ? 'a' : 'b');
        }
        String text = aperiodic.substring(40_000, 90_000);
        String periodic = "aab".repeat(10_000);

        List<LongestCopy> copies =
                copies(TestTexts.sources("bab\n" + aperiodic + "\n" + periodic), text, periodic + "b");

        assertThat(copies.get(0)).isEqualTo(new LongestCopy(0, 50_000, text, "standard input", 2));
        assertThat(copies.get(1)).isEqualTo(new LongestCopy(0, 30_000, periodic, "standard input", 3));
    }

    @Test
    void bytesAreSharedAsWell() throws IOException {
        Vocabulary bytes = Vocabulary.of(Unit.BYTE, List.of("a", "\u00c3", "\u00a9"));
        List<LongestCopy> copies = LongestCopy.of(List.of(new int[] {0, 1, 2, 2}), TestTexts.sources("xaé"), bytes);

        assertThat(copies).containsExactly(new LongestCopy(0, 3, "aé", "standard input", 1));
    }
}
