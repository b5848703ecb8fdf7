package lstm.score;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.generate.TextGenerator;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.score.LineScorer.Context;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
import lstm.train.Evaluator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@BothKernels
class LineScorerTest {

    private static final Vocabulary VOCABULARY = vocabulary(Unit.CHARACTER, "ab c\u00e9\n");
    /** Losses are floats of a few nats, each rounded by 2^-22 at most, and as much again in the logits. */
    private static final double FLOAT = 2e-6;

    private final Workers workers;
    private final LanguageModel model;

    LineScorerTest(KernelChoice.Request kernel) {
        workers = new Workers(2, KernelChoice.of(kernel).kernels());
        model = model(new ModelConfig(Cell.LSTM, VOCABULARY.size(), 9, 2, 0, 0));
    }

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private LanguageModel model(ModelConfig config) {
        return LanguageModel.initialized(config, 3, workers);
    }

    private static Vocabulary vocabulary(Unit unit, String symbols) {
        return Vocabulary.of(
                unit, symbols.codePoints().mapToObj(Character::toString).toList());
    }

    private static Sources sources(InputStream in) {
        return Sources.of(List.of(Sources.STANDARD_INPUT), in);
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<ScoredLine> score(String text) throws IOException {
        return score(model, VOCABULARY, sources(utf8(text)), Context.LINE);
    }

    private static List<ScoredLine> score(LanguageModel model, Vocabulary vocabulary, Sources sources, Context context)
            throws IOException {
        List<ScoredLine> lines = new ArrayList<>();
        try (LineScorer scorer = new LineScorer(model, vocabulary, sources, context)) {
            for (ScoredLine line = scorer.next(); line != null; line = scorer.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Lines of many lengths, none of them among these: enough for several groups of 64. */
    private static List<String> randomLines() {
        Random random = new Random(5);
        return IntStream.range(0, 200)
                .mapToObj(i -> random.ints(random.nextInt(70), 0, 5)
                        .mapToObj(symbol -> "ab c\u00e9".substring(symbol, symbol + 1))
                        .collect(Collectors.joining()))
                .toList();
    }

    /** Bits of every character behind a newline, from the generator's probabilities. */
    private static double[] byHand(TextGenerator generator, String text) {
        int[] tokens = new Tokenizer(VOCABULARY).encode(text, Unknown.ERROR);
        double[] bits = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            bits[i] = -generator.logProbabilities()[tokens[i]] / Math.log(2);
            generator.read(tokens[i]);
        }
        return bits;
    }

    private void assertBits(ScoredLine line, double[] expected) {
        assertThat(line.bits()).hasSize(expected.length - 1);
        for (int i = 0; i < line.bits().length; i++) {
            assertThat((double) line.bits()[i]).isCloseTo(expected[i], within(FLOAT));
        }
        assertThat(line.endBits()).isCloseTo(expected[expected.length - 1], within(FLOAT));
        double sum = 0;
        for (double bits : expected) {
            sum += bits;
        }
        assertThat(line.count()).isEqualTo(expected.length);
        assertThat(line.totalBits()).isCloseTo(sum, within(FLOAT * expected.length));
        assertThat(line.bitsPerCharacter()).isCloseTo(sum / expected.length, within(FLOAT));
    }

    @Test
    void aLineHasTheBitsOfItsCharactersAndItsNewlineBehindANewline() throws IOException {
        List<String> lines = randomLines();
        List<ScoredLine> scored = score(String.join("\n", lines) + "\n");

        assertThat(scored.stream().map(ScoredLine::text)).isEqualTo(lines);
        TextGenerator generator = new TextGenerator(model);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(scored.get(i).number()).isEqualTo(i + 1);
            assertThat(scored.get(i).source()).isEqualTo("standard input");
            generator.begin(VOCABULARY);
            assertBits(scored.get(i), byHand(generator, lines.get(i) + "\n"));
        }
    }

    @Test
    void carriedOnALineIsForeseenFromAllBeforeIt() throws IOException {
        List<String> lines = randomLines();
        List<ScoredLine> scored =
                score(model, VOCABULARY, sources(utf8(String.join("\n", lines) + "\n")), Context.TEXT);

        TextGenerator generator = new TextGenerator(model);
        generator.begin(VOCABULARY);
        for (int i = 0; i < lines.size(); i++) {
            assertBits(scored.get(i), byHand(generator, lines.get(i) + "\n"));
        }
    }

    @Test
    void carriedOnAWholeTextHasTheLossOfItsEvaluation() throws IOException {
        String text = String.join("\n", randomLines());
        List<ScoredLine> scored = score(model, VOCABULARY, sources(utf8(text)), Context.TEXT);
        Evaluator.Result result = evaluate(model, "\n" + text);

        assertThat(scored.stream().mapToLong(ScoredLine::count).sum()).isEqualTo(result.predictions());
        double bits = scored.stream().mapToDouble(ScoredLine::totalBits).sum();
        // The losses are the same; their sums are doubles of some 1e4.
        assertThat(bits).isCloseTo(result.bits() * result.predictions(), within(1e-8));
    }

    private static Evaluator.Result evaluate(LanguageModel model, String text) {
        return new Evaluator(model).evaluate(Tokens.of(new Tokenizer(VOCABULARY).encode(text, Unknown.ERROR)));
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void linesThatComeOneByOneHaveTheSameBits(Cell cell) throws IOException {
        ModelConfig config = new ModelConfig(cell, VOCABULARY.size(), 17, 2, 0, 0);
        compareOneByOne(model(config));
        compareOneByOne(model(config.withAttention(9)));
    }

    private static void compareOneByOne(LanguageModel model) throws IOException {
        List<String> lines = randomLines().stream().map(line -> line + "\n").toList();
        List<ScoredLine> together = score(model, VOCABULARY, sources(utf8(String.join("", lines))), Context.LINE);
        Trickle trickle = new Trickle(lines.toArray(String[]::new));
        List<ScoredLine> single = score(model, VOCABULARY, sources(trickle), Context.LINE);

        assertThat(single).hasSameSizeAs(together);
        for (int i = 0; i < single.size(); i++) {
            assertThat(single.get(i).symbols()).isEqualTo(together.get(i).symbols());
            assertThat(single.get(i).bits()).isEqualTo(together.get(i).bits());
            assertThat(single.get(i).endBits()).isEqualTo(together.get(i).endBits());
            assertThat(single.get(i).totalBits()).isEqualTo(together.get(i).totalBits());
        }
    }

    @ParameterizedTest
    @EnumSource(Context.class)
    void aLineThatHasComeDoesNotWaitForTheNext(Context context) throws IOException {
        Trickle trickle = new Trickle("a", "b\nb", "a\nab\n", "c");
        try (LineScorer scorer = new LineScorer(model, VOCABULARY, sources(trickle), context)) {
            assertThat(text(scorer)).isEqualTo("ab");
            assertThat(trickle.begun()).isEqualTo(2);
            assertThat(text(scorer)).isEqualTo("ba");
            assertThat(text(scorer)).isEqualTo("ab");
            assertThat(trickle.begun()).isEqualTo(3);
            assertThat(scorer.hasScored()).isFalse();
            assertThat(text(scorer)).isEqualTo("c");
            assertThat(scorer.next()).isNull();
        }
    }

    private static String text(LineScorer scorer) throws IOException {
        return requireNonNull(scorer.next()).text();
    }

    @ParameterizedTest
    @EnumSource(Context.class)
    void ofAnEndlessStreamNoMoreIsReadThanIsSoonScored(Context context) throws IOException {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int available() {
                return Integer.MAX_VALUE;
            }

            @Override
            public int read() {
                return read[0]++ % 8 == 7 ? '\n' : 'a';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    into[offset + i] = (byte) read();
                }
                return length;
            }
        };
        try (LineScorer scorer = new LineScorer(model, VOCABULARY, sources(endless), context)) {
            for (int i = 1; i <= 2500; i++) {
                assertThat(text(scorer)).isEqualTo("aaaaaaa");
                // A block of input, and the lines that are scored together.
                assertThat(read[0] - 8L * i).isLessThan((1 << 16) + 8 * 1024);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Context.class)
    void ofALongLineTheBeginningIsKeptAndAllIsCounted(Context context) throws IOException {
        LanguageModel small = model(new ModelConfig(Cell.RNN, VOCABULARY.size(), 3, 1, 0, 0));
        int length = ScoredLine.LONGEST + 1077;
        String random = new Random(1)
                .ints(length, 0, 5)
                .mapToObj(symbol -> "ab c\u00e9".substring(symbol, symbol + 1))
                .collect(Collectors.joining());
        List<ScoredLine> scored = score(small, VOCABULARY, sources(utf8("a\n" + random + "\nb\n")), context);

        assertThat(scored).hasSize(3);
        ScoredLine line = scored.get(1);
        assertThat(line.text()).isEqualTo(random.substring(0, ScoredLine.LONGEST));
        assertThat(line.bits()).hasSize(ScoredLine.LONGEST);
        assertThat(line.isCut()).isTrue();
        assertThat(line.count()).isEqualTo(length + 1);
        assertThat(scored.get(2).isCut()).isFalse();
        if (context == Context.LINE) {
            Evaluator.Result result = evaluate(small, "\n" + random + "\n");
            // Sums of 1e5 doubles, of some 1e5 together; their order is the same.
            assertThat(line.totalBits()).isCloseTo(result.bits() * result.predictions(), within(1e-5));
            assertThat(scored.get(2).bits())
                    .isEqualTo(score(small, VOCABULARY, sources(utf8("b\n")), context)
                            .get(0)
                            .bits());
        }
    }

    @Test
    void aLineAsLongAsWhatIsKeptIsNotCut() throws IOException {
        LanguageModel small = model(new ModelConfig(Cell.RNN, VOCABULARY.size(), 3, 1, 0, 0));
        String text = "a".repeat(ScoredLine.LONGEST) + "\n";
        ScoredLine line =
                score(small, VOCABULARY, sources(utf8(text)), Context.LINE).get(0);

        assertThat(line.isCut()).isFalse();
        assertThat(line.count()).isEqualTo(ScoredLine.LONGEST + 1);
        assertThat(line.endBits()).isPositive();
    }

    @Test
    void whatTheModelHasNeverSeenIsCountedAndPassedOver() throws IOException {
        ScoredLine line = score("aQ b\ud83e\udd8a\n").get(0);
        ScoredLine known = score("a b\n").get(0);

        float[] bits = known.bits();
        assertThat(line.bits())
                .containsExactly(bits[0], Float.POSITIVE_INFINITY, bits[1], bits[2], Float.POSITIVE_INFINITY);
        assertThat(line.unknown()).isEqualTo(2);
        assertThat(line.count()).isEqualTo(6);
        assertThat(line.totalBits()).isCloseTo(known.totalBits() + 2 * Math.log(0x110000) / Math.log(2), within(1e-12));
        assertThat(line.text()).isEqualTo("aQ b\ud83e\udd8a");
    }

    @Test
    void aLineOfNothingButTheUnknownHasABitsPerCharacterToo() throws IOException {
        ScoredLine line = score("QQ").get(0);

        assertThat(line.bitsPerCharacter()).isEqualTo(ScoredLine.UNKNOWN_BITS);
        assertThat(line.endBits()).isNaN();
    }

    @Test
    void anEmptyLineIsItsNewline() throws IOException {
        List<ScoredLine> lines = score("\na\n\n");

        assertThat(lines.stream().map(ScoredLine::text)).containsExactly("", "a", "");
        assertThat(lines.get(0).count()).isEqualTo(1);
        assertThat(lines.get(0).totalBits()).isPositive().isCloseTo(lines.get(0).endBits(), within(FLOAT));
    }

    @Test
    void aTextEndsItsLastLine() throws IOException {
        assertThat(score("")).isEmpty();
        List<ScoredLine> lines = score("a\nb");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).text()).isEqualTo("b");
        assertThat(lines.get(1).count()).isEqualTo(1);
        assertThat(lines.get(1).endBits()).isNaN();
    }

    @Test
    void aCarriageReturnThatTheModelHasNeverSeenBelongsToTheNewline() throws IOException {
        ScoredLine line = score("ab\r\n").get(0);
        assertThat(line.text()).isEqualTo("ab");
        assertThat(line.totalBits()).isEqualTo(score("ab\n").get(0).totalBits());

        assertThat(score("a\rb\r").get(0).text()).isEqualTo("a\rb\r");
        assertThat(score("a\rb\r").get(0).unknown()).isEqualTo(2);
        assertThat(score("a\r\r\n").get(0).text()).isEqualTo("a\r");
    }

    @Test
    void aCarriageReturnThatTheModelKnowsIsForeseen() throws IOException {
        Vocabulary windows = vocabulary(Unit.CHARACTER, "ab c\r\n");
        ScoredLine line =
                score(model, windows, sources(utf8("ab\r\n")), Context.LINE).get(0);

        assertThat(line.text()).isEqualTo("ab\r");
        assertThat(line.count()).isEqualTo(4);
    }

    @Test
    void aNewlineThatTheModelHasNeverSeenIsNotCounted() throws IOException {
        Vocabulary oneLine = vocabulary(Unit.CHARACTER, "ab cde");
        List<ScoredLine> lines = score(model, oneLine, sources(utf8("ab\n\n")), Context.LINE);

        assertThat(lines.get(0).count()).isEqualTo(2);
        assertThat(lines.get(0).endBits()).isNaN();
        assertThat(lines.get(1).bitsPerCharacter()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Context.class)
    void everyTextBeginsAnewAndEndsItsLastLine(Context context, @TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "ab\nb");
        Path none = Files.writeString(folder.resolve("none"), "");
        Path other = Files.writeString(folder.resolve("other"), "ab\nb");
        List<String> names = List.of(one.toString(), none.toString(), other.toString());
        List<ScoredLine> lines = score(model, VOCABULARY, Sources.of(names, InputStream.nullInputStream()), context);

        assertThat(lines.stream().map(ScoredLine::text)).containsExactly("ab", "b", "ab", "b");
        assertThat(lines.stream().map(ScoredLine::number)).containsExactly(1L, 2L, 1L, 2L);
        assertThat(lines.get(1).source()).isEqualTo(one.toString());
        assertThat(lines.get(2).source()).isEqualTo(other.toString());
        assertThat(lines.get(2).bits()).isEqualTo(lines.get(0).bits());
        assertThat(lines.get(3).bits()).isEqualTo(lines.get(1).bits());
    }

    @Test
    void aByteModelReadsBytes() throws IOException {
        Vocabulary bytes = vocabulary(Unit.BYTE, "ab\u00c3\u00a9\u00ff\n");
        InputStream in = new ByteArrayInputStream("a\u00c3\u00a9\u00ff\u0001\n".getBytes(StandardCharsets.ISO_8859_1));
        ScoredLine line = score(model, bytes, sources(in), Context.LINE).get(0);

        assertThat(line.text()).isEqualTo("a\u00e9\ufffd\u0001");
        assertThat(line.bytes()).isEqualTo("a\u00c3\u00a9\u00ff\u0001".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(line.count()).isEqualTo(6);
        assertThat(line.unknown()).isEqualTo(1);
    }

    @Test
    void aTextWhoseNextCannotBeReadEndsItsLastLine(@TempDir Path folder) throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "ab\nb");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {-1});
        Sources sources = Sources.of(List.of(one.toString(), binary.toString()), InputStream.nullInputStream());
        try (LineScorer scorer = new LineScorer(model, VOCABULARY, sources, Context.LINE)) {
            assertThat(text(scorer)).isEqualTo("ab");
            assertThat(text(scorer)).isEqualTo("b");
            assertThatThrownBy(scorer::next).isInstanceOf(TextException.class).hasMessageContaining(binary.toString());
        }
    }

    @Test
    void aStreamThatCannotTellWhetherItIsReadyIsReadAllTheSame() throws IOException {
        InputStream pipe = new FilterInputStream(utf8("ab\nb\n")) {
            @Override
            public int available() throws IOException {
                throw new IOException("Illegal seek");
            }
        };

        assertThat(score(model, VOCABULARY, sources(pipe), Context.LINE)).hasSize(2);
    }

    @Test
    void aLongLineAmongShortOnesChangesNothing() throws IOException {
        String shortLines = "ab c\n".repeat(60);
        List<ScoredLine> scored = score(shortLines + "abc ".repeat(500) + "\n" + shortLines);
        float[] bits = score("ab c\n").get(0).bits();

        assertThat(scored).hasSize(121);
        assertThat(scored.stream().filter(line -> line.number() != 61))
                .allSatisfy(line -> assertThat(line.bits()).isEqualTo(bits));
        assertThat(scored.get(60).bits())
                .isEqualTo(score("abc ".repeat(500) + "\n").get(0).bits());
    }

    @Test
    void linesBeforeWhatCannotBeReadAreScored() throws IOException {
        InputStream in = new ByteArrayInputStream("ab\nb\na\u00ffa\n".getBytes(StandardCharsets.ISO_8859_1));
        try (LineScorer scorer = new LineScorer(model, VOCABULARY, sources(in), Context.LINE)) {
            assertThat(text(scorer)).isEqualTo("ab");
            assertThat(text(scorer)).isEqualTo("b");
            assertThatThrownBy(scorer::next).isInstanceOf(TextException.class).hasMessageContaining("0xFF at offset 6");
        }
    }
}
