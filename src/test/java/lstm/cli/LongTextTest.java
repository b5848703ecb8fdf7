package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts at the ends of what people have. Each needs some minutes, and the longest 11 GB of the disk for temporary files. */
@Tag("torture")
class LongTextTest {

    private static final long GIGABYTE = 1_000_000_000;
    private static final long KILOBYTES = 1024;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void begin() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
    }

    /** With the launcher's options, and a cache of its own; SHA-256 is slow before the last compiler has seen it. */
    private List<String> options(String heap) {
        return List.of(heap, "-Xms32m", "-XX:MaxNewSize=64m", "-XX:TieredStopAtLevel=4", "-Duser.home=" + home);
    }

    /** Pieces of the tales from random places, one behind the other. */
    private Path write(String name, long bytes) throws IOException {
        byte[] tales = Files.readString(Path.of("corpora/tales.txt"))
                .replaceAll("[^\\x00-\\x7f]", "?")
                .getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(1);
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; ) {
                int from = random.nextInt(tales.length / 2);
                int count = (int) Math.min(left, tales.length / 2);
                out.write(tales, from, count);
                left -= count;
            }
        }
        return file;
    }

    @Test
    void aGigabyteTrainsWithin1600MegabytesResident() throws IOException {
        write("text", GIGABYTE);
        try (Child child = Child.start(
                folder, options("-Xmx4g"), "train", "text", "--hidden", 128, "--steps", 400, "--val-every", 20)) {
            child.awaitLine("  5%");
            long peak = child.peakOfResidentKilobytes() * KILOBYTES;
            System.out.printf("a text of 1 GB: %,d bytes resident at most%n", peak);
            assertThat(peak).isBetween(GIGABYTE, GIGABYTE * 16 / 10);
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void fiveGigabytesTrainWithOneOfHeapAndResumeFromTheirTokens() throws IOException {
        write("text", 5 * GIGABYTE);
        Object[] words = {"train", "text", "--hidden", 64, "-o", "five", "--progress", "plain", "--steps"};
        Run first = Child.run(folder, options("-Xmx1g"), with(words, 20)).succeeded();
        assertThat(first.err()).contains("4,999,750,000 characters to learn from", "its tokens go to " + home);
        Path tokens;
        try (Stream<Path> files = Files.list(home.resolve(".cache/lstm"))) {
            tokens = files.reduce((one, other) -> {
                        throw new AssertionError("two files: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
        assertThat(tokens).satisfies(file -> assertThat(Files.size(file)).isBetween(5 * GIGABYTE, 5 * GIGABYTE + 4096));

        Run second = Child.run(folder, options("-Xmx1g"), with(words, 25, "--resume"))
                .succeeded();
        assertThat(second.err())
                .contains("the tokens of the text were kept in " + tokens)
                .doesNotContain("this is not the text");
        // A text that is as long as it was, and ends otherwise.
        try (RandomAccessFile text = new RandomAccessFile(folder.resolve("text").toFile(), "rw")) {
            text.seek(text.length() - 1);
            text.write('~');
        }
        Run third = Child.run(folder, options("-Xmx1g"), with(words, 30, "--resume"))
                .succeeded();
        assertThat(third.err()).contains("they are made anew", "this is not the text");
    }

    @Test
    void tokensThatAreCutShortAreOneClearLine() throws IOException {
        write("text", 100_000_000);
        Object[] words = Run.trainWords("text", "--steps", 100_000_000, "--val-every", 50, "-o", "model");
        try (Child child = Child.start(folder, options("-Xmx160m"), words)) {
            child.awaitLine("  0%");
            Path cache = home.resolve(".cache/lstm");
            try (Stream<Path> files = Files.list(cache);
                    FileChannel tokens = FileChannel.open(files.findFirst().orElseThrow(), StandardOpenOption.WRITE)) {
                tokens.truncate(1000);
            }
            child.end().failedAfterNotes(Lstm.FAILED, "the tokens of the text, which another program has cut short");
        }
        // The next training makes them anew.
        Run resumed = Child.run(folder, options("-Xmx160m"), with(words, "--resume", "--steps", 1));
        assertThat(resumed.succeeded().err()).contains(" is damaged (").doesNotContain("this is not the text");
    }

    @Test
    void aLineOf100MegabytesIsLearntAndScored() throws IOException {
        Path prose = write("prose", GIGABYTE / 10);
        Path line = folder.resolve("line");
        try (InputStream in = Files.newInputStream(prose);
                OutputStream out = Files.newOutputStream(line)) {
            byte[] block = new byte[1 << 20];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                for (int i = 0; i < count; i++) {
                    block[i] = block[i] == '\n' ? (byte) ' ' : block[i];
                }
                out.write(block, 0, count);
            }
            out.write("\nA short line.\n".getBytes(StandardCharsets.US_ASCII));
        }
        Object[] words = Run.trainWords("line", "--steps", 20, "-o", "line.safetensors", "--progress", "plain");
        Child.run(folder, options("-Xmx1g"), words).succeeded();
        Child.run(folder, options("-Xmx1g"), with(words, "--records", "line")).succeeded();
        Run scored = Child.run(folder, options("-Xmx200m"), "score", "line.safetensors", "line", "--json", "--top", 1);
        assertThat(scored.succeeded().out()).contains("\"line\":");
    }

    @Test
    void twoHundredThousandDifferentCharactersTrainOrSayWhyNot() throws IOException {
        int[] codePoints = IntStream.concat(IntStream.range(0x20, 0xD800), IntStream.range(0xE000, 0x40000))
                .limit(200_000)
                .toArray();
        Files.writeString(folder.resolve("text"), new String(codePoints, 0, codePoints.length).repeat(2));
        Object[] words = {"train", "text", "--steps", 2, "-o", "model", "--val", 0};
        Run oneHot = Child.run(folder, options("-Xmx3g"), words);
        oneHot.failedAfterNotes(Lstm.FAILED, "out of memory: Java may take ");
        assertThat(oneHot.err()).contains(" parameters are for the 200,000 different characters; --tie or --bytes");
        // 52 million parameters at 60 bytes each, while they are saved.
        Child.run(folder, options("-Xmx4g"), with(words, "--tie", "--batch", 4)).succeeded();
        Child.run(folder, options("-Xmx3g"), with(words, "--bytes")).succeeded();
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }
}
