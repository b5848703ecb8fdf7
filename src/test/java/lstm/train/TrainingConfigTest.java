package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lstm.batch.BatchShape;
import lstm.text.Corpus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigTest {

    private static TrainingConfig with(double clip, double validation, int validateEvery) {
        return new TrainingConfig(
                new BatchShape(50, 50),
                TrainingLength.DEFAULT,
                TrainingConfig.DEFAULT.schedule(),
                clip,
                validation,
                validateEvery,
                1);
    }

    /** Windows of 2,500 characters. */
    @ParameterizedTest(name = "{0} steps an epoch, {1} characters held out: every {2} steps")
    @CsvSource({
        "100, 0, 100", // once an epoch
        "100, 25000, 100",
        "1000, 250000, 1000",
        "5000, 250000, 1000", // but at most every thousand steps apart
        "1, 250, 1",
        "1, 251, 2", // but no more of the time than a tenth of what is trained
        "10, 25000, 100",
        "400, 250000, 1000",
        "5000, 250001, 1001",
        "10, 250000, 1000"
    })
    void validationsComeOncePerEpochButNeitherTooSeldomNorTooOften(long stepsPerEpoch, long heldOut, long expected) {
        assertThat(with(5, 0.1, 0).validationInterval(stepsPerEpoch, heldOut)).isEqualTo(expected);
    }

    @Test
    void aUserWhoSaysHowOftenIsObeyed() {
        assertThat(with(5, 0.1, 7).validationInterval(100, 250_000)).isEqualTo(7);
        assertThat(with(5, 0.1, 70_000).validationInterval(100, 250_000)).isEqualTo(70_000);
    }

    @ParameterizedTest(name = "clip {0}, validation {1}, every {2}: {3}")
    @CsvSource({
        "0, 0.1, 0, a clip above 0",
        "-1, 0.1, 0, a clip above 0",
        "NaN, 0.1, 0, a clip above 0",
        "5, -0.1, 0, a share for validation",
        "5, 1, 0, a share for validation",
        "5, NaN, 0, a share for validation",
        "5, 0.1, -1, 0 or more steps between validations"
    })
    void numbersOutOfRangeAreRefused(double clip, double validation, int validateEvery, String reason) {
        assertThatThrownBy(() -> with(clip, validation, validateEvery))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void anotherShapeChangesNothingElse() {
        TrainingConfig config = with(5, 0.1, 7);

        TrainingConfig other = config.withShape(new BatchShape(2, 3));

        assertThat(other.shape()).isEqualTo(new BatchShape(2, 3));
        assertThat(other.withShape(config.shape())).isEqualTo(config);
    }

    @ParameterizedTest(name = "{0} epochs, {1} steps, {2} seconds")
    @CsvSource({", , ", "0, , ", "-1, , ", ", 0, ", ", , 0", ", , NaN", "3, 4, -1"})
    void aTrainingHasAnEndAfterItsBeginning(@Nullable Integer epochs, @Nullable Long steps, @Nullable Double seconds) {
        assertThatThrownBy(() -> new TrainingLength(epochs, steps, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected");
    }

    @ParameterizedTest(name = "{0} epochs, {1} steps, {2} seconds, after {3} steps and {4} s: {5}")
    @CsvSource({
        "4, , , 0, 0, 0",
        "4, , , 10, 99, 0.25",
        ", 40, , 10, 99, 0.25",
        ", , 40, 10, 10, 0.25",
        "4, 20, 40, 10, 10, 0.5",
        "4, 20, 40, 10, 30, 0.75",
        "1, 20, 40, 10, 30, 1",
        "1, , , 11, 0, 1"
    })
    void theShareThatIsDoneIsTheLargestOfItsLimits(
            @Nullable Integer epochs,
            @Nullable Long steps,
            @Nullable Double seconds,
            long stepsDone,
            double secondsDone,
            double share) {
        assertThat(new TrainingLength(epochs, steps, seconds).progress(stepsDone, 10, secondsDone))
                .isEqualTo(share);
    }

    @Test
    void theLastPartOfATextIsHeldOut() {
        Corpus corpus = Trainings.corpus("abcdefghij");

        TrainingData data = TrainingData.of(corpus, with(5, 0.3, 0));

        assertThat(data.training().size()).isEqualTo(7);
        assertThat(data.validation().size()).isEqualTo(3);
        assertThat(data.validation().get(0)).isEqualTo(corpus.vocabulary().token('h'));
        assertThat(data.digest()).isEqualTo(corpus.tokens().digest());
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.1", "2500000, 0.1", "5000000, 0.05", "100000000, 0.0025"})
    void ofALongTextNoMoreIsHeldOutThanTellsSomething(long tokens, double share) {
        assertThat(TrainingConfig.DEFAULT.holdingOutEnough(tokens).validation()).isEqualTo(share);
    }
}
