package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.train.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: the folder it runs in, signals, the locale, the memory. */
class ProcessTest {

    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheText() {
        Texts.file(folder, "fox.tales.txt", 600);
    }

    @Test
    void withoutNamesACheckpointOfTheTextsNameIsMadeAndTheNewestIsTaken() throws IOException {
        Run none = Child.run(folder, List.of(), "sample");
        none.failed(1, "no checkpoint in checkpoints", "lstm train CORPUS");

        Child.run(folder, List.of(), Run.trainWords("fox.tales.txt", "--steps", 3))
                .succeeded();
        Path checkpoints = folder.resolve("checkpoints");
        Path made = checkpoints.resolve("fox.tales.safetensors");
        assertThat(made).isNotEmptyFile();

        Path older = Files.copy(made, checkpoints.resolve("zebra.safetensors"));
        Files.setLastModifiedTime(older, FileTime.fromMillis(0));
        Files.copy(made, checkpoints.resolve("newer.safetensors.1.bak"));
        Run info = Child.run(folder, List.of(), "info").succeeded();
        assertThat(info.out()).startsWith("checkpoints/fox.tales.safetensors\n");

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Run shipped = Child.run(elsewhere, List.of("-Dlstm.checkpoints=" + checkpoints), "info");
        assertThat(shipped.succeeded().out()).startsWith(made + "\n");
    }

    @Test
    void standardInputIsNamedAfterItself() throws IOException {
        try (Child child = Child.start(folder, List.of(), Run.trainWords("-", "--steps", 1))) {
            child.type("abcdefg".repeat(10));
            child.end().succeeded();
        }
        assertThat(folder.resolve("checkpoints/stdin.safetensors")).isNotEmptyFile();
    }

    @Test
    void aTrainingThatIsInterruptedAndResumedEndsWithTheBytesOfOneThatIsNot() throws IOException {
        assumeFalse(Child.interruptsAreIgnored());
        Object[] words = Run.trainWords("fox.tales.txt", "-o", "parts", "--dropout", 0.2, "--steps", 700);
        words = with(words, "--val-every", 35);
        Run stopped;
        try (Child child = Child.start(folder, List.of(), words)) {
            child.awaitLine("  5%"); // the first validation
            child.signal("INT");
            stopped = child.end();
        }
        assertThat(stopped.code()).isEqualTo(Lstm.INTERRUPTED);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err()).endsWith("stopped; saved parts; the same command with --resume goes on\n");
        assertThat(stopped.err()).doesNotContain("lstm: ", "Exception");
        assertThat(files()).containsExactly("fox.tales.txt", "parts");
        assertThat(step(folder.resolve("parts"))).isBetween(35L, 699L);

        Child.run(folder, List.of(), with(words, "--resume")).succeeded();
        Path text = folder.resolve("fox.tales.txt");
        Path whole = folder.resolve("whole");
        words = Run.trainWords(text, "-o", whole, "--dropout", 0.2, "--steps", 700, "--val-every", 35);
        Run.lstm(words).succeeded();
        assertThat(folder.resolve("parts")).hasSameBinaryContentAs(whole);
    }

    @Test
    void aTrainingThatIsTerminatedIsSaved() throws IOException {
        Object[] words = Run.trainWords("fox.tales.txt", "-o", "out", "--steps", 2_000_000, "--metrics", "m");
        Run stopped;
        try (Child child = Child.start(folder, List.of(), words)) {
            child.awaitLine("  0%");
            child.signal("TERM");
            stopped = child.end();
        }

        assertThat(stopped.code()).isEqualTo(TERMINATED);
        assertThat(stopped.err()).endsWith("stopped; saved out; the same command with --resume goes on\n");
        List<String> metrics = Files.readAllLines(folder.resolve("m"));
        assertThat(metrics.get(metrics.size() - 1))
                .startsWith("{\"step\":" + step(folder.resolve("out")) + ",")
                .endsWith("}");
    }

    @Test
    void anInterruptedTrainingThatCannotBeSavedSaysSoAndFails() throws IOException {
        Path deep = folder.resolve("deep");
        Run failed;
        try (Child child = Child.start(
                folder,
                List.of(),
                Run.trainWords(
                        "fox.tales.txt",
                        "-o",
                        "deep/out",
                        "--time",
                        "1h",
                        "--val-every",
                        1_000_000_000,
                        "--sample-every",
                        1))) {
            child.awaitLine("---"); // by now it trains, and saves at the end only
            Files.delete(deep.resolve(".out.lock"));
            Files.delete(deep);
            Texts.write(deep, "in the way");
            child.signal("TERM");
            failed = child.end();
        }

        failed.failedAfterNotes(1, "cannot write deep/out: a file is where a directory is needed");
        assertThat(failed.err()).doesNotContain("saved");
    }

    @Test
    void aModelThatDoesNotFitIntoMemoryIsToldInOneLine() throws IOException {
        Object[] words = {"train", "fox.tales.txt", "-o", "out", "--hidden", 2048};
        Run run = Child.run(folder, List.of("-Xmx40m"), words);

        run.failedAfterNotes(1, "out of memory", "--hidden", "-Xmx");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theLocaleOfTheUserChangesNothing() throws IOException {
        List<String> turkish = List.of(
                "-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-9", "-Dsun.jnu.encoding=UTF-8");
        Object[] words = Run.trainWords("fox.tales.txt", "-o", "turkish", "--steps", 3);
        words = with(words, "--schedule", "linear", "--kernel", "auto", "--cell", "lstm");
        Run trained = Child.run(folder, turkish, words).succeeded();
        assertThat(trained.err()).contains("bpc)").doesNotContain(",0");
        assertThat(Child.run(folder, turkish, "info", "turkish").succeeded().out())
                .contains("resumable", "🦊", "schedule linear");

        Path plain = folder.resolve("plain");
        words = with(
                Run.trainWords(folder.resolve("fox.tales.txt"), "-o", plain, "--steps", 3), "--schedule", "LINEAR");
        Run.lstm(words).succeeded();
        assertThat(plain).hasSameBinaryContentAs(folder.resolve("turkish"));
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }

    private static long step(Path checkpoint) {
        return TrainingState.fromJson(Checkpoint.load(checkpoint).training()).step();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
