package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.tensorboard.EventFiles;
import lstm.tensorboard.EventFiles.Event;
import lstm.train.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings that are killed (SIGKILL), interrupted and terminated at random moments, most of them while they save, and taken up
 * again: the checkpoint is whole every time, and in the end it has the bytes of one that was left alone.
 */
class KilledTrainingTest {

    private static final int STEPS = 1200;
    /** Of a training that runs, before it is killed. */
    private static final int MOST_MILLIS = 300;

    private static final String[][] KINDS = {
        {"--cell", "lstm", "--schedule", "cosine", "--weight-dropout", "0.3"},
        {"--cell", "peephole", "--schedule", "linear", "--embedding", "3", "--records", "line"},
        {"--cell", "gru", "--schedule", "constant", "--attention", "20", "--weight-decay", "0.1"},
        {"--cell", "rnn", "--schedule", "linear", "--lr", "0.005", "--tie", "--dropout", "0.2"}
    };

    @TempDir
    private Path folder;

    private SplittableRandom random = new SplittableRandom();
    private final Tally tally = new Tally();
    private Path parts;

    /** What happened. */
    private static final class Tally {
        int kills;
        int beforeTheFirstSave;
        int withinASave;
        int interruptions;
        int trainings;

        @Override
        public String toString() {
            return kills + " kills, " + withinASave + " of them within a save, " + beforeTheFirstSave
                    + " before the first; " + interruptions + " interruptions; " + trainings
                    + " trainings ended with the bytes of one that was left alone";
        }
    }

    @BeforeEach
    void nameTheFiles() {
        Texts.file(folder, "fox.txt", 3000);
        parts = folder.resolve("parts.safetensors");
    }

    @Test
    void goesOnAsIfNothingHadHappened() throws IOException {
        long seed = random.nextLong();
        random = new SplittableRandom(seed);

        train(KINDS[random.nextInt(KINDS.length)], "seed " + seed, 3, Child.interruptsAreIgnored() ? 0 : 1);
    }

    @Tag("torture")
    @Test
    void twoHundredKills() throws IOException {
        long seed = random.nextLong();
        random = new SplittableRandom(seed);
        while (tally.kills < 200) {
            train(KINDS[tally.trainings % KINDS.length], "seed " + seed + ", " + tally, 8, 0);
            System.out.println(tally);
        }
    }

    @Tag("torture")
    @Test
    void killsAndInterruptionsInTurn() throws IOException {
        long seed = random.nextLong();
        random = new SplittableRandom(seed);
        while (!Child.interruptsAreIgnored() && tally.interruptions < 60) {
            train(KINDS[tally.trainings % KINDS.length], "seed " + seed + ", " + tally, 3, 5);
            System.out.println(tally);
        }
    }

    /** Whatever it does: a step, a validation, a sample, a save. The seconds are told, for no test asserts a time. */
    @Tag("torture")
    @Test
    void interruptionsOfALargeModel() throws IOException {
        assumeFalse(Child.interruptsAreIgnored());
        Texts.file(folder, "fox.txt", 20_000);
        Object[] words = {"train", "fox.txt", "--hidden", 1024, "--steps", 60, "--val-every", 3, "--val", 0.3};
        words = with(words, "--sample-every", 2, "--progress", "plain");
        List<String> options = List.of("-XX:TieredStopAtLevel=4");
        List<Double> seconds = new ArrayList<>();
        boolean complete = false;
        while (!complete) {
            try (Child child = Child.start(folder, options, written(words))) {
                child.awaitLine("lstm 2 x 1024");
                complete = child.endsWithin(random.nextInt(20_000));
                long from = System.nanoTime();
                if (!complete) {
                    child.signal(random.nextBoolean() ? "INT" : "TERM");
                }
                Run run = child.end();
                complete |= run.code() == 0;
                if (!complete) {
                    seconds.add((System.nanoTime() - from) / 1e9);
                    assertThat(run.code()).as(run.err()).isIn(130, 143);
                }
            }
        }
        System.out.println("a model of 2 x 1024, interrupted, left after seconds: " + seconds);

        Object[] whole = with(words, "-o", "whole.safetensors");
        Child.run(folder, options, whole).succeeded();
        assertThat(parts).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
    }

    /** One training, killed and interrupted so often, in random order, if it does not come to its end before. */
    private void train(String[] kind, String what, int kills, int interruptions) throws IOException {
        clean();
        Object[] words = Run.trainWords("fox.txt", "--steps", STEPS, "--progress", "plain", "--kernel", "ojalgo");
        words = with(words, (Object[]) kind);
        words = with(words, "--val-every", random.nextInt(1, 7), "--val", 0.05, "--seed", random.nextInt(1000));
        long step = 0;
        int left = kills + interruptions;
        boolean complete = false;
        while (!complete && left > 0) {
            boolean kill = random.nextInt(left) < kills;
            left--;
            kills -= kill ? 1 : 0;
            complete = runUntil(kill ? "KILL" : random.nextBoolean() ? "INT" : "TERM", words, kind[1]);
            step = requireWhole(what, step);
        }
        if (!complete) {
            Child.run(folder, List.of(), written(words)).succeeded();
        }
        assertThat(leftovers()).as(what).isEmpty();
        requireTheSame(what, words, interruptions == 0);
        tally.trainings++;
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("fox.txt")) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The command line that goes on where there is something to go on from. */
    private Object[] written(Object[] words) {
        Object[] all = with(
                words, "-o", parts.getFileName(), "--metrics", "parts.jsonl", "--tensorboard", "runs", "--threads");
        all = with(all, random.nextInt(1, 3));
        return Files.exists(parts) ? with(all, "--resume") : all;
    }

