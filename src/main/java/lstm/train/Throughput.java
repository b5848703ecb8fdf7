package lstm.train;

import java.util.SplittableRandom;
import lstm.batch.BatchShape;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.optimize.Adam;

/** How fast this machine trains. */
public final class Throughput {

    private static final ModelConfig MODEL = new ModelConfig(Cell.LSTM, 64, 128, 2, 0, 0);
    private static final double NANOS = 1e9;
    /** Most of it goes to the compiler, whose work is not lost: the training that follows runs the same code. */
    private static final long LEAST_NANOS = 2_000_000_000L;
    /** As long as steps become quicker, the compiler is not done. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long MOST_NANOS = 10_000_000_000L;
    private static final double QUICKER = 0.97;
    /** In smaller windows many steps fit into the time. */
    private static final BatchShape LARGEST = new BatchShape(32, 50);

    private Throughput() {}

    /**
     * Floating-point operations a second of the quickest training step, in windows of about this shape, within two seconds, or
     * up to ten where steps still become quicker.
     */
    public static double operationsPerSecond(Workers workers, BatchShape shape) {
        LanguageModel model = LanguageModel.initialized(MODEL, 1, workers);
        Adam adam = new Adam(model.parameters(), workers);
        Window window = model.newTrainingWindow(
                Math.min(shape.streams(), LARGEST.streams()), Math.min(shape.steps(), LARGEST.steps()));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < window.inputs().length; i++) {
            window.inputs()[i] = random.nextInt(MODEL.vocabulary());
            window.targets()[i] = random.nextInt(MODEL.vocabulary());
        }
        long begun = System.nanoTime();
        long quickest = Long.MAX_VALUE;
        long quickerAt = begun;
        long now;
        do {
            long from = System.nanoTime();
            model.lossAndGradients(window);
            adam.step(1e-3, 1, 0);
            model.weightsChanged();
            now = System.nanoTime();
            if (now - from < QUICKER * quickest) {
                quickerAt = now;
            }
            quickest = Math.min(quickest, now - from);
        } while (now - begun < LEAST_NANOS || (now - quickerAt < PATIENCE_NANOS && now - begun < MOST_NANOS));
        return MODEL.operationsPerToken() * window.inputs().length / (quickest / NANOS);
    }
}
