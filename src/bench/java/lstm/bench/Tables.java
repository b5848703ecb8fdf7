package lstm.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints how fast training and sampling are beside OpenBLAS's matrix product and, where one is given, beside a peer.
 *
 * <p>Every figure comes from a process of its own; all take turns, round after round, for the machine's speed changes. A
 * table shows medians: of times, and of the ratios within a round.
 *
 * <p>Arguments: CORPUS ROUNDS SECONDS THREADS [PEER], where PEER CORPUS HIDDEN LAYERS BATCH SEQ SECONDS prints lines of JSON
 * with "train_chars_per_s" and "sample_chars_per_s", of which the best count; its models are LSTMs.
 */
public final class Tables {

    private final String corpus;
    private final int rounds;
    private final String seconds;
    private final String threads;
    private final String peer;
    private final Map<Shape, List<Round>> results = new LinkedHashMap<>();

    private record Round(Measurement ours, double sgemm, double peerTraining, double peerSampling) {}

    /** A column of the table: a figure of a round. */
    private interface Figure {
        double of(Round round);
    }

    private Tables(String[] args) {
        corpus = args[0];
        rounds = Integer.parseInt(args[1]);
        seconds = args[2];
        threads = args[3];
        peer = args.length > 4 ? args[4] : "";
    }

    /** Measures, and prints the tables. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Tables tables = new Tables(args);
        for (int round = 1; round <= tables.rounds; round++) {
            for (Shape shape : Shape.ROWS) {
                System.err.println("round " + round + " of " + tables.rounds + ": " + shape);
                tables.results.computeIfAbsent(shape, s -> new ArrayList<>()).add(tables.measure(shape));
            }
        }
        tables.print();
    }

    private Round measure(Shape shape) throws IOException, InterruptedException {
        List<String> speed = java("lstm.bench.Speed", List.of(corpus), shape);
        speed.addAll(List.of(shape.cell().label(), "" + shape.attention()));
        JsonObject ours = run(speed).get(0);
        JsonObject sgemm = run(java("lstm.bench.Sgemm", List.of(), shape)).get(0);
        double training = Double.NaN;
        double sampling = Double.NaN;
        if (!peer.isEmpty() && shape.isPlain()) {
            List<String> command = new ArrayList<>(List.of(peer, corpus));
            command.addAll(shape.arguments());
            command.add(seconds);
            List<JsonObject> lines = run(command);
            training = best(lines, "train_chars_per_s");
            sampling = best(lines, "sample_chars_per_s");
        }
        Measurement measurement = new Gson().fromJson(ours, Measurement.class);
        return new Round(measurement, sgemm.get("gigaflops").getAsDouble(), training, sampling);
    }

    private List<String> java(String main, List<String> first, Shape shape) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                // As the launcher has it.
                "-XX:+UseSerialGC",
                "-XX:+UseCountedLoopSafepoints",
                "-XX:LoopStripMiningIter=1000",
                "-XX:-UseFPUForSpilling",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=CompileThresholdScaling,lstm.kernel.Lanes::*,0.1",
                "-XX:CompileCommand=BackgroundCompilation,lstm.kernel.Lanes::*,false",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(first);
        command.addAll(shape.arguments());
        command.addAll(List.of(seconds, threads));
        return command;
    }

    private static List<JsonObject> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<JsonObject> lines = output.lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        if (process.waitFor() != 0 || lines.isEmpty()) {
            throw new IOException(String.join(" ", command) + " failed; run it to see why");
        }
        return lines;
    }

    private static double best(List<JsonObject> lines, String name) {
        return lines.stream()
                .mapToDouble(line -> line.get(name).getAsDouble())
                .max()
                .orElse(Double.NaN);
    }

    private void print() {
        System.out.printf("Training, %s threads, medians of %d rounds:%n%n", threads, rounds);
        header("model", "chars/s", "GFLOP/s", "of sgemm", "peer chars/s", "ratio", "lowest", "highest");
        results.forEach((shape, all) -> row(
                shape.toString(),
                number(all, r -> r.ours.trainCharsPerSecond()),
                number(all, r -> r.ours.gigaflops()),
                percent(all, r -> r.ours.gigaflops() / r.sgemm),
                number(all, r -> r.peerTraining),
                ratio(all, r -> r.ours.trainCharsPerSecond() / r.peerTraining, 0.5),
                ratio(all, r -> r.ours.trainCharsPerSecond() / r.peerTraining, 0),
                ratio(all, r -> r.ours.trainCharsPerSecond() / r.peerTraining, 1)));
        System.out.printf("%nSampling one stream, %s threads:%n%n", threads);
        header("model", "chars/s", "64 streams", "peer chars/s", "ratio", "lowest", "highest");
        results.forEach((shape, all) -> row(
                shape.toString(),
                number(all, r -> r.ours.sampleCharsPerSecond()),
                number(all, r -> r.ours.manyCharsPerSecond()),
                number(all, r -> r.peerSampling),
                ratio(all, r -> r.ours.sampleCharsPerSecond() / r.peerSampling, 0.5),
                ratio(all, r -> r.ours.sampleCharsPerSecond() / r.peerSampling, 0),
                ratio(all, r -> r.ours.sampleCharsPerSecond() / r.peerSampling, 1)));
        System.out.printf("%nWhere the threads' time goes in training, and what is allocated:%n%n");
        List<String> operations = new ArrayList<>(
                results.values().iterator().next().get(0).ours.shares().keySet());
        List<String> titles = new ArrayList<>(operations);
        titles.add(0, "model");
        titles.addAll(List.of("bytes/step", "bytes/sampled char"));
        header(titles.toArray(String[]::new));
        results.forEach((shape, all) -> {
            List<String> cells = new ArrayList<>(List.of(shape.toString()));
            operations.forEach(
                    operation -> cells.add(percent(all, r -> r.ours.shares().get(operation))));
            cells.add(number(all, r -> r.ours.bytesPerStep()));
            cells.add(number(all, r -> r.ours.bytesPerChar()));
            row(cells.toArray(String[]::new));
        });
    }

    private static void header(String... titles) {
        row(titles);
        row(Stream.of(titles).map(title -> "---").toArray(String[]::new));
    }

    private static void row(String... cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String number(List<Round> all, Figure figure) {
        double median = quantile(all, figure, 0.5);
        return Double.isNaN(median) ? "" : String.format(Locale.ROOT, "%,.0f", median);
    }

    private static String percent(List<Round> all, Figure figure) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * quantile(all, figure, 0.5));
    }

    private static String ratio(List<Round> all, Figure figure, double quantile) {
        double value = quantile(all, figure, quantile);
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static double quantile(List<Round> all, Figure figure, double quantile) {
        List<Double> sorted = new ArrayList<>();
        all.forEach(round -> sorted.add(figure.of(round)));
        sorted.sort(null);
        double place = quantile * (sorted.size() - 1);
        double below = sorted.get((int) Math.floor(place));
        double above = sorted.get((int) Math.ceil(place));
        return (below + above) / 2;
    }
}
