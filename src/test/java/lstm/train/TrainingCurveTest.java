package lstm.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.kernel.Workers;
import lstm.text.Corpus;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkpoint remembers of the course of its training. */
class TrainingCurveTest {

    private final Workers workers = Trainings.workers(1);
    private final Corpus tale = Trainings.corpus(Trainings.TALE);
    private final Trainings.Diary diary = new Trainings.Diary();

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private Trainer trained(long steps, double share, int validateEvery) {
        TrainingConfig config = Trainings.withValidation(Trainings.steps(steps), share, validateEvery);
        Trainer trainer = Trainings.trainer(tale, config, workers);
        trainer.run(diary, Trainings.TO_THE_END);
        return trainer;
    }

    /** A map in no order has another one in every process, and checkpoints other bytes. */
    @Test
    void itsTensorsStandInOneOrder() {
        TrainingCurve curve = new TrainingCurve();
        curve.stepped(new CurvePoint(1, 0.1, 20, 2, null, 0.01, 1));

        assertThat(curve.tensors().keySet()).containsExactly("curve", "curve.sums");
    }

    @Test
    void aDueValidationStaysThoughTheTrainingIsResumedAtItsEnd() {
        TrainingCurve curve = new TrainingCurve();
        curve.stepped(new CurvePoint(1, 0.1, 20, 2, null, 0.01, 1));
        curve.validated(0.5);
        curve.validatedAtTheEnd(0.5);
        curve.stepped(new CurvePoint(2, 0.2, 40, 2, null, 0.01, 1));

        assertThat(CurveTensors.points(requireNonNull(curve.tensors().get("curve"))))
                .extracting(CurvePoint::validationLoss)
                .containsExactly(0.5, null);
    }

    @Test
    void thereIsAPointEveryTenStepsAtEveryValidationAndAtTheEnd() {
        List<CurvePoint> points = TrainingCurve.of(trained(37, 0.2, 15).checkpoint());

        assertThat(points).extracting(CurvePoint::step).containsExactly(10L, 15L, 20L, 30L, 37L);
        assertThat(points)
                .extracting(point -> point.validationLoss() != null)
                .containsExactly(false, true, false, true, true);
        assertThat(points.stream().map(CurvePoint::validationLoss).filter(loss -> loss != null))
                .containsExactlyElementsOf(diary.validationLosses());
        assertThat(points)
                .extracting(CurvePoint::epoch)
                .containsExactlyElementsOf(points.stream()
                        .map(point -> diary.steps.get((int) point.step() - 1).epoch())
                        .toList());
        assertThat(points).allMatch(point -> point.characters() == point.step() * 40 && point.learningRate() == 0.01);
    }

    @Test
    void lossAndNormAreMeansSinceThePointBefore() {
        List<CurvePoint> points = TrainingCurve.of(trained(25, 0, 0).checkpoint());

        assertThat(points).extracting(CurvePoint::step).containsExactly(10L, 20L, 25L);
        long from = 0;
        for (CurvePoint point : points) {
            List<Progress> steps = diary.steps.subList((int) from, (int) point.step());
            assertThat(point.validationLoss()).isNull();
            assertThat(point.trainLoss())
                    .isCloseTo(
                            steps.stream()
                                    .mapToDouble(Progress::trainLoss)
                                    .average()
                                    .orElseThrow(),
                            Offset.offset(1e-12));
            assertThat(point.gradientNorm())
                    .isCloseTo(
                            steps.stream()
                                    .mapToDouble(Progress::gradientNorm)
                                    .average()
                                    .orElseThrow(),
                            Offset.offset(1e-12));
            from = point.step();
        }
    }

    @Test
    void aValidationAtTheEndIsForgottenWhereTheTrainingGoesOn() {
        Checkpoint end = trained(20, 0.2, 15).checkpoint();
        assertThat(TrainingCurve.of(end)).last().matches(point -> point.validationLoss() != null);
        Trainer more = resumed(end, Trainings.withValidation(Trainings.steps(31), 0.2, 15));
        more.run(diary, Trainings.TO_THE_END);

        assertThat(TrainingCurve.of(more.checkpoint()))
                .extracting(CurvePoint::step, point -> point.validationLoss() != null)
                .containsExactly(
                        tuple(10L, false), tuple(15L, true), tuple(20L, false), tuple(30L, true), tuple(31L, true));
    }

