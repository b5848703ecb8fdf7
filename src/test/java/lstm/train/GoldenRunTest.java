package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import lstm.batch.BatchShape;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.NaiveTraining;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Tokens;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The last link: the first losses of a training, which an implementation in double and plain loops also has. */
@BothKernels
class GoldenRunTest {

    private static final int STREAMS = 5;
    private static final int LENGTH = 20;
    private static final int WARMUP = 4;
    private static final double PEAK = 0.01;
    private static final double FINAL_SHARE = 0.1;
    /** Shorter than most of the run's gradients. */
    private static final double CLIP = 0.5;

    private static final TrainingConfig CONFIG = new TrainingConfig(
            new BatchShape(STREAMS, 17),
            new TrainingLength(null, (long) LENGTH, null),
            new Schedule(Schedule.Shape.COSINE, PEAK, FINAL_SHARE, WARMUP),
            CLIP,
            0,
            0,
            42);

    /** Of the reference, in nats per character, for the first 20 windows: an epoch has 13. */
    private static final double[] GOLDEN = {
        3.712071110, 3.707981937, 3.703856548, 3.692610147, 3.668634265, 3.653560693, 3.614824190,
        3.572834133, 3.551300219, 3.507546824, 3.385173917, 3.339433040, 3.243382159, 3.270600066,
        3.159786986, 3.105295043, 3.131097421, 3.041855214, 3.019138842, 3.001875061
    };

    /** The literals' last digit, and functions of {@link Math} that may differ in their last bit between machines. */
    private static final double REFERENCE_TOLERANCE = 1e-8;

    /**
     * A loss in float is off by some 1e-7 of itself, whatever the order of its sums. What adds up is Adam's: 1 - 0.999 in
     * float is off by 1.3e-5 of it, so every update by half of that, and ten updates that are too long by 7e-6 change
     * the fall of the loss, 0.2 nats in the steepest step, by 1.5e-5 at most. Three times that is room for the kernels'
     * different sums and polynomials, and far below what any wrong term would do.
     */
    private static final double TOLERANCE = 5e-5;

    private final KernelChoice.Request kernel;
    private final Corpus corpus = Trainings.corpus(Trainings.TALE);
    private final ModelConfig shape =
            new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), 24, 2, 0, 0);

    GoldenRunTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    @Test
    void theReferencesLossesAreTheGoldenOnes() {
        assertClose(naiveLosses(), GOLDEN, REFERENCE_TOLERANCE);
    }

    @Test
    void theProductionsLossesAreTheGoldenOnes() {
        assertClose(productionLosses(), GOLDEN, TOLERANCE);
    }

    @Test
    void theProductionsLossesAreTheReferences() {
        assertClose(productionLosses(), naiveLosses(), TOLERANCE);
    }

    private static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).containsExactly(expected, Offset.offset(tolerance));
    }

    private double[] productionLosses() {
        Trainings.Diary diary = new Trainings.Diary();
        try (Workers workers = Trainings.workers(kernel, 2)) {
            LanguageModel model = LanguageModel.initialized(shape, CONFIG.seed(), workers);
            new Trainer(model, TrainingData.of(corpus, CONFIG), CONFIG).run(diary, Trainings.TO_THE_END);
        }
        return diary.trainLosses().stream().mapToDouble(loss -> loss).toArray();
    }

    private double[] naiveLosses() {
        try (Workers workers = Trainings.workers(kernel, 1)) {
            LanguageModel initial = LanguageModel.initialized(shape, CONFIG.seed(), workers);
            NaiveTraining training = new NaiveTraining(shape, STREAMS, initial.weights());
            return IntStream.range(0, LENGTH)
                    .mapToDouble(step -> naiveStep(training, step))
                    .toArray();
        }
    }

    /** The windows and the learning rate are made anew too. */
    private double naiveStep(NaiveTraining training, int step) {
        Tokens tokens = corpus.tokens();
        int steps = CONFIG.shape().steps();
        int streamLength = (int) tokens.size() / STREAMS;
        int windows = (streamLength - 1) / steps;
        int window = step % windows;
        if (window == 0) {
            training.resetState();
        }
        int[] inputs = new int[STREAMS * steps];
        int[] targets = new int[STREAMS * steps];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < STREAMS; b++) {
                int at = b * streamLength + window * steps + t;
                inputs[t * STREAMS + b] = tokens.get(at);
                targets[t * STREAMS + b] = tokens.get(at + 1);
            }
        }
        double rise = Math.min(1, (step + 1.0) / WARMUP);
        double fall = (1 + Math.cos(Math.PI * step / LENGTH)) / 2;
        return training.step(inputs, targets, PEAK * rise * (FINAL_SHARE + (1 - FINAL_SHARE) * fall), CLIP);
    }
}