    /** Returns whether it came to its end before the signal. */
    private boolean runUntil(String signal, Object[] words, String cell) throws IOException {
        try (Child child = Child.start(folder, List.of(), written(words))) {
            child.awaitLine(cell);
            // Mostly it has saved once: what it tells of a validation begins with blanks, and comes behind the save.
            boolean goesOn = random.nextInt(5) == 0 || child.sees(" ");
            if (!goesOn || child.endsWithin(random.nextInt(MOST_MILLIS))) {
                child.end().succeeded();
                return true;
            }
            child.signal(signal);
            Run run = child.end();
            if (run.code() == 0) {
                return true;
            }
            if (signal.equals("KILL")) {
                assertThat(run.code()).as(run.err()).isEqualTo(137);
                tally.kills++;
                tally.beforeTheFirstSave += Files.exists(parts) ? 0 : 1;
                tally.withinASave += leftovers().isEmpty() ? 0 : 1;
            } else {
                tally.interruptions++;
                assertThat(run.code()).as(run.err()).isEqualTo(signal.equals("INT") ? 130 : 143);
                assertThat(run.err()).doesNotContain("lstm: ");
                assertThat(leftovers()).isEmpty();
            }
            return false;
        }
    }

    /** The step of the checkpoint, which stands at the same one as before or at a later one; 0 where there is none yet. */
    private long requireWhole(String what, long before) {
        if (!Files.exists(parts)) {
            assertThat(before).as(what).isZero();
            return 0;
        }
        Checkpoint checkpoint = Checkpoint.load(parts);
        assertThat(checkpoint.canResume()).as(what).isTrue();
        long step = TrainingState.fromJson(checkpoint.training()).step();
        assertThat(step).as(what).isGreaterThanOrEqualTo(before);
        return step;
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".tmp"))
                    .toList();
        }
    }

    /** Bytes, course and events as in one go. */
    private void requireTheSame(String what, Object[] words, boolean onlyKills) throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        Path metrics = folder.resolve("whole.jsonl");
        Path runs = folder.resolve("whole");
        words = with(words, "-o", whole, "--metrics", metrics, "--tensorboard", runs);
        words[List.of(words).indexOf("fox.txt")] = folder.resolve("fox.txt");
        Run.lstm(words).succeeded();

        assertThat(parts).as(what).hasSameBinaryContentAs(whole);
        NavigableMap<Long, Point> expected = course(metrics);
        NavigableMap<Long, Point> found = course(folder.resolve("parts.jsonl"));
        List<Long> steps = steps(runs.resolve("whole"), "train_loss");
        List<Long> validations = steps(runs.resolve("whole"), "val_loss");
        if (onlyKills) {
            requireSame(what, List.copyOf(found.keySet()), List.copyOf(expected.keySet()));
            requireSame(what, steps(folder.resolve("runs/parts"), "train_loss"), steps);
        }
        // A validation that was given up, made by the next process, and killed before it was saved is told of twice.
        List<Long> once = steps(folder.resolve("runs/parts"), "val_loss").stream()
                .distinct()
                .toList();
        requireSame(what, once, validations);
        expected.forEach((step, point) -> assertThat(found.get(step))
                .as(what)
                .usingRecursiveComparison()
                // The clock's, and the mean over the steps since the line before, which a kill may have taken along.
                .ignoringFields("seconds", "charactersPerSecond", "trainLoss")
                .isEqualTo(point));
    }

    /** In few words where they are not: there are a thousand of them. */
    private static void requireSame(String what, List<Long> found, List<Long> expected) {
        List<Long> missing = new ArrayList<>(expected);
        found.forEach(missing::remove);
        List<Long> more = new ArrayList<>(found);
        expected.forEach(more::remove);
        assertThat(missing).as("missing, %s", what).isEmpty();
        assertThat(more).as("too many, %s", what).isEmpty();
    }

    private static NavigableMap<Long, Point> course(Path metrics) {
        NavigableMap<Long, Point> points = new TreeMap<>();
        Course.of(metrics).points().forEach(point -> points.put(point.step(), point));
        return points;
    }

    /** The steps of a value as TensorBoard shows them: what begins anew at a step voids what was told of it and of later ones. */
    private static List<Long> steps(Path run, String tag) throws IOException {
        List<Long> steps = new ArrayList<>();
        for (Path file : EventFiles.of(run)) {
            if (Files.size(file) == 0) {
                continue; // of a process that was killed as it began the file
            }
            for (Event event : EventFiles.read(file)) {
                if (event.sessionStatus().equals("START")) {
                    steps.removeIf(step -> step >= event.step());
                }
                steps.addAll(EventFiles.steps(List.of(event), tag));
            }
        }
        return steps;
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }
}
