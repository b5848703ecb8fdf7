package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tokensArePlacesInTheSortedSymbols(int seed) {
        Random random = new Random(seed);
        int[] codePoints = random.ints(1 + random.nextInt(2000), 0x20, 0x20 + (1 << (1 + random.nextInt(14))))
                .toArray();
        List<Integer> sorted =
                IntStream.of(codePoints).sorted().distinct().boxed().toList();
        Corpus corpus = Corpus.read(TestTexts.sources(new String(codePoints, 0, codePoints.length)), Unit.CHARACTER);
        assertThat(corpus.vocabulary().symbols())
                .containsExactlyElementsOf(
                        sorted.stream().map(Character::toString).toList());
        assertThat(TestTexts.list(corpus.tokens()))
                .isEqualTo(IntStream.of(codePoints).map(sorted::indexOf).toArray());
    }

    @Test
    void theVocabularyDoesNotDependOnTheOrderOfTheText() {
        assertThat(vocabulary("hello world")).isEqualTo(vocabulary("dlrow olleh"));
    }

    private static Vocabulary vocabulary(String text) {
        return Corpus.read(TestTexts.sources(text), Unit.CHARACTER).vocabulary();
    }

    @Test
    void twoHundredThousandDifferentCharactersAreLearnt() {
        int[] codePoints = IntStream.range(0, 200_000).map(i -> 0x10FFFF - i).toArray();
        Corpus corpus = Corpus.read(TestTexts.sources(new String(codePoints, 0, codePoints.length)), Unit.CHARACTER);
        assertThat(corpus.vocabulary().size()).isEqualTo(200_000);
        assertThat(TestTexts.list(corpus.tokens()))
                .isEqualTo(IntStream.range(0, 200_000).map(i -> 199_999 - i).toArray());
    }

    @Test
    void oneCharacterIsACorpus() {
        Corpus corpus = Corpus.read(TestTexts.sources("😀"), Unit.CHARACTER);
        assertThat(corpus.vocabulary().symbols()).containsExactly("😀");
        assertThat(TestTexts.list(corpus.tokens())).containsExactly(0);
    }

    @Test
    void aByteModelLearnsWhatIsNotUtf8() {
        Corpus corpus = Corpus.read(TestTexts.sources(new byte[] {(byte) 0xFF, 0, (byte) 0xFF}), Unit.BYTE);
        assertThat(corpus.vocabulary()).isEqualTo(Vocabulary.of(Unit.BYTE, List.of("\0", "ÿ")));
        assertThat(TestTexts.list(corpus.tokens())).containsExactly(1, 0, 1);
    }

    @Test
    void aKnownVocabularyKeepsItsTokens() {
        Vocabulary known = Vocabulary.of(Unit.CHARACTER, List.of("z", "a", "q"));
        Corpus corpus = Corpus.read(TestTexts.sources("xzbab"), known);
        assertThat(corpus.vocabulary().symbols()).containsExactly("z", "a", "q", "b", "x");
        assertThat(TestTexts.list(corpus.tokens())).containsExactly(4, 0, 3, 1, 3);
        assertThat(known.lacking(corpus.vocabulary())).containsExactly((int) 'b', (int) 'x');
    }

    @Test
    void aKnownVocabularyThatHasAllStaysAsItIs() {
        Vocabulary known = Vocabulary.of(Unit.CHARACTER, List.of("z", "a", "q"));
        Corpus corpus = Corpus.read(TestTexts.sources("aza"), known);
        assertThat(corpus.vocabulary()).isEqualTo(known);
        assertThat(TestTexts.list(corpus.tokens())).containsExactly(1, 0, 1);
    }

    @Test
    void aKnownVocabularyLargerThanTheTextsOwnWidthIsNoTrouble() {
        Vocabulary known = Vocabulary.of(
                Unit.CHARACTER,
                IntStream.range(0, 300)
                        .mapToObj(i -> Character.toString(0x4E00 + i))
                        .toList());
        Corpus corpus = Corpus.read(TestTexts.sources("ba"), known);
        assertThat(TestTexts.list(corpus.tokens())).containsExactly(301, 300);
    }

    @Test
    void textsAreReadOneBehindTheOtherEachWithoutItsMark(@TempDir Path directory) throws Exception {
        Path first = Files.writeString(directory.resolve("1.txt"), "\ufeffab");
        Path empty = Files.writeString(directory.resolve("2.txt"), "");
        Path last = Files.writeString(directory.resolve("3.txt"), "\ufeffca");
        InputStream in = new ByteArrayInputStream("\ufeffb".getBytes(StandardCharsets.UTF_8));
        Corpus corpus = Corpus.read(
                Sources.of(List.of(first.toString(), empty.toString(), "-", last.toString()), in), Unit.CHARACTER);
        assertThat(new Tokenizer(corpus.vocabulary()).decode(TestTexts.list(corpus.tokens())))
                .isEqualTo("abbca");
    }

    @Test
    void emptyTextsAreNamed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("empty.txt"));
        Sources one = Sources.of(List.of(file.toString()), InputStream.nullInputStream());
        assertThatThrownBy(() -> Corpus.read(one, Unit.CHARACTER))
                .isInstanceOf(TextException.class)
                .hasMessage("nothing to read in " + file + ": it is empty");
        Sources two = Sources.of(List.of(file.toString(), "-"), InputStream.nullInputStream());
        assertThatThrownBy(() -> Corpus.read(two, Unit.BYTE))
                .isInstanceOf(TextException.class)
                .hasMessage("nothing to read in " + file + ", standard input: they are empty");
    }

    @Test
    void aMarkAloneIsAnEmptyText() {
        assertThatThrownBy(() -> Corpus.read(TestTexts.sources("\ufeff"), Unit.CHARACTER))
                .hasMessage("nothing to read in standard input: it is empty");
    }
}
