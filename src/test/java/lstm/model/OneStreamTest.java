package lstm.model;

import static lstm.kernel.SameBits.assertSameBits;

import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that is read alone, by a model so large that threads share its products. */
class OneStreamTest {

    private static final int VOCABULARY = 65;
    private static final int HIDDEN = 370;
    /** Enough for vectors to take over from scalars. */
    private static final int STEPS = 200;

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsGivesTheSameBits(Cell cell) {
        float[] expected = read(cell, 1);
        for (int threads : new int[] {2, 3, 5}) {
            assertSameBits(read(cell, threads), expected, threads + " threads");
        }
    }

    /** The logits of every step. */
    private static float[] read(Cell cell, int threads) {
        float[] logits = new float[VOCABULARY * STEPS];
        KernelChoice vector = KernelChoice.of(KernelChoice.Request.VECTOR);
        try (Workers workers = new Workers(threads, vector.kernels())) {
            ModelConfig config = new ModelConfig(cell, VOCABULARY, HIDDEN, 2, 0, 0);
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            Window window = model.newWindow(1, 1);
            for (int t = 0; t < STEPS; t++) {
                window.inputs()[0] = t % VOCABULARY;
                model.forward(window);
                System.arraycopy(window.logits().data, 0, logits, t * VOCABULARY, VOCABULARY);
            }
        }
        return logits;
    }
}
