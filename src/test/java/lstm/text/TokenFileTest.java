package lstm.text;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text whose tokens do not stay in memory is the same text. */
class TokenFileTest {

    private static final int SIZE = 3 << 16;

    @TempDir
    Path directory;

    private Path text;
    private Store store;

    /** Keeps one file, and next to nothing in memory. */
    private static final class Store implements TokenStore {
        final Path file;
        final List<String> notes = new ArrayList<>();
        int written;

        Store(Path file) {
            this.file = file;
        }

        @Override
        public long memory() {
            return 100_000;
        }

        @Override
        public @Nullable Path find(Sources sources, Unit unit) {
            return Files.exists(file) ? file : null;
        }

        @Override
        public TokenFile write(Sources sources, Unit unit, Content content) {
            written++;
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                return content.writeTo(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void progress(long bytes) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        text = Files.writeString(directory.resolve("text.txt"), random(1, 60));
        store = new Store(directory.resolve("text.tokens"));
    }

    private static String random(int seed, int symbols) {
        int[] codePoints = new Random(seed).ints(SIZE, ' ', ' ' + symbols).toArray();
        return new String(codePoints, 0, SIZE);
    }

    private Corpus read(TokenStore where, Unit unit) {
        return Corpus.read(sources(), unit, where);
    }

    private Sources sources() {
        return Sources.of(List.of(text.toString()), InputStream.nullInputStream());
    }

    private static void assertSame(Corpus stored, Corpus memory) {
        assertThat(stored.vocabulary()).isEqualTo(memory.vocabulary());
        assertThat(stored.name()).isEqualTo(memory.name());
        assertThat(TestTexts.list(stored.tokens())).isEqualTo(TestTexts.list(memory.tokens()));
        assertThat(stored.tokens().digest()).isEqualTo(memory.tokens().digest());
    }

    static IntStream alphabets() {
        return IntStream.of(1, 2, 255, 256, 257, 20_000, 50_000);
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void itIsTheSameTextWithAnyNumberOfSymbols(int symbols) throws IOException {
        Files.writeString(text, random(symbols, symbols));
        Corpus memory = read(TokenStore.NONE, Unit.CHARACTER);
        assertSame(read(store, Unit.CHARACTER), memory);
        assertSame(read(store, Unit.CHARACTER), memory);
        assertThat(store.written).isOne();
        assertThat(store.notes).containsExactly("the tokens of the text were kept in " + store.file);
    }

    @Test
    void moreSymbolsThanTwoBytesHoldAreNoTrouble() throws IOException {
        int[] codePoints = IntStream.concat(
                        IntStream.range(0, 200_000).map(i -> 0x10FFFF - i), IntStream.range(0, 1000))
                .toArray();
        Files.writeString(text, new String(codePoints, 0, codePoints.length));
        Corpus memory = read(TokenStore.NONE, Unit.CHARACTER);
        assertSame(read(store, Unit.CHARACTER), memory);
        assertSame(read(store, Unit.CHARACTER), memory);
        assertThat(store.written).isOne();
    }

    @Test
    void bytesAreAnotherText() {
        assertSame(read(store, Unit.BYTE), read(TokenStore.NONE, Unit.BYTE));
        assertSame(read(store, Unit.CHARACTER), read(TokenStore.NONE, Unit.CHARACTER));
        assertThat(store.written).isEqualTo(2);
    }

    @Test
    void theFileServesEveryVocabulary() {
        read(store, Unit.CHARACTER);
        Vocabulary known = Vocabulary.of(Unit.CHARACTER, List.of("z", "é", "5", " "));
        assertSame(Corpus.read(sources(), known, store), Corpus.read(sources(), known));
        assertThat(store.written).isOne();
    }

    @Test
    void aShortTextTouchesNoDisk() throws IOException {
        Files.writeString(text, "short");
        read(store, Unit.CHARACTER);
        assertThat(store.file).doesNotExist();
    }

    @Test
    void ofSeveralFilesWhereOneEndsMatters() throws IOException {
        Path a = Files.writeString(directory.resolve("a"), "\ufeff" + random(2, 50));
        Path b = Files.writeString(directory.resolve("b"), "\ufeff");
        List<String> names = List.of(a.toString(), b.toString());
        Corpus.read(Sources.of(names, InputStream.nullInputStream()), Unit.CHARACTER, store);
        Files.writeString(a, random(2, 50));
        Files.writeString(b, "\ufeff\ufeff");
        Corpus other = Corpus.read(Sources.of(names, InputStream.nullInputStream()), Unit.CHARACTER, store);
        assertThat(other.vocabulary().token(0xFEFF)).isNotNegative();
        assertThat(store.written).isEqualTo(2);
    }

    @Test
    void aTextThatChangedIsReadAnewWhateverItsTimeSays() throws IOException {
        FileTime time = Files.getLastModifiedTime(text);
        read(store, Unit.CHARACTER);
        String changed = random(3, 60);
        Files.writeString(text, changed);
        Files.setLastModifiedTime(text, time);
        assertSame(read(store, Unit.CHARACTER), read(TokenStore.NONE, Unit.CHARACTER));
        assertThat(store.written).isEqualTo(2);
        assertThat(store.notes)
                .containsExactly("the text is not what it was when its tokens were kept in " + store.file
                        + ": they are made anew");
    }

    @Test
    void aFileThatWasTouchedAloneIsTheSameText() throws IOException {
        read(store, Unit.CHARACTER);
        Files.setLastModifiedTime(text, FileTime.fromMillis(0));
        read(store, Unit.CHARACTER);
        assertThat(store.written).isOne();
    }

    @Test
    void aTrainingKeepsTheTokensOfAFileThatIsDeletedOrReplaced() throws IOException {
        Corpus memory = read(TokenStore.NONE, Unit.CHARACTER);
        Corpus first = read(store, Unit.CHARACTER);
        Corpus second = read(store, Unit.CHARACTER);
        Files.delete(store.file);
        Files.writeString(text, random(4, 60));
        read(store, Unit.CHARACTER);
        assertSame(first, memory);
        assertSame(second, memory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aDamagedFileIsMadeAnew(int seed) throws IOException {
        Corpus memory = read(TokenStore.NONE, Unit.CHARACTER);
        read(store, Unit.CHARACTER);
        byte[] whole = Files.readAllBytes(store.file);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Files.write(store.file, damaged(whole, random));
            assertSame(read(store, Unit.CHARACTER), memory);
            assertThat(store.written).isEqualTo(2 + round);
            assertThat(requireNonNull(store.notes.get(round)))
                    .startsWith(store.file + " is damaged (")
                    .endsWith("): the tokens of the text are made anew");
        }
    }

    /** Cut off, or with a bit turned: in the tokens, in what stands behind them, or in the last bytes. */
    private static byte[] damaged(byte[] whole, Random random) {
        int place = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(whole.length);
            case 1 -> whole.length - 1 - random.nextInt(500);
            case 2 -> whole.length - 1 - random.nextInt(8);
            default -> random.nextInt(8);
        };
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, place);
        }
        byte[] bytes = whole.clone();
        bytes[place] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    @Test
    void aTextThatIsNotUtf8IsRefusedBehindTheBeginningToo() throws IOException {
        Files.writeString(text, "\u00ff", StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> read(store, Unit.CHARACTER))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("byte 0xFF at offset " + SIZE);
    }

    @Test
    void whatIsOutsideIsRefused() {
        Tokens tokens = read(store, Unit.CHARACTER).tokens();
        assertThatThrownBy(() -> tokens.get(SIZE)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tokens.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
