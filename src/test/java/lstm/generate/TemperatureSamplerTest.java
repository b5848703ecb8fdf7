package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Its edges; what it draws on the whole, {@link SamplerTest} tells. */
class TemperatureSamplerTest {

    /** Of four equally likely tokens, a half are two. */
    @ParameterizedTest
    @ValueSource(strings = {"top-p", "typical"})
    void aCutKeepsNoMoreThanReachesItsShare(String cut) {
        Cuts cuts = cut.equals("top-p") ? Cuts.NONE.withTopP(0.5) : Cuts.NONE.withTypical(0.5);
        TemperatureSampler sampler = new TemperatureSampler(Temperature.of(1), cuts, 1);

        assertThat(sampler.distribution(new float[4], 0)).containsExactly(0.5, 0.5, 0, 0);
    }

    @Test
    void whatIsImpossibleIsNotDrawnAtTheEndOfTheRange() {
        RandomGenerator last = () -> -1L; // of which nextDouble makes the greatest number below 1
        assertThat(last.nextDouble()).isEqualTo(Math.nextDown(1.0), within(1e-15));
        TemperatureSampler sampler = new TemperatureSampler(Temperature.of(1), Cuts.NONE, 1);
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            float[] logits = new float[60];
            for (int i = 0; i < logits.length - 1; i++) {
                logits[i] = (float) random.nextGaussian();
            }
            logits[logits.length - 1] = Float.NEGATIVE_INFINITY;

            assertThat(sampler.sample(logits, last)).as("round " + round).isLessThan(logits.length - 1);
        }
    }

    @Test
    void atZeroAllIsTheLikeliest() {
        TemperatureSampler sampler = new TemperatureSampler(Temperature.of(0), Cuts.NONE, 1);

        assertThat(sampler.distribution(new float[] {1, 3, 2}, 0)).containsExactly(0, 1, 0);
    }
}
