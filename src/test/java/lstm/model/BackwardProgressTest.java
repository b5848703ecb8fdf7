package lstm.model;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.IntConsumer;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With one worker, who waits for what is not there is refused. */
class BackwardProgressTest {

    private static final int LAYERS = 2;
    private static final int SHARDS = 2;

    private final Workers workers =
            new Workers(1, KernelChoice.of(KernelChoice.Request.OJALGO).kernels());

    @AfterEach
    void close() {
        workers.close();
    }

    private static void assertWaits(ThrowingCallable awaiting) {
        assertThatIllegalStateException().isThrownBy(awaiting).withMessage("a task waits for one behind it");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 8})
    void theLaterHalfIsThereWhenAllShardsAreThroughItAndTheRestWhenAllHaveLeft(int steps) {
        BackwardProgress progress = new BackwardProgress(workers, LAYERS, SHARDS, steps);
        IntConsumer passing = progress.steps(1);
        for (int pass = 0; pass < 2; pass++) {
            progress.begin();
            for (int shard = 0; shard < SHARDS; shard++) {
                for (int step = steps; step >= 1; step--) {
                    assertWaits(() -> progress.await(1));
                    if (shard < SHARDS - 1 || step >= steps / 2) {
                        assertWaits(() -> progress.awaitLaterHalf(1));
                    } else {
                        progress.awaitLaterHalf(1);
                    }
                    passing.accept(step);
                }
                progress.leave(1);
            }
            progress.awaitLaterHalf(1);
            progress.await(1);
            assertWaits(() -> progress.awaitLaterHalf(0));
            assertWaits(() -> progress.await(0));
        }
    }

    @Test
    void aSingleStepAndTheOutputLayerHaveNoHalves() {
        BackwardProgress single = new BackwardProgress(workers, LAYERS, 1, 1);
        single.begin();
        single.steps(0).accept(1);
        assertWaits(() -> single.awaitLaterHalf(0));
        single.leave(0);
        single.awaitLaterHalf(0);

        BackwardProgress many = new BackwardProgress(workers, LAYERS, 1, 9);
        many.begin();
        assertWaits(() -> many.awaitLaterHalf(LAYERS));
        many.leave(LAYERS);
        many.awaitLaterHalf(LAYERS);
        many.await(LAYERS);
    }
}
