package lstm.cli;

import lstm.batch.BatchShape;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.train.TrainingConfig;
import lstm.train.TrainingLength;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The numbers of a training: what the user gives stands over what a checkpoint or the defaults say. */
final class TrainOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ArgGroup(validate = false, heading = "%nThe model:%n", order = 1)
    private final ModelGroup model = new ModelGroup();

    @ArgGroup(validate = false, heading = "%nHow long (the first that is reached ends the training):%n", order = 2)
    private final LengthGroup length = new LengthGroup();

    @ArgGroup(validate = false, heading = "%nHow it learns:%n", order = 3)
    private final LearningGroup learning = new LearningGroup();

    private static final class ModelGroup {
        @Option(
                names = "--cell",
                paramLabel = "CELL",
                description = "The recurrent layer: lstm, peephole, gru or rnn [lstm].")
        private @Nullable Cell cell;

        @Option(
                names = "--layers",
                paramLabel = "N",
                description = "Layers stacked on each other [${bundle:default.layers}].")
        private @Nullable Integer layers;

        @Option(
                names = "--hidden",
                paramLabel = "N",
                description =
                        "Units of a layer [${bundle:default.hidden} for two layers, fewer for a short text; with --time what suits it].")
        private @Nullable Integer hidden;

        @Option(
                names = "--embedding",
                paramLabel = "N",
                description = "Numbers in the vector that a character is read as [0: one-hot].")
        private @Nullable Integer embedding;

        @Option(
                names = "--tie",
                description =
                        "Read a character as the output layer's weights for it: an embedding as large as a layer.")
        private boolean tie;

        @Option(
                names = "--attention",
                paramLabel = "N",
                description =
                        "Look up what followed in the last N characters where the model was in a like state; costs time"
                                + " and memory with N [0: not].")
        private @Nullable Integer attention;

        @Option(
                names = "--dropout",
                paramLabel = "P",
                description = "Share of every layer's output dropped while training [what suits the text and --time].")
        private @Nullable Float dropout;

        @Option(
                names = "--weight-dropout",
                paramLabel = "P",
                description =
                        "Share of the recurrent weights dropped while training, anew for every window [likewise, but 0 where --dropout is given].")
        private @Nullable Float weightDropout;
    }

    private static final class LengthGroup {
        @Option(
                names = "--epochs",
                paramLabel = "N",
                description =
                        "Passes over the text [1 for a long text, up to ${bundle:default.most-epochs} for a short one].")
        private @Nullable Integer epochs;

        @Option(names = "--steps", paramLabel = "N", description = "Windows of B x T characters.")
        private @Nullable Long steps;

        @Option(
                names = "--time",
                paramLabel = "TIME",
                converter = TimeSpan.Converter.class,
                description = "Such as 90s, 3m, 1h30m.")
        private @Nullable TimeSpan time;
    }

    private static final class LearningGroup {
        @Option(
                names = "--batch",
                paramLabel = "N",
                description = "Streams read side by side, B [${bundle:default.batch}, for short texts fewer].")
        private @Nullable Integer batch;

        @Option(
                names = "--seq-length",
                paramLabel = "N",
                description = "Characters that a gradient reaches back, T [${bundle:default.seq-length}].")
        private @Nullable Integer seqLength;

        @Option(
                names = "--lr",
                paramLabel = "X",
                description =
                        "Learning rate at its peak [${bundle:default.lr}, less for more hidden units, a fifth for rnn].")
        private @Nullable Double rate;

        @Option(
                names = "--schedule",
                paramLabel = "SHAPE",
                description = "How the learning rate falls: cosine, linear or constant [${bundle:default.schedule}].")
        private Schedule.@Nullable Shape schedule;

        @Option(
                names = "--lr-final",
                paramLabel = "X",
                description = "The last learning rate as a share of --lr [${bundle:default.lr-final}].")
        private @Nullable Double rateFinal;

        @Option(
                names = "--warmup",
                paramLabel = "N",
                description = "Steps over which the learning rate rises [${bundle:default.warmup}].")
        private @Nullable Integer warmup;

        @Option(
                names = "--clip",
                paramLabel = "X",
                description = "The longest gradient taken as it is [${bundle:default.clip}].")
        private @Nullable Double clip;

        @Option(
                names = "--weight-decay",
                paramLabel = "X",
                description =
                        "Share of every weight that a step takes off, times the learning rate [${bundle:default.weight-decay},"
                                + " less for a text of more than 10 MB].")
        private @Nullable Double weightDecay;

        @Option(
                names = "--val",
                paramLabel = "FRACTION",
                description = "The last part of the text, or random --records, held out to find the best model"
                        + " [${bundle:default.val}, or ${bundle:default.enough-val} characters where that is less].")
        private @Nullable Double validation;

        @Option(
                names = "--val-every",
                paramLabel = "N",
                description =
                        "Steps between validations [about an epoch or 1,000 steps, more where validating takes long].")
        private @Nullable Integer validateEvery;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description =
                        "Of the initial weights, of dropout and of the order of --records [${bundle:default.seed}].")
        private @Nullable Long seed;
    }

    /** The training that the user wants, on top of another. */
    TrainingConfig config(TrainingConfig base) {
        return SamplingOptions.checked(
                spec,
                () -> new TrainingConfig(
                        new BatchShape(
                                or(learning.batch, base.shape().streams()),
                                or(learning.seqLength, base.shape().steps())),
                        length(base.length()),
                        schedule(base.schedule()),
                        or(learning.clip, base.clip()),
                        or(learning.weightDecay, base.weightDecay()),
                        or(learning.validation, base.validation()),
                        or(learning.validateEvery, base.validateEvery()),
                        or(learning.seed, base.seed())));
    }

    /** Whether the user left open how much is held out. */
    boolean leavesValidationOpen() {
        return learning.validation == null;
    }

    /** Whether the user left the learning rate open. */
    boolean leavesRateOpen() {
        return learning.rate == null;
    }

    /** Whether the user left the weight decay open. */
    boolean leavesDecayOpen() {
        return learning.weightDecay == null;
    }

    /** Whether the user left open how many units a layer has. */
    boolean leavesHiddenOpen() {
        return model.hidden == null && (!model.tie || model.embedding == null);
    }

    /** H: tied to the output layer, an embedding is as long as that. */
    private int units(int otherwise) {
        int open = model.tie ? or(model.embedding, otherwise) : otherwise;
        return or(model.hidden, open);
    }

    /** Whether the user left open how large the model is, or how much of it is dropped. */
    boolean leavesModelOpen() {
        return leavesHiddenOpen() || model.dropout == null;
    }

    /** Whether the user left the number of streams open. */
    boolean leavesStreamsOpen() {
        return learning.batch == null;
    }

    /** Whether the user left the length open. */
    boolean leavesLengthOpen() {
        return length.epochs == null && length.steps == null && length.time == null;
    }

    /** Whether nothing but the clock ends the training. */
    boolean isTimeAlone() {
        return length.time != null && length.epochs == null && length.steps == null;
    }

    private TrainingLength length(TrainingLength base) {
        if (leavesLengthOpen()) {
            return base;
        }
        return new TrainingLength(length.epochs, length.steps, length.time == null ? null : length.time.seconds());
    }

    private Schedule schedule(Schedule base) {
        return new Schedule(
                or(learning.schedule, base.shape()),
                or(learning.rate, base.peak()),
                or(learning.rateFinal, base.finalShare()),
                or(learning.warmup, base.warmup()));
    }

    /** Refuses what cannot be, before a text is read: for a new model, or for one that is there. */
    void checkModel(@Nullable ModelConfig there) {
        if (there == null) {
            modelConfig(1, 1, 0, 0);
        } else {
            modelConfig(1, there);
        }
    }

    /** How many layers a new model has. */
    int layers() {
        return or(model.layers, ModelConfig.DEFAULT_LAYERS);
    }

    /** The shape of a new model, with this where the user left it open; who chooses one dropout means no other. */
    ModelConfig modelConfig(int vocabulary, int hidden, float dropout, float weightDropout) {
        return SamplingOptions.checked(
                spec,
                () -> new ModelConfig(
                        or(model.cell, Cell.LSTM),
                        vocabulary,
                        units(hidden),
                        layers(),
                        or(model.embedding, model.tie ? units(hidden) : 0),
                        model.tie,
                        or(model.attention, 0),
                        or(model.dropout, dropout),
                        or(model.weightDropout, model.dropout == null ? weightDropout : 0)));
    }

    /** The shape of a model that is there, for another vocabulary; only what is dropped can be chosen anew. */
    ModelConfig modelConfig(int vocabulary, ModelConfig there) {
        requireSame("--cell", model.cell, there.cell());
        requireSame("--hidden", model.hidden, there.hidden());
        requireSame("--layers", model.layers, there.layers());
        requireSame("--embedding", model.embedding, there.embedding());
        requireSame("--attention", model.attention, there.attention());
        requireSame(
                "--tie",
                model.tie ? "tied" : null,
                there.tied() ? "tied" : there.embedding() > 0 ? "vectors of its own" : "one-hot characters");
        return SamplingOptions.checked(
                spec,
                () -> there.withVocabulary(vocabulary)
                        .withDropout(
                                or(model.dropout, there.dropout()),
                                or(model.weightDropout, model.dropout == null ? there.weightDropout() : 0)));
    }

    private void requireSame(String option, @Nullable Object asked, Object there) {
        if (asked != null && !asked.equals(there)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " is " + asked + ", but the checkpoint's model has " + there + "; leave " + option
                            + " out, or train anew");
        }
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
