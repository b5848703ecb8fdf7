package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import lstm.generate.Prediction.Other;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static final float[] LOGITS = {1, 4, 2, 3};

    @Test
    void theLikeliestOthersComeFirst() {
        double sum = Math.log(Math.exp(1) + Math.exp(4) + Math.exp(2) + Math.exp(3));
        Prediction prediction = Prediction.of(LOGITS, 3, 2);

        assertThat(prediction.token()).isEqualTo(3);
        assertThat(prediction.logProbability()).isCloseTo(3 - sum, within(1e-12));
        assertThat(prediction.others()).extracting(Other::token).containsExactly(1, 2);
        assertThat(prediction.others().get(1).logProbability()).isCloseTo(2 - sum, within(1e-12));
        assertThat(Prediction.of(LOGITS, 1, 9).others())
                .extracting(Other::token)
                .containsExactly(3, 2, 0);
        assertThat(Prediction.of(LOGITS, 1, 0).others()).isEmpty();
    }
}