    private Trainer resumed(Checkpoint checkpoint, TrainingConfig config) {
        Trainer trainer = Trainings.trainer(tale, config, workers);
        assertThat(trainer.resume(checkpoint)).isTrue();
        return trainer;
    }

    @Test
    void aTrainingWithoutACourseGoesOnAndBeginsOne() {
        Checkpoint old = without(trained(20, 0, 0).checkpoint(), "curve", "curve.sums");
        assertThat(TrainingCurve.of(old)).isEmpty();
        Trainer more = resumed(old, Trainings.withValidation(Trainings.steps(33), 0, 0));
        more.run(diary, Trainings.TO_THE_END);

        assertThat(TrainingCurve.of(more.checkpoint()))
                .extracting(CurvePoint::step)
                .containsExactly(30L, 33L);
    }

    @Test
    void beforeTheFirstStepAndInASlimCheckpointThereIsNone() {
        Checkpoint untrained =
                Trainings.trainer(tale, Trainings.steps(1), workers).checkpoint();
        assertThat(untrained.trainingTensors()).doesNotContainKeys("curve", "curve.sums");
        assertThat(TrainingCurve.of(untrained)).isEmpty();
        assertThat(TrainingCurve.of(trained(20, 0, 0).checkpoint().slim())).isEmpty();
    }

    /** Of a training that never ends, as a loss that falls with the step, and a validation now and then. */
    private static TrainingCurve of(int steps, int validateEvery) {
        TrainingCurve curve = new TrainingCurve();
        for (int step = 1; step <= steps; step++) {
            curve.stepped(new CurvePoint(step, step / 100.0, 40L * step, loss(step), null, 0.01, 1.0 / step));
            if (step % validateEvery == 0) {
                curve.validated(validationLoss(step));
            }
        }
        return curve;
    }

    private static double loss(int step) {
        return 4.0 / (1 + step / 1000.0);
    }

    private static double validationLoss(int step) {
        return Math.abs(step - 77_000) / 1e5 + 1;
    }

