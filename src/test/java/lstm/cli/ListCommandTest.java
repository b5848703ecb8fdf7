package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lstm ls}: which checkpoints there are. */
class ListCommandTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    private static Path trained;

    private static Checkpoint fox;

    @TempDir
    private Path folder;

    private Path best;
    private Path largest;
    private Path newest;

    @BeforeAll
    static void train() {
        Path model = trained.resolve("fox.safetensors");
        Run.train(Texts.file(trained, "fox.txt", 600), "-o", model, "--steps", 10, "--cell", "gru", "--tie");
        fox = Checkpoint.load(model);
    }

    @BeforeEach
    void makeThree() {
        best = saved("best.safetensors", 1, withLoss("1.25"), 0);
        largest = saved("largest.safetensors", 2, withLoss("2.5"), 99);
        newest = saved("newest.safetensors", 3, "{\"imported_from\":\"elsewhere\"}", 0);
    }

    private static String withLoss(String loss) {
        return fox.training().replaceFirst("\"best_val_loss\":[0-9.]+", "\"best_val_loss\":" + loss);
    }

    private Path saved(String name, int hour, String training, int numbers) {
        Path file = folder.resolve(name);
        Map<String, Tensor> more = numbers == 0 ? Map.of() : Map.of("more", Tensor.longs(new long[numbers]));
        new Checkpoint(fox.config(), fox.vocabulary(), training, fox.weights(), more).save(file);
        return modified(file, hour);
    }

    private static Path modified(Path file, int hour) {
        try {
            return Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(3600L * hour)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonObject> json(Object... words) {
        Object[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        return Run.lstm(all)
                .succeeded()
                .out()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    @Test
    void aRowTellsTheModelTheTextAndTheLoss() {
        Run run = Run.lstm("ls", folder).succeeded();

        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(4).noneMatch(line -> line.startsWith("*"));
        assertThat(lines.get(0))
                .matches("  \\Q" + folder + "\\E +size +model +parameters +corpus +loss +bpc +steps +epochs +saved");
        assertThat(lines.get(1))
                .matches(
                        "  newest.safetensors +[\\d.]+ kB +gru 2 x 6, tied embedding +\\d+ +- +- +- +- +- +2026-01-0\\d \\d\\d:\\d\\d");
        assertThat(lines.get(2))
                .matches(
                        "  largest.safetensors +[\\d.]+ kB +gru 2 x 6, tied embedding +\\d+ +fox.txt +2.500 +3.607 +10 +0.4 +2026.*");
    }

    @Test
    void aLineOfJsonTellsTheSameToPrograms() throws IOException {
        JsonObject line = json("ls", best).get(0);

        assertThat(line.get("file").getAsString()).isEqualTo(best.toString());
        assertThat(line.get("bytes").getAsLong()).isEqualTo(Files.size(best));
        assertThat(line.get("modified").getAsString()).isEqualTo("2026-01-02T13:00:00Z");
        assertThat(line.get("newest").getAsBoolean()).isFalse();
        assertThat(line.get("cell").getAsString()).isEqualTo("gru");
        assertThat(line.get("hidden").getAsInt()).isEqualTo(6);
        assertThat(line.get("tied").getAsBoolean()).isTrue();
        assertThat(line.get("parameters").getAsLong()).isEqualTo(fox.config().parameters());
        assertThat(line.get("symbols").getAsInt()).isEqualTo(24);
        assertThat(line.get("resumable").getAsBoolean()).isFalse();
        assertThat(line.get("corpus").getAsString()).isEqualTo("fox.txt");
        assertThat(line.get("val_loss").getAsDouble()).isEqualTo(1.25);
        assertThat(line.get("val_bits_per_char").getAsDouble()).isEqualTo(1.25 / Math.log(2));
        assertThat(line.get("step").getAsInt()).isEqualTo(10);
        assertThat(line.get("epochs").getAsDouble()).isEqualTo(10 / 26.0);
        assertThat(json("ls", newest).get(0).keySet()).doesNotContain("corpus", "val_loss", "step", "error");
    }

    @ParameterizedTest
    @CsvSource({
        "date, newest largest best",
        "name, best largest newest",
        "loss, best largest newest",
        "size, largest best newest",
        "LOSS, best largest newest",
    })
    void theOrderIsChosen(String order, String names) throws IOException {
        // Their headers are of different lengths.
        assertThat(Files.size(best)).isGreaterThan(Files.size(newest));
        assertThat(json("ls", folder, "--sort", order))
                .extracting(line -> Path.of(line.get("file").getAsString())
                        .getFileName()
                        .toString()
                        .replace(".safetensors", ""))
                .containsExactly(names.split(" ", -1));
    }

    @Test
    void anUnknownOrderIsRefused() {
        Run.lstm("ls", "--sort", "color").failed(2, "--sort", "color");
    }

    @Test
    void filesAndFoldersAreListedOnceEachWithTheirPaths() {
        Run run = Run.lstm("ls", best, folder, folder.resolve("x/../newest.safetensors"))
                .succeeded();

        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.out()).startsWith("  file ").contains("  " + best + " ", "  " + largest + " ");
    }

    @Test
    void whatIsNoCheckpointIsListedAndExplained() throws IOException {
        Path text = modified(Files.writeString(folder.resolve("text.safetensors"), "Once upon a time\033[31m"), 4);
        byte[] cut = Files.readAllBytes(largest);
        Path half = modified(Files.write(folder.resolve("half.safetensors"), Arrays.copyOf(cut, cut.length / 2)), 5);
        Files.writeString(folder.resolve("notes.txt"), "no checkpoint, and not named like one");
        Run run = Run.lstm("ls", folder).succeeded();

        assertThat(run.out().lines()).hasSize(6);
        assertThat(run.out())
                .containsPattern("half.safetensors +[\\d.]+ kB +cannot be used +- +- ")
                .containsPattern("text.safetensors +21 B +cannot be used +- +- ");
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(text + " is not a checkpoint that can be used: its first 8 bytes"))
                .anyMatch(line -> line.startsWith(half + " is not a checkpoint that can be used: tensor"));
        assertThat(json("ls", folder).get(0).get("error").getAsString()).contains("of the tensor data");
    }

    @Test
    void whatIsNamedAndNotThereIsAFailureAndTheOthersAreListed() {
        Path missing = folder.resolve("missing");
        Run run = Run.lstm("ls", missing, folder);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("lstm: cannot read " + missing + ": no such file\n");
        assertThat(run.out().lines()).hasSize(4);
    }

    @Test
    void whatIsNamedAndNoCheckpointIsAFailureToo() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "Once upon a time");
        for (String[] more : new String[][] {{}, {"--json"}}) {
            Run run = Run.lstm(Stream.concat(Stream.of("ls", text, best), Arrays.stream(more))
                    .toArray());

            assertThat(run.code()).isEqualTo(Lstm.FAILED);
            assertThat(run.err())
                    .startsWith("lstm: " + text + " is not a checkpoint")
                    .hasLineCount(1);
            assertThat(run.out()).contains(best.toString(), text.toString());
        }
    }

    @Test
    void whereThereIsNoneALineTellsHowToMakeOne() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (String[] more : new String[][] {{}, {"--json"}}) {
            Run run = Run.lstm(
                    Stream.concat(Stream.of("ls", empty), Arrays.stream(more)).toArray());
            assertThat(run.succeeded().out()).isEmpty();
            assertThat(run.err()).isEqualTo("no checkpoint in " + empty + "; train one: lstm train CORPUS\n");
        }
    }

    @Test
    void earlierCheckpointsAreCountedAndListedIfAskedFor() throws IOException {
        Files.copy(best, folder.resolve("best.safetensors.1.bak"));
        Files.copy(best, folder.resolve("best.safetensors.12.bak"));
        Files.writeString(folder.resolve("other.bak"), "not one of ours");

        Run run = Run.lstm("ls", folder).succeeded();
        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.err()).isEqualTo("2 earlier checkpoints (.bak) not listed; --all does\n");
        Run all = Run.lstm("ls", folder, "--all").succeeded();
        assertThat(all.out().lines()).hasSize(6);
        assertThat(all.out()).contains("best.safetensors.12.bak ").doesNotContain("other");
        assertThat(all.err()).isEmpty();
    }

    /** Of a model whose tensors no memory of the tests could hold; the file system keeps no block of it. */
    @Test
    void ofALargeFileOnlyTheHeaderIsRead() throws IOException {
        long hidden = 16_384;
        String shapes = entry("rnn.weight_ih_l0", 0, hidden, 1)
                + entry("rnn.weight_hh_l0", 4 * hidden, hidden, hidden)
                + entry("rnn.bias_ih_l0", 4 * hidden * (hidden + 1), hidden)
                + entry("rnn.bias_hh_l0", 4 * hidden * (hidden + 2), hidden)
                + entry("decoder.weight", 4 * hidden * (hidden + 3), 1, hidden)
                + entry("decoder.bias", 4 * hidden * (hidden + 4), 1);
        long data = 4 * hidden * (hidden + 4) + 4;
        String header =
                "{\"__metadata__\":{\"format\":\"lstm/1\",\"config\":\"{\\\"cell\\\":\\\"rnn\\\",\\\"layers\\\":1,"
                        + "\\\"hidden\\\":" + hidden
                        + ",\\\"dropout\\\":0,\\\"unit\\\":\\\"characters\\\"}\",\"vocabulary\":\"[\\\"a\\\"]\","
                        + "\"training\":\"{}\",\"sha256\":\"not looked at\"}" + shapes + "}";
        String seal = TornFile.sha256(header.getBytes(StandardCharsets.UTF_8));
        header = header.replace("looked at\"", "looked at\",\"header_sha256\":\"" + seal + "\"");
        Path large = folder.resolve("large.safetensors");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                large,
                ByteBuffer.allocate(8 + json.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(8 + json.length + data);
        }

        assertThat(Run.lstm("ls", large).succeeded().out())
                .containsPattern("large.safetensors +1.1 GB +rnn 1 x 16384 +268,484,609 ");
    }

    private static String entry(String name, long begin, long... shape) {
        long size = 4 * Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return ",\"" + name + "\":{\"dtype\":\"F32\",\"shape\":"
                + Arrays.toString(shape).replace(" ", "") + ",\"data_offsets\":[" + begin + "," + (begin + size) + "]}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \"best_val_loss\":[0-9.]+ | "best_val_loss":1e999
            \"best_val_loss\":[0-9.]+ | "best_val_loss":"many"
            \"best_val_loss\":[0-9.]+ | "best_val_loss":[[[]]]
            \"step\":[0-9]+          | "step":9223372036854775807
            \"step\":[0-9]+          | "step":"1e5"
            \"batch\":[0-9]+         | "batch":2147483647
            \"training_characters\":[0-9]+ | "training_characters":0
            \"learning_rate\":[0-9.E-]+   | "learning_rate":1e999
            \"train_loss\":[0-9.]+   | "train_loss":-1e999
            \"name\":\"fox.txt\"     | "name":"\\u001b[31m\\n\\u202e"
            \"name\":\"fox.txt\"     | "name":{"a":1}
            """)
    void whatATrainingClaimsCannotUpsetTheTerminalOrTheJson(String pattern, String lie) {
        String training = fox.training().replaceFirst(pattern, Matcher.quoteReplacement(lie));
        assertThat(training).isNotEqualTo(fox.training());
        Path file = saved("lie.safetensors", 9, training, 0);

        for (String command : new String[] {"ls", "info"}) {
            assertThat(Run.lstm(command, file).succeeded().out())
                    .contains("lie.safetensors")
                    .matches("[\\P{Cntrl}\n]+")
                    .doesNotContain("\u202e", "NaN", "Infinity", "null");
            assertThat(json(command, file)).hasSize(1);
            assertThat(Run.lstm(command, file, "--json").out().replaceFirst("\"training\":.*", ""))
                    .doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void namesOfFilesAreShownInPlainCharacters() throws IOException {
        Path odd = folder.resolve("a\033[31m\n\u202eb.safetensors");
        Files.copy(best, odd);

        assertThat(Run.lstm("ls", folder).succeeded().out())
                .contains("  a\\u001b[31m\\u000a\\u202eb.safetensors ")
                .matches("[\\P{Cntrl}\n]+");
        assertThat(Run.lstm("info", odd).succeeded().out()).contains("a\\u001b[31m\\u000a\\u202eb");
    }

    @Test
    void theOneThatSampleTakesIsMarked() throws IOException {
        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        for (Path file : List.of(best, largest, newest)) {
            Files.move(file, checkpoints.resolve(file.getFileName()));
        }
        String listed = Child.run(folder, List.of(), "ls").succeeded().out();

        assertThat(listed.lines()).hasSize(4);
        assertThat(listed.lines().toList().get(1)).startsWith("* newest.safetensors");
        assertThat(listed.lines().filter(line -> line.startsWith("*"))).hasSize(1);

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Run none = Child.run(elsewhere, List.of(), "ls");
        assertThat(none.succeeded().out()).isEmpty();
        assertThat(none.err()).isEqualTo("no checkpoint in checkpoints; train one: lstm train CORPUS\n");
        assertThat(Child.run(elsewhere, List.of("-Dlstm.checkpoints=" + checkpoints), "ls")
                        .succeeded()
                        .out())
                .startsWith("  " + checkpoints + " ")
                .contains("* newest.safetensors ");
    }

    @Test
    void theSizeHasAUnit() {
        assertThat(List.of(0L, 999L, 1000L, 999_949L, 999_950L, 12_345_678L, Long.MAX_VALUE))
                .extracting(CheckpointTable::size)
                .containsExactly("0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "12.3 MB", "9.2 EB");
    }
}
