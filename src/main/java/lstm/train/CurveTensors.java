package lstm.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The course of a training as tensors of a checkpoint, and back with every number checked.
 *
 * <p>"curve", F64 [points, 7]: step, epoch, characters, training loss, validation loss, learning rate, gradient norm, by
 * rising step. No loss is negative, so that -1 stands for a validation that there was not; NaN stands nowhere. "curve.sums",
 * F64 [1, 4], is what the last point is the mean of: loss, norm, steps, and 1 where its validation is one to stay.
 */
final class CurveTensors {

    static final String POINTS = "curve";
    static final String SUMS = "curve.sums";

    private static final int COLUMNS = 7;
    private static final int SUM_COLUMNS = 4;
    private static final double NO_VALIDATION = -1;
    /** Up to here all whole numbers are doubles. */
    private static final double LARGEST_COUNT = 1L << 53;

    private CurveTensors() {}

    static Tensor tensor(List<CurvePoint> points) {
        double[] numbers = new double[points.size() * COLUMNS];
        int at = 0;
        for (CurvePoint point : points) {
            numbers[at++] = point.step();
            numbers[at++] = point.epoch();
            numbers[at++] = point.characters();
            numbers[at++] = point.trainLoss();
            numbers[at++] = point.validationLoss() == null ? NO_VALIDATION : point.validationLoss();
            numbers[at++] = point.learningRate();
            numbers[at++] = point.gradientNorm();
        }
        return Tensor.doubles(COLUMNS, numbers);
    }

    static Tensor tensor(CurveSums sums) {
        return Tensor.doubles(
                SUM_COLUMNS, sums.loss(), sums.norm(), (double) sums.steps(), sums.lastingValidation() ? 1 : 0);
    }

    /**
     * The points of a tensor, one or more.
     *
     * @throws IllegalArgumentException where it holds anything else
     */
    static List<CurvePoint> points(Tensor tensor) {
        int[] shape = tensor.shape();
        // One more than is kept, for the open one.
        boolean fits = tensor.dtype() == DType.F64
                && shape.length == 2
                && shape[0] >= 1
                && shape[0] <= CurveThinning.MOST + 1
                && shape[1] == COLUMNS;
        require(
                fits,
                POINTS,
                "is " + tensor + ", expected F64[1 to " + (CurveThinning.MOST + 1) + ", " + COLUMNS + "]");
        double[] numbers = tensor.toDoubles();
        List<CurvePoint> points = new ArrayList<>();
        for (int row = 0; row < shape[0]; row++) {
            CurvePoint point = point(Arrays.copyOfRange(numbers, row * COLUMNS, (row + 1) * COLUMNS), row);
            CurvePoint before = points.isEmpty() ? null : points.get(row - 1);
            boolean rises =
                    before == null || (point.step() > before.step() && point.characters() > before.characters());
            require(rises, POINTS, "has row " + row + " out of the order of its steps");
            points.add(point);
        }
        return points;
    }

    private static CurvePoint point(double[] row, int index) {
        boolean senseful = isCount(row[0])
                && row[0] > 0
                && isCount(row[2])
                && (row[4] == NO_VALIDATION || isMagnitude(row[4]))
                && isMagnitude(row[1])
                && isMagnitude(row[3])
                && isMagnitude(row[5])
                && isMagnitude(row[6]);
        require(senseful, POINTS, "has no point of a training in row " + index + ", " + Arrays.toString(row));
        Double validation = row[4] == NO_VALIDATION ? null : (Double) row[4];
        return new CurvePoint((long) row[0], row[1], (long) row[2], row[3], validation, row[5], row[6]);
    }

    /**
     * The sums of a tensor, for a point and those before it.
     *
     * @throws IllegalArgumentException where it is missing or its numbers cannot be theirs
     */
    static CurveSums sums(@Nullable Tensor tensor, List<CurvePoint> closed, CurvePoint open) {
        if (tensor == null) {
            throw new IllegalArgumentException("it has no tensor training." + SUMS);
        }
        boolean fits = tensor.dtype() == DType.F64 && Arrays.equals(tensor.shape(), new int[] {1, SUM_COLUMNS});
        require(fits, SUMS, "is " + tensor + ", expected F64[1, " + SUM_COLUMNS + "]");
        double[] numbers = tensor.toDoubles();
        long before = closed.isEmpty() ? 0 : closed.get(closed.size() - 1).step();
        boolean senseful = isMagnitude(numbers[0])
                && isMagnitude(numbers[1])
                && isCount(numbers[2])
                && numbers[2] >= 1
                && numbers[2] <= open.step() - before
                && (numbers[3] == 0 || (numbers[3] == 1 && open.validationLoss() != null));
        require(senseful, SUMS, "holds " + Arrays.toString(numbers) + ", which is no sum of the last steps");
        return new CurveSums(numbers[0], numbers[1], (long) numbers[2], numbers[3] == 1);
    }

    private static boolean isCount(double number) {
        return number >= 0 && number <= LARGEST_COUNT && number == Math.rint(number);
    }

    private static boolean isMagnitude(double number) {
        return number >= 0 && number < Double.POSITIVE_INFINITY;
    }

    private static void require(boolean sense, String name, String found) {
        if (!sense) {
            throw new IllegalArgumentException("its tensor training." + name + " " + found);
        }
    }
}
