package lstm.cluster;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import lstm.batch.Cursor;
import lstm.batch.Epochs;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.Cluster.Sharing;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.RollBacks;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingException;
import lstm.train.TrainingListener;
import lstm.train.TrainingState;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * Some steps of every worker from the weights that all have in common. What a worker makes of it is a function of this, its share and
 * its replica, so that it can be made again, elsewhere.
 *
 * @param model its shape
 * @param unit of the vocabulary
 * @param symbols of the vocabulary
 * @param training where all of them stand, as the JSON of a checkpoint
 * @param window the place of their next window in the epoch of their shares that they are in
 * @param steps that each takes
 * @param threads of each
 * @param kernel that each asks for
 */
record Round(
        ModelConfig model,
        Unit unit,
        List<String> symbols,
        String training,
        long window,
        int steps,
        int threads,
        KernelChoice.Request kernel)
        implements Serializable {

    private static final double NANOS = 1e9;
    private static final String CURSOR = "cursor";
    private static final Pattern CARRIED = Pattern.compile("(adam|state)\\..*|random|" + CURSOR);

    static Round of(
            ModelConfig model,
            TrainingData data,
            TrainingConfig config,
            RollBacks rollBacks,
            long step,
            Cursor place,
            long shareSize,
            int steps,
            Sharing sharing) {
        TrainingState state = new TrainingState(
                step,
                place.epoch(),
                0,
                Double.NaN,
                null,
                0,
                null,
                config,
                rollBacks,
                data.name(),
                data.digest(),
                shareSize);
        return new Round(
                model,
                data.vocabulary().unit(),
                List.copyOf(data.vocabulary().symbols()),
                state.toJson(),
                place.window(),
                steps,
                sharing.threads(),
                sharing.kernel());
    }

    /**
     * One worker's part.
     *
     * @param stop asked often
     * @throws CancellationException where it has said so
     */
    RoundResult run(Tokens share, Replica replica, float[] weights, BooleanSupplier stop) {
        long from = System.nanoTime();
        try (Workers workers = new Workers(threads, KernelChoice.of(kernel).kernels())) {
            LanguageModel local = new LanguageModel(model, workers);
            Vocabulary vocabulary = Vocabulary.of(unit, symbols);
            TrainingState state = TrainingState.fromJson(training);
            TrainingData data = new TrainingData(
                    vocabulary, Records.NONE, 0, Epochs.of(share), Tokens.of(), state.textDigest(), "share");
            TrainingConfig config = ownSeed(state.config(), replica.worker());
            Trainer trainer = new Trainer(local, data, config);
            begin(trainer, vocabulary, state, config, replica, FlatWeights.matrices(model, weights));

            Course course = new Course(state.step() + steps);
            try {
                trainer.run(course, () -> course.isOver() || stop.getAsBoolean());
            } catch (TrainingException e) {
                // Of one that had gone back often enough before.
                if (course.fault == null) {
                    throw e;
                }
            }
            if (!course.isOver()) {
                throw new CancellationException("the round was given up");
            }
            Map<String, Tensor> tensors = carried(trainer.checkpoint().trainingTensors());
            double seconds = (System.nanoTime() - from) / NANOS;
            return new RoundResult(
                    Replica.of(replica.worker(), tensors),
                    FlatWeights.of(local),
                    course.report(replica.worker(), config, seconds));
        }
    }

    /** Dropout is to differ from worker to worker. */
    private static TrainingConfig ownSeed(TrainingConfig config, int worker) {
        return config.withSeed(config.seed() + worker * 0x9e3779b97f4a7c15L);
    }

    private void begin(
            Trainer trainer,
            Vocabulary vocabulary,
            TrainingState state,
            TrainingConfig config,
            Replica replica,
            Map<String, R032Store> weights) {
        Map<String, Tensor> tensors =
                carried(replica.isFresh() ? trainer.checkpoint().trainingTensors() : replica.toTensors());
        tensors.putAll(Checkpoint.tensors(model, weights));
        tensors.put(CURSOR, Tensor.longs(state.epoch(), window));
        Checkpoint checkpoint =
                new Checkpoint(model, vocabulary, state.withConfig(config).toJson(), weights, tensors);
        if (!trainer.resume(checkpoint)) {
            throw new IllegalStateException("a worker's share is not what it was");
        }
    }

    /** Neither the weights, which come anew with every round, nor what only the driver keeps an account of. */
    private static Map<String, Tensor> carried(Map<String, Tensor> all) {
        Map<String, Tensor> carried = new LinkedHashMap<>(all);
        carried.keySet().removeIf(name -> !CARRIED.matcher(name).matches());
        return carried;
    }

    /** Counts the steps and sums up. */
    private static final class Course implements TrainingListener {

        private final long last;
        private long steps;
        private double losses;
        private double norms;
        private boolean isOver;
        private @Nullable String fault;

        Course(long last) {
            this.last = last;
        }

        boolean isOver() {
            return isOver;
        }

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            steps++;
            losses += progress.trainLoss();
            norms += progress.gradientNorm();
            isOver = progress.step() >= last;
        }

        /** It is all workers that go back, to a model that they have in common. */
        @Override
        public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
            isOver = true;
            fault = rollBack.fault();
        }

        Report report(int worker, TrainingConfig config, double seconds) {
            long characters = steps * config.shape().streams() * config.shape().steps();
            return new Report(worker, characters, losses / steps, norms / steps, seconds, fault);
        }
    }
}
