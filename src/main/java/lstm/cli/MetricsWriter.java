package lstm.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Writes a training's course as JSON Lines: every ten steps, at every validation, and at the end. */
final class MetricsWriter implements TrainingListener, AutoCloseable {

    private static final int STEPS_BETWEEN_LINES = 10;

    private final Path file;
    private final Writer writer;
    private double lossSum;
    private int losses;
    private double lastLoss = Double.NaN;

    /** Begins the file, or goes on behind its end where the training goes on. */
    MetricsWriter(Path file, boolean append) {
        this.file = file;
        try {
            NamedFile.makeFolder(file);
            writer = Files.newBufferedWriter(
                    file,
                    StandardOpenOption.CREATE,
                    append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        lossSum += progress.trainLoss();
        losses++;
        if (progress.step() % STEPS_BETWEEN_LINES == 0) {
            write(progress);
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        write(progress);
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        write(progress);
    }

    private void write(Progress progress) {
        // A line right behind another one has no steps of its own to tell of.
        lastLoss = losses > 0 ? lossSum / losses : Double.isNaN(lastLoss) ? progress.trainLoss() : lastLoss;
        lossSum = 0;
        losses = 0;
        JsonObject line = new JsonObject();
        line.addProperty("step", progress.step());
        line.addProperty("epoch", progress.epoch());
        line.addProperty("chars", progress.characters());
        line.addProperty("elapsed_s", progress.elapsedSeconds());
        line.addProperty("chars_per_s", progress.charactersPerSecond());
        line.add("train_loss", number(Double.isNaN(lastLoss) ? null : (Double) lastLoss));
        line.add("val_loss", number(progress.validationLoss()));
        line.addProperty("lr", progress.learningRate());
        line.addProperty("grad_norm", progress.gradientNorm());
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static JsonElement number(@Nullable Double value) {
        return value == null ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }

    private CommandException failure(IOException e) {
        return new CommandException("cannot write the metrics to " + file + ": " + NamedFile.reason(e));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
