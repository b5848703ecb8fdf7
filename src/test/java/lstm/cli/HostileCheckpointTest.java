package lstm.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.CheckpointSummary;
import lstm.checkpoint.PyTorchFile;
import lstm.checkpoint.Tensor;
import lstm.metrics.Course;
import lstm.metrics.MetricsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints of every kind, changed in every way, given to every command that reads one: each says in one line that names the
 * file what is wrong with it, or has a model that is one.
 *
 * <p>How a wrong model is told: while the checksums are those of the original, whatever is loaded must be the original. Where
 * somebody made them anew, or left them out, what is loaded must at least be what its own header says, finite, and the same again
 * once it is saved; it can be sampled from, and a training that goes on with it ends with a checkpoint that can be loaded.
 */
class HostileCheckpointTest {

    private static final int SHORT = 200;
    private static final int LONG = 24_000;
    private static final int COMMANDS_EVERY = 5;

    private static final long MOST_ALLOCATED = 64L << 20;
    /** Generous, for it is there to end what has no end; how long they took is told, and no test asserts a time. */
    private static final Duration ENDLESS = Duration.ofMinutes(10);

    @TempDir
    private static Path trained;

    private static final List<byte[]> ORIGINALS = new ArrayList<>();
    private static final List<Checkpoint> EXPECTED = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path text;
    private Path file;

    private final Expense expense = new Expense();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int count;

    @BeforeAll
    static void train() throws IOException {
        String[][] kinds = {
            {"--cell", "lstm"},
            {"--cell", "peephole", "--dropout", "0.2"},
            {"--cell", "gru", "--tie"},
            {"--cell", "rnn", "--val", "0"},
            {"--cell", "lstm", "--attention", "5"},
            {"--cell", "lstm", "--bytes"},
            {"--cell", "gru", "--records", "line", "--embedding", "3"},
            {"--cell", "rnn", "--attention", "3", "--bytes", "--layers", "1"},
        };
        Path corpus = Texts.file(trained, "fox.txt", 600);
        for (String[] kind : kinds) {
            Path model = trained.resolve("model.safetensors");
            List<Object> words = new ArrayList<>(List.of(corpus, "-o", model, "--steps", 25, "--val-every", 10));
            words.addAll(List.of(kind));
            Run.train(words.toArray());
            ORIGINALS.add(Files.readAllBytes(model));
            EXPECTED.add(Checkpoint.load(model));
        }
        Files.delete(trained.resolve("model.safetensors"));
    }

    @BeforeEach
    void nameTheFiles() {
        text = trained.resolve("fox.txt");
        file = folder.resolve("hostile.safetensors");
    }

    @Test
    void someHundreds() throws IOException {
        examine(SHORT);
    }

    @Test
    @Tag("torture")
    void tensOfThousands() throws IOException {
        examine(LONG);
        System.out.println(outcomes + "\n" + expense);
    }

