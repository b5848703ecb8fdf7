package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a command whose output reaches nobody. */
class StandardOutputTest {

    private static final String FULL = "No space left on device";

    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path model = Path.of("");
    private Path text = Path.of("");

    @BeforeEach
    void train() {
        model = folder.resolve("model.safetensors");
        text = folder.resolve("fox.txt");
        if (!text.toFile().exists()) {
            Texts.file(folder, "fox.txt", 600);
            Run.train(text, "-o", model, "--steps", 5);
        }
    }

    /** A stream that takes so many bytes, as a disk does. */
    private static OutputStream room(int bytes) {
        return new OutputStream() {
            private int left = bytes;

            @Override
            public void write(int oneByte) throws IOException {
                if (left-- <= 0) {
                    throw new IOException(FULL);
                }
            }
        };
    }

    private int lstm(OutputStream out, Object... words) {
        StandardOutput output = new StandardOutput(out);
        Console console = new Console(InputStream.nullInputStream(), output, Run.stream(err), false, false, false);
        return Lstm.run(console, Run.words(words));
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                        "--version",
                        "--help",
                        "sample --help",
                        "sample MODEL -n 30",
                        "sample MODEL -n 30 --count 3 --json",
                        "sample MODEL -n 5 --logprobs",
                        "sample MODEL -n 5 --beam 3 --count 2",
                        "sample MODEL -n 30 --best-of 2",
                        "eval MODEL TEXT",
                        "eval MODEL TEXT --json",
                        "score MODEL TEXT",
                        "score MODEL TEXT --json",
                        "score MODEL TEXT --top 2",
                        "score MODEL TEXT --html -",
                        "info MODEL",
                        "info MODEL --json",
                        "ls FOLDER",
                        "gradients MODEL TEXT --lags 3",
                        "neurons MODEL TEXT",
                        "neurons MODEL TEXT --json",
                        "neurons MODEL TEXT --unit 1:1",
                        "neurons MODEL TEXT --find quotes",
                        "neurons MODEL TEXT --html -",
                        "baseline TEXT --json",
                        "report MODEL -n 5 -o -",
                        "completion zsh")
                .map(line -> List.of(line.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFullDiskFailsEveryCommandInOneLine(List<String> words) {
        int code = lstm(room(3), named(words));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("lstm: cannot write to standard output: " + FULL + "\n");
        assertThat(code).isEqualTo(Lstm.FAILED);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aReaderWhoHasHadEnoughIsNoFailure(List<String> words) throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            pipe.source().close();
            int code = lstm(Channels.newOutputStream(sink), named(words));

            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(code).isEqualTo(Lstm.DONE);
        }
    }

    private Object[] named(List<String> words) {
        return words.stream()
                .map(word -> switch (word) {
                    case "MODEL" -> model;
                    case "TEXT" -> text;
                    case "FOLDER" -> folder;
                    default -> word;
                })
                .toArray();
    }

    @Test
    void aCommandThatFailedKeepsItsCode() {
        assertThat(lstm(room(0), "sample", "--nonsense")).isEqualTo(Lstm.USAGE);
    }

    @Test
    void theFirstReasonIsKept() {
        StandardOutput output = new StandardOutput(room(2));
        output.print("abc");
        output.write(ByteBuffer.allocate(1).array(), 0, 1);

        assertThat(output.failure()).hasMessage(FULL);
        assertThat(new StandardOutput(room(2)).failure()).isNull();
    }
}
