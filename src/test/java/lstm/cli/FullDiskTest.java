package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full or may not be written to: a small one in memory, which takes a user who may mount it. */
class FullDiskTest {

    private static final String FULL = "No space left on device";

    @TempDir
    private static Path folder;

    private Path model = Path.of("");
    private Path text = Path.of("");
    private Path course = Path.of("");
    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws IOException {
        model = folder.resolve("model.safetensors");
        text = folder.resolve("fox.txt");
        course = folder.resolve("course.jsonl");
        if (!Files.exists(model)) {
            Texts.file(folder, "fox.txt", 600);
            Run.train(text, "-o", model, "--steps", 20, "--metrics", course);
            Run.lstm("export", model, "--slim", folder.resolve("slim.safetensors"))
                    .succeeded();
        }
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=256k", "lstm-test", disk.toString()), "may mount nothing");
    }

    @AfterEach
    void unmount() throws IOException {
        boolean mounted = ran("mountpoint", "-q", disk.toString());
        assertThat(!mounted || ran("umount", disk.toString()))
                .as("no file is open any more")
                .isTrue();
    }

    private static boolean ran(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private void fill() throws IOException {
        byte[] block = new byte[1024];
        try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessage(FULL);
        }
    }

    static Stream<String> commands() {
        return Stream.of(
                "train TEXT --hidden 6 --steps 3 -o DISK/x.safetensors",
                "train TEXT --hidden 6 --steps 3 -o OTHER --metrics DISK/x.jsonl",
                "train TEXT --hidden 6 --steps 3 -o OTHER --tensorboard DISK/runs",
                "plot COURSE -o DISK/x.png",
                "plot COURSE -o DISK/x.svg",
                "report MODEL -n 5 -o DISK/x.html",
                "neurons MODEL TEXT --html DISK/x.html",
                "score MODEL TEXT --html DISK/x.html",
                "export MODEL --slim DISK/x.safetensors",
                "export MODEL --onnx DISK/x.onnx",
                "import SLIM -o DISK/x.safetensors",
                "generate DISK");
    }

    private Run run(String line) {
        return Run.lstm(Stream.of(line.split(" "))
                .map(word -> word.replace("DISK", disk.toString())
                        .replace("TEXT", text.toString())
                        .replace("MODEL", model.toString())
                        .replace("SLIM", folder.resolve("slim.safetensors").toString())
                        .replace("COURSE", course.toString())
                        .replace("OTHER", folder.resolve("other").toString()))
                .toArray());
    }

    /** What is there, by name; of folders only that they are. */
    private Map<String, String> content() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("ballast"))
                    .collect(Collectors.toMap(
                            file -> disk.relativize(file).toString(), FullDiskTest::read, (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void onAFullDiskEverythingIsAsItWas(String line) throws IOException {
        for (String name : new String[] {"x.safetensors", "x.jsonl", "x.png", "x.svg", "x.html", "x.onnx"}) {
            Texts.write(disk.resolve(name), "precious");
        }
        fill();
        Map<String, String> before = content();
        Run run = run(line);

        run.failedAfterNotes(Lstm.FAILED, FULL, disk.toString());
        if (!line.contains("tensorboard")) { // whose files are new ones
            assertThat(content()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void onADiskThatIsFullOnlyOfOtherThingsNothingIsLeftBehind(String line) throws IOException {
        fill();
        Run run = run(line);

        assertThat(run.code()).isEqualTo(Lstm.FAILED);
        assertThat(run.err().lines().filter(said -> said.startsWith("lstm: ")))
                .singleElement()
                .asString()
                .contains(FULL);
        assertThat(content().values()).allMatch(String::isEmpty);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aDiskThatMayOnlyBeReadIsToldBeforeTheWorkBegins(String line) throws IOException {
        assumeTrue(ran("mount", "-o", "remount,ro", disk.toString()));

        run(line).failedAfterNotes(Lstm.FAILED, "Read-only file system", disk.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTrainingOutlastsADiskThatIsFullForAWhile(boolean roomAtTheEnd) throws IOException {
        Path target = disk.resolve("x.safetensors");
        Object[] words = Run.trainWords(
                text, "-o", target, "--steps", 40_000, "--val-every", 50, "--metrics", disk.resolve("m.jsonl"));
        Run run;
        try (Child child = Child.start(folder, List.of(), words)) {
            child.awaitLine("  0%");
            fill();
            child.awaitLine("cannot write " + target + ": " + FULL + "; the training goes on");
            assertThat(target).isNotEmptyFile();
            if (roomAtTheEnd) {
                Files.delete(disk.resolve("ballast"));
                child.awaitLine("saved " + target + " again, at step ");
            }
            child.signal("TERM");
            run = child.end();
        }

        assertThat(run.code()).isEqualTo(roomAtTheEnd ? 143 : Lstm.FAILED);
        assertThat(run.err()
                        .lines()
                        .filter(line -> line.contains("the training goes on, and tries again at the next save")))
                .hasSize(1);
        String end = "; the file still holds step";
        if (!roomAtTheEnd) {
            assertThat(run.err()).contains("lstm: cannot write " + target + ": " + FULL + end, "--resume goes on");
        }
        Run.lstm("info", target).succeeded();
        assertThat(Files.readAllLines(disk.resolve("m.jsonl")))
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(content()).containsOnlyKeys("m.jsonl", "x.safetensors");
    }
}