    private void examine(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int seed = i;
            Mutation mutation = Mutation.of(ORIGINALS.get(i % ORIGINALS.size()), seed);
            String name = "mutation " + i + ", " + mutation.how();
            try {
                assertTimeoutPreemptively(ENDLESS, () -> examine(mutation, EXPECTED.get(seed % EXPECTED.size()), name));
            } catch (RuntimeException | Error e) {
                failures.add(name + ": " + e + at(e));
            }
            clear();
        }
        assertThat(failures).isEmpty();
        assertThat(outcomes.keySet())
                .contains("refused", "the original", "another valid model", "resumed", "not resumed");
    }

    private static String at(Throwable e) {
        return Stream.of(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("lstm."))
                .limit(4)
                .map(frame -> " at " + frame)
                .collect(Collectors.joining());
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                Files.delete(path);
            }
        }
    }

    private void examine(Mutation mutation, Checkpoint original, String name) throws IOException {
        count++;
        Files.write(file, mutation.content());
        Checkpoint loaded = loaded(mutation, name);
        if (loaded == null) {
            count("refused");
        } else if (same(loaded, original)) {
            count("the original");
        } else {
            assertThat(mutation.sealed())
                    .as("another model under the old checksums")
                    .isFalse();
            assertValid(loaded);
            count("another valid model");
        }
        boolean usable = loaded != null;
        summarize(mutation, usable, name);
        course(mutation, usable, name);
        imported(mutation, name);
        // Of a file that cannot be loaded most commands tell no more than that; now and then that is looked at too.
        if (usable || count % COMMANDS_EVERY == 0) {
            commands(mutation, usable, name);
        }
    }

    private void commands(Mutation mutation, boolean usable, String name) {
        assertAnswered(command(mutation, name, "info", file), usable);
        assertOneLineAtMost(command(mutation, name, "ls", file));
        assertAnswered(command(mutation, name, "sample", file, "-n", 3, "--seed", 1), usable);
        assertOneLineAtMost(command(mutation, name, "import", file, "-o", folder.resolve("imported"), "--no-tie"));
        resume(mutation, usable, name);
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private @Nullable Checkpoint loaded(Mutation mutation, String name) {
        try {
            return expense.of("load", name, () -> Checkpoint.load(file));
        } catch (CheckpointException e) {
            assertClear(e.getMessage());
            return null;
        } finally {
            assertAffordable(mutation);
        }
    }

    /** What the header alone tells is refused only where the whole is. */
    private void summarize(Mutation mutation, boolean usable, String name) {
        try {
            expense.of("header", name, () -> CheckpointSummary.read(file));
        } catch (CheckpointException e) {
            assertClear(e.getMessage());
            assertThat(usable).isFalse();
        }
        assertAffordable(mutation);
    }

    /** A file that is no checkpoint of ours may be a model of others. */
    private void imported(Mutation mutation, String name) {
        try {
            expense.of("import", name, () -> PyTorchFile.read(file, null, false));
        } catch (CheckpointException e) {
            assertClear(e.getMessage());
        }
        assertAffordable(mutation);
    }

    private void course(Mutation mutation, boolean usable, String name) {
        try {
            expense.of("course", name, () -> Course.of(file));
        } catch (CheckpointException e) {
            assertClear(e.getMessage());
            assertThat(usable).isFalse();
        } catch (MetricsException e) {
            assertClear(e.getMessage());
        }
        assertAffordable(mutation);
    }

    private Run command(Mutation mutation, String name, Object... words) {
        Run run = expense.of("lstm " + words[0], name, () -> Run.lstm(words));
        if (run.code() != Lstm.DONE) {
            assertAffordable(mutation);
        }
        return run;
    }

    private void resume(Mutation mutation, boolean usable, String name) {
        Run run = command(
                mutation,
                name,
                "train",
                text,
                "-o",
                file,
                "--resume",
                "--steps",
                26,
                "--threads",
                1,
                "--progress",
                "none");
        assertOneLineAtMost(run);
        if (run.code() == Lstm.DONE) {
            assertThat(usable).isTrue();
            assertValid(Checkpoint.load(file));
            count("resumed");
        } else {
            count("not resumed");
        }
    }

    private void assertAffordable(Mutation mutation) {
        assertThat(expense.allocated()).isLessThan(mutation.content().length + MOST_ALLOCATED);
    }

    private void assertClear(@Nullable String message) {
        assertThat(message)
                .contains(file.toString())
                .matches("\\P{Cntrl}+")
                .hasSizeLessThan(500 + file.toString().length());
    }

    private void assertAnswered(Run run, boolean usable) {
        assertOneLineAtMost(run);
        assertThat(run.code()).as(run.err()).isEqualTo(usable ? Lstm.DONE : Lstm.FAILED);
    }

    /** At most one line is an error, which names the file and no class of Java's. */
    private void assertOneLineAtMost(Run run) {
        List<String> errors =
                run.err().lines().filter(line -> line.startsWith("lstm: ")).toList();
        assertThat(run.err()).doesNotContain("Exception", "\tat ", "a mistake in lstm", "out of memory");
        assertThat(errors).hasSizeLessThanOrEqualTo(1);
        // That a training diverges, under the learning rate that the file has, is no fault of the file's form.
        errors.stream().filter(line -> !line.contains("diverged")).forEach(this::assertClear);
        assertThat(run.code()).as(run.err()).isEqualTo(errors.isEmpty() ? Lstm.DONE : Lstm.FAILED);
    }

    private static boolean same(Checkpoint one, Checkpoint other) {
        return one.config().equals(other.config())
                && one.vocabulary().equals(other.vocabulary())
                && one.records() == other.records()
                && one.training().equals(other.training())
                && tensors(one).equals(tensors(other))
                && one.trainingTensors().equals(other.trainingTensors());
    }

    private static Map<String, Tensor> tensors(Checkpoint checkpoint) {
        return Checkpoint.tensors(checkpoint.config(), checkpoint.weights());
    }

    private void assertValid(Checkpoint checkpoint) {
        assertThat(checkpoint.vocabulary().size()).isEqualTo(checkpoint.config().vocabulary());
        assertThat(new HashSet<>(checkpoint.vocabulary().symbols()))
                .hasSize(checkpoint.config().vocabulary());
        Map<String, int[]> shapes = checkpoint.config().tensorShapes();
        assertThat(checkpoint.weights().keySet()).isEqualTo(shapes.keySet());
        tensors(checkpoint).forEach((name, tensor) -> {
            assertThat(tensor.shape()).isEqualTo(shapes.get(name));
            for (float weight : requireNonNull(checkpoint.weights().get(name)).data) {
                assertThat(weight).isFinite();
            }
        });
        // What only a training needs is looked at by who goes on with it.
        Path copy = folder.resolve("copy");
        checkpoint.slim().save(copy);
        assertThat(same(Checkpoint.load(copy), checkpoint.slim())).isTrue();
        try {
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
