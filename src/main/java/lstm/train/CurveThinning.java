package lstm.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Keeps the course of a long training short: what is left is spread evenly over the steps, however often it was thinned.
 *
 * <p>The first point stays, the last, the best validation, and of the others those that are far enough from the last one
 * that stayed; of validations, far enough from the last validation. The means of a point that goes are taken into those of
 * the next one that stays.
 */
final class CurveThinning {

    /** At most 112 KB in a checkpoint. */
    static final int MOST = 2000;
    /** Of validations, and as many of others, so that half of the most remain. */
    private static final int DISTANCES = MOST / 4;

    private CurveThinning() {}

    /** Thins the points out, where they are more than {@link #MOST}, to about half as many. */
    static void thin(List<CurvePoint> points) {
        if (points.size() <= MOST) {
            return;
        }
        CurvePoint first = points.get(0);
        CurvePoint last = points.get(points.size() - 1);
        CurvePoint best = best(points);
        double distance = (last.step() - first.step()) / (double) DISTANCES;
        List<CurvePoint> kept = new ArrayList<>();
        CurveSums since = CurveSums.NONE;
        long before = 0;
        double nextPoint = 0;
        double nextValidation = 0;
        for (CurvePoint point : points) {
            since = plus(since, point, point.step() - before);
            before = point.step();
            boolean always = point.step() == best.step() || point.step() == last.step();
            boolean validation = point.validationLoss() != null && point.step() >= nextValidation;
            if (always || validation || point.step() >= nextPoint) {
                kept.add(point.withMeans(since.meanLoss(), since.meanNorm()));
                since = CurveSums.NONE;
                nextPoint = point.step() + distance;
                nextValidation = point.validationLoss() != null ? point.step() + distance : nextValidation;
            }
        }
        points.clear();
        points.addAll(kept);
    }

    private static CurveSums plus(CurveSums sums, CurvePoint point, long steps) {
        return new CurveSums(
                sums.loss() + steps * point.trainLoss(),
                sums.norm() + steps * point.gradientNorm(),
                sums.steps() + steps,
                false);
    }

    private static CurvePoint best(List<CurvePoint> points) {
        return points.stream()
                .filter(point -> point.validationLoss() != null)
                .min(Comparator.comparingDouble(point -> Objects.requireNonNull(point.validationLoss())))
                .orElse(points.get(0));
    }
}
