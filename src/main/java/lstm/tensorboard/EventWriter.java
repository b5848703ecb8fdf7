package lstm.tensorboard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import lstm.checkpoint.CheckpointException;
import lstm.text.Bits;
import lstm.text.TerminalText;
import lstm.train.Milestones;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingException;
import lstm.train.TrainingListener;

/**
 * Writes a training's course as an event file of TensorBoard: train_loss and train_bpc (the mean since those before), lr,
 * grad_norm and chars_per_s at {@link Milestones}; val_loss, val_bpc and a sample of the model's at validations;
 * roll_back, a text, where it has exploded and gone back.
 */
public final class EventWriter implements TrainingListener, AutoCloseable {

    /** A line that begins so is shown as it stands, where Markdown would make a list or a heading of it. */
    private static final String VERBATIM = "    ";

    private final Path folder;
    private final boolean goesOn;
    private final LongFunction<String> sample;
    private final InstantSource clock;
    private final EventFile file;
    private boolean begun;
    private double lossSum;
    private int losses;

    /**
     * Begins a file in the folder of a training.
     *
     * @param goesOn whether the training goes on, whose other files are there: what they tell of steps that are made again is void
     * @param sample makes a text of the model as it is after a step
     * @throws TrainingException here and in all methods, in one line, where it cannot be written
     */
    public EventWriter(Path folder, boolean goesOn, LongFunction<String> sample) {
        this(folder, goesOn, sample, InstantSource.system());
    }

    EventWriter(Path folder, boolean goesOn, LongFunction<String> sample, InstantSource clock) {
        this.folder = folder;
        this.goesOn = goesOn;
        this.sample = sample;
        this.clock = clock;
        try {
            file = EventFile.create(folder, clock.instant());
        } catch (IOException e) {
            throw failure(e, "; name another --tensorboard");
        }
        begin();
    }

    private void begin() {
        try {
            add(Events.version(clock.instant()));
        } catch (TrainingException e) {
            try {
                file.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        if (goesOn && !begun) {
            add(Events.sessionStart(clock.instant(), progress.step()));
        }
        begun = true;
        lossSum += progress.trainLoss();
        losses++;
        if (Milestones.contains(progress.step())) {
            addSteps(progress);
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        Double loss = progress.validationLoss();
        if (loss == null) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("val_loss", loss);
        values.put("val_bpc", Bits.ofNats(loss));
        add(Events.scalars(clock.instant(), progress.step(), values));
        String text = TerminalText.show(sample.apply(progress.step()));
        String markdown = VERBATIM + text.replace("\n", "\n" + VERBATIM);
        add(Events.text(clock.instant(), progress.step(), "sample", markdown));
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        add(Events.text(clock.instant(), progress.step(), "roll_back", rollBack.message()));
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (losses > 0) {
            addSteps(progress);
        }
    }

    private void addSteps(Progress progress) {
        double loss = lossSum / losses;
        lossSum = 0;
        losses = 0;
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train_loss", loss);
        values.put("train_bpc", Bits.ofNats(loss));
        values.put("lr", progress.learningRate());
        values.put("grad_norm", progress.gradientNorm());
        values.put("chars_per_s", progress.charactersPerSecond());
        add(Events.scalars(clock.instant(), progress.step(), values));
    }

    private void add(byte[] event) {
        try {
            file.add(event);
        } catch (IOException e) {
            throw failure(e, "");
        }
    }

    private TrainingException failure(IOException e, String advice) {
        CheckpointException inWords = CheckpointException.of("write TensorBoard's events to", folder, e);
        return new TrainingException(inWords.getMessage() + advice);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(e, "; some are lost");
        }
    }
}