    private static List<CurvePoint> points(TrainingCurve curve) {
        return CurveTensors.points(requireNonNull(curve.tensors().get("curve")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500, 1_000_000})
    void aLongCourseIsThinnedOutEvenlyAndKeepsItsBest(int validateEvery) {
        int steps = 100_001;
        List<CurvePoint> points = points(of(steps, validateEvery));

        assertThat(points).hasSizeBetween(400, CurveThinning.MOST + 1);
        assertThat(points.get(points.size() - 1).step()).isEqualTo(steps);
        long longest = IntStream.range(1, points.size())
                .mapToLong(i -> points.get(i).step() - points.get(i - 1).step())
                .max()
                .orElseThrow();
        assertThat(longest).isLessThan(steps / 150);
        assertThat(points).isSortedAccordingTo(Comparator.comparingLong(CurvePoint::step));
        if (validateEvery < steps) {
            assertThat(points.stream().map(CurvePoint::validationLoss)).contains(1.0);
            assertThat(points.stream().filter(point -> point.validationLoss() != null))
                    .hasSizeGreaterThan(150)
                    .allMatch(point -> point.step() % validateEvery == 0
                            && requireNonNull(point.validationLoss()) == validationLoss((int) point.step()));
        }
    }

    @Test
    void theMeansOfAThinnedCourseAreThoseOfAllItsSteps() {
        int steps = 50_000;
        List<CurvePoint> points = points(of(steps, 500));
        double sum = 0;
        long from = 0;
        for (CurvePoint point : points) {
            sum += point.trainLoss() * (point.step() - from);
            from = point.step();
        }

        assertThat(sum / steps)
                .isCloseTo(
                        IntStream.rangeClosed(1, steps)
                                .mapToDouble(TrainingCurveTest::loss)
                                .average()
                                .orElseThrow(),
                        Offset.offset(1e-9));
    }

    static Stream<Arguments> hostileTensors() {
        double nan = Double.NaN;
        return Stream.of(
                Arguments.of("no rows", Tensor.doubles(7)),
                Arguments.of("six columns", Tensor.doubles(6, 10, 1, 400, 3, 2, 0.01)),
                Arguments.of("integers", Tensor.longs(1, 2, 3)),
                Arguments.of("too many rows", tooMany()),
                Arguments.of("NaN", Tensor.doubles(7, 20, 1, 800, nan, 2, 0.01, 1)),
                Arguments.of("infinite", Tensor.doubles(7, 20, 1, 800, 3, 2, 0.01, Double.POSITIVE_INFINITY)),
                Arguments.of("negative", Tensor.doubles(7, 20, 1, 800, 3, -2, 0.01, 1)),
                Arguments.of("half a step", Tensor.doubles(7, 19.5, 1, 800, 3, 2, 0.01, 1)),
                Arguments.of("step 0", Tensor.doubles(7, 0, 1, 800, 3, 2, 0.01, 1)),
                Arguments.of("a step twice", rows(20, 20)),
                Arguments.of("steps that fall", rows(10, 5)));
    }

    private static Tensor rows(double first, double second) {
        return Tensor.doubles(7, first, 1, 40 * first, 3, -1, 0.01, 1, second, 1, 40 * second, 3, -1, 0.01, 1);
    }

    private static Tensor tooMany() {
        double[] numbers = new double[7 * (CurveThinning.MOST + 2)];
        for (int row = 0; row < numbers.length / 7; row++) {
            numbers[7 * row] = row + 1;
            numbers[7 * row + 2] = row + 1;
        }
        return Tensor.doubles(7, numbers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTensors")
    void whatIsNoCourseIsRefusedInOneLine(String name, Tensor tensor) {
        Checkpoint checkpoint = with(trained(20, 0, 0).checkpoint(), "curve", tensor);

        assertThatThrownBy(() -> TrainingCurve.of(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("its tensor training.curve ")
                .hasMessageNotContaining("\n");
        assertRefused(checkpoint, "its tensor training.curve ");
    }

    static Stream<Tensor> hostileSums() {
        return Stream.of(
                Tensor.longs(1),
                Tensor.doubles(3, 1, 1, 1),
                Tensor.doubles(4, 1, 1, 0, 0),
                Tensor.doubles(4, 1, 1, 11, 0),
                Tensor.doubles(4, -1, 1, 10, 0),
                Tensor.doubles(4, 1, Double.NaN, 10, 0),
                Tensor.doubles(4, 1, 1, 10, 2),
                Tensor.doubles(4, 1, 1, 10, 1));
    }

    @ParameterizedTest
    @MethodSource("hostileSums")
    void whatIsNoSumIsRefusedInOneLine(Tensor tensor) {
        assertRefused(with(trained(20, 0, 0).checkpoint(), "curve.sums", tensor), "its tensor training.curve.sums ");
    }

    @Test
    void aCourseThatEndsElsewhereIsRefused() {
        assertRefused(with(trained(20, 0, 0).checkpoint(), "curve", rows(9, 19)), "ends at step 19");
        assertRefused(without(trained(20, 0, 0).checkpoint(), "curve.sums"), "no tensor training.curve.sums");
    }

    private void assertRefused(Checkpoint checkpoint, String part) {
        Trainer trainer = Trainings.trainer(tale, Trainings.withValidation(Trainings.steps(30), 0, 0), workers);
        assertThatThrownBy(() -> trainer.resume(checkpoint))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("the checkpoint cannot be resumed: ")
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }

    private static Checkpoint with(Checkpoint checkpoint, String name, @Nullable Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(checkpoint.trainingTensors());
        tensors.remove(name);
        if (tensor != null) {
            tensors.put(name, tensor);
        }
        return new Checkpoint(
                checkpoint.config(), checkpoint.vocabulary(), checkpoint.training(), checkpoint.weights(), tensors);
    }

    private static Checkpoint without(Checkpoint checkpoint, String... names) {
        Checkpoint left = checkpoint;
        for (String name : names) {
            left = with(left, name, null);
        }
        return left;
    }
}
