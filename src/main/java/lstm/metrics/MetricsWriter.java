package lstm.metrics;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.GrowingFile;
import lstm.train.Milestones;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Writes a training's course as JSON Lines: at {@link Milestones}, at every validation and roll-back, and at the end. */
public final class MetricsWriter implements TrainingListener, AutoCloseable {

    @FunctionalInterface
    private interface Lines {
        void add(byte[] line) throws IOException;
    }

    private final Path file;
    /** Null where it is standard output, which stays open. */
    private final @Nullable GrowingFile growing;

    private final Lines lines;
    private double lossSum;
    private int losses;
    private double lastLoss = Double.NaN;
    private long lastStep = -1;

    /**
     * Begins the file, in a folder that is made where it is missing, or goes on behind its last whole line where the
     * training goes on.
     *
     * @throws MetricsException here and in all methods, where it cannot be written; lines that could not be are written before
     *     the next, once that can be
     */
    public MetricsWriter(Path file, boolean append) {
        this.file = file;
        try {
            AtomicFile.makeFolder(file.toAbsolutePath().resolveSibling(""));
            if (append) {
                cutOffIncompleteLine();
            }
            growing = GrowingFile.open(file, append);
            lines = growing::add;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Writes to standard output, which stays open. */
    public MetricsWriter(PrintStream standardOutput) {
        file = Path.of("standard output");
        growing = null;
        lines = standardOutput::write;
    }

    /** What a killed training leaves, which would spoil the first line of this one. */
    private void cutOffIncompleteLine() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "rw")) {
            long end = there.length();
            while (end > 0 && byteBefore(there, end) != '\n') {
                end--;
            }
            there.setLength(end);
        }
    }

    private static int byteBefore(RandomAccessFile file, long end) throws IOException {
        file.seek(end - 1);
        return file.read();
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        lossSum += progress.trainLoss();
        losses++;
        if (Milestones.contains(progress.step())) {
            write(progress, null);
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        write(progress, null);
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        write(progress, rollBack.message());
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        // The line of a step that was due, or of its validation, is the end's too; before the first step there is
        // nothing to tell.
        if (progress.step() > 0 && progress.step() != lastStep) {
            write(progress, null);
        }
    }

    private void write(Progress progress, @Nullable String rollBack) {
        // A line right behind another one has no steps of its own to tell of.
        lastLoss = losses > 0 ? lossSum / losses : Double.isNaN(lastLoss) ? progress.trainLoss() : lastLoss;
        lossSum = 0;
        losses = 0;
        lastStep = progress.step();
        Point point = new Point(
                progress.step(),
                progress.epoch(),
                progress.characters(),
                progress.elapsedSeconds(),
                progress.charactersPerSecond(),
                Double.isNaN(lastLoss) ? null : (Double) lastLoss,
                progress.validationLoss(),
                progress.learningRate(),
                progress.gradientNorm());
        try {
            lines.add((MetricsLine.of(point, rollBack) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private MetricsException failure(IOException e) {
        return MetricsException.of("write the metrics to", file, e);
    }

    @Override
    public void close() {
        try {
            if (growing != null) {
                growing.close();
            }
        } catch (IOException e) {
            throw new MetricsException(
                    failure(e).getMessage() + "; lines are lost, but the checkpoint remembers the course, too");
        }
    }
}
