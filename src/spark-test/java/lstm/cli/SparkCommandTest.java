package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with executors that are processes of their own. */
class SparkCommandTest {

    private static final String CLUSTER = "local-cluster[2,1,1024]";

    @TempDir
    Path folder;

    private final List<String> options = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        Path tales = Path.of("corpora/tales.txt").toAbsolutePath();
        Files.writeString(folder.resolve("tale.txt"), Files.readString(tales).substring(0, 60_000));
        options.addAll(Arrays.asList(System.getProperty("lstm.spark.opens").split(" ")));
        options.add("-Dspark.ui.enabled=false");
        options.add("-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"));
    }

    private static Object[] train(Object... more) {
        Object[] words = {
            "train",
            "tale.txt",
            "--spark",
            CLUSTER,
            "--workers",
            3,
            "--local-steps",
            20,
            "--hidden",
            16,
            "--batch",
            12,
            "--steps",
            300,
            "--val-every",
            60,
            "--dropout",
            0.1,
            "--progress",
            "plain",
            "-o"
        };
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }

    /** The driver begins no other Java. */
    private static Stream<ProcessHandle> executors(Child driver) {
        return driver.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    @Test
    void executorsThatAreKilledChangeNoBit() throws IOException {
        Run whole = Child.run(folder, options, train("whole.safetensors", "--metrics", "whole.jsonl"))
                .succeeded();
        assertThat(whole.err()).contains(" val ", "15 rounds of ", "saved whole.safetensors");
        assertThat(Files.readAllLines(folder.resolve("whole.jsonl"))).hasSizeGreaterThanOrEqualTo(15);

        long killed = 0;
        try (Child child = Child.start(folder, options, train("killed.safetensors"))) {
            for (String line : List.of(" 20%", " 40%", " 60%")) {
                child.awaitLine(line);
                killed += executors(child)
                        .limit(1)
                        .filter(ProcessHandle::destroyForcibly)
                        .count();
            }
            assertThat(child.end().succeeded().err()).contains("saved killed.safetensors");
        }

        assertThat(killed).isEqualTo(3);
        assertThat(folder.resolve("killed.safetensors")).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
        // And what has come of it is a model like any other.
        Child.run(folder, List.of(), "sample", "whole.safetensors", "-n", 20).succeeded();
        Child.run(folder, List.of(), "info", "whole.safetensors").succeeded();
    }

    @Test
    void aDriverThatIsKilledIsResumedExactly() throws IOException {
        assertThat(resumedAfter("KILL").code()).isNotZero();
    }

    @Test
    void anInterruptionSavesAndIsResumedExactly() throws IOException {
        Run stopped = resumedAfter("TERM");
        assertThat(stopped.err()).contains("stopped; saved stopped.safetensors");
        assertThat(stopped.code()).isEqualTo(143);
    }

    /** Ends a training by a signal; when it is resumed, it comes to the same bytes as one that was left alone. */
    private Run resumedAfter(String signal) throws IOException {
        Child.run(folder, options, train("whole.safetensors")).succeeded();
        Run ended;
        try (Child child = Child.start(folder, options, train("stopped.safetensors"))) {
            child.awaitLine(" 40%");
            child.signal(signal);
            ended = child.end();
        }
        Run resumed = Child.run(folder, options, train("stopped.safetensors", "--resume"))
                .succeeded();
        assertThat(resumed.err()).doesNotContain("this is not the text");
        assertThat(folder.resolve("stopped.safetensors")).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
        return ended;
    }

    @Test
    void whatCannotBeDoneIsOneClearLine() throws IOException {
        Child.run(folder, options, "train", "tale.txt", "--spark", "nonsense", "--workers", 1)
                .failedAfterNotes(Lstm.FAILED, "cannot train with Spark at nonsense: ");
        Child.run(folder, options, "train", "tale.txt", "--spark", "local[1]", "--workers", 600, "--seq-length", 100)
                .failedAfterNotes(Lstm.FAILED, "the text is too short to be shared: each of 600 workers would have ");
        Child.run(folder, options, "train", "tale.txt", "--spark", "local[1]", "--workers", 4000)
                .failedAfterNotes(
                        Lstm.FAILED, "a checkpoint of this model has room for what 604 workers carry, not 4000;");
        Child.run(folder, options, "train", "nothing.txt", "--spark", "local[1]", "--workers", 1)
                .failedAfterNotes(Lstm.FAILED, "no such file or directory: nothing.txt");
    }
}
