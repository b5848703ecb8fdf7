package lstm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import lstm.cluster.OuterOptimizer.Settings;
import org.junit.jupiter.api.Test;

class OuterOptimizerTest {

    @Test
    void withoutMomentumItGoesToTheMean() {
        float[] weights = {1, -2, 0.5f, 0.1f, 1e8f};
        float[] mean = {3, -2, 0.25f, 0.7f, -0.3f};
        new OuterOptimizer(5, new Settings(1, 0)).step(weights, mean);

        assertThat(weights).containsExactly(mean);
    }

    /** Two steps by hand: the velocity is v = m v + g, and the weight goes by r (g + m v). */
    @Test
    void momentumIsNesterovs() {
        OuterOptimizer optimizer = new OuterOptimizer(1, new Settings(0.5f, 0.75f));
        float[] weights = {8};
        optimizer.step(weights, new float[] {4}); // g 4, v 4, by 0.5 * 7
        assertThat(weights).containsExactly(4.5f);
        optimizer.step(weights, new float[] {2.5f}); // g 2, v 5, by 0.5 * 5.75
        assertThat(weights).containsExactly(1.625f);
        assertThat(optimizer.velocity()).containsExactly(5);
    }

    @Test
    void whatIsForgottenMovesNothing() {
        OuterOptimizer optimizer = new OuterOptimizer(1, new Settings(1, 0.5f));
        float[] weights = {2};
        optimizer.step(weights, new float[] {1});
        optimizer.forget();
        float before = weights[0];
        optimizer.step(weights, weights.clone());

        assertThat(weights).containsExactly(before);
    }

    @Test
    void asManyTimesAsFarAsTheRootOfTheWorkers() {
        assertThat(Settings.of(1)).isEqualTo(new Settings(1, 0));
        for (int workers : new int[] {2, 4, 8, 64}) {
            OuterOptimizer optimizer = new OuterOptimizer(1, Settings.of(workers));
            float[] weights = {0};
            float before = 0;
            for (int i = 0; i < 200; i++) {
                before = weights[0];
                optimizer.step(weights, new float[] {weights[0] + 1});
            }
            assertThat(weights[0] - before)
                    .as("%d workers", workers)
                    .isCloseTo((float) Math.sqrt(workers), within(1e-3f));
        }
    }

    @Test
    void whatIsTakenOffTheWeightsGoesNoFurther() {
        assertThat(Settings.of(1).ofWeightDecay(0.05)).isEqualTo(0.05);
        assertThat(Settings.of(4).ofWeightDecay(0.05)).isEqualTo(0.025);
        assertThat(new Settings(0.5f, 0.5f).ofWeightDecay(0.05)).isEqualTo(0.05);
    }
}
