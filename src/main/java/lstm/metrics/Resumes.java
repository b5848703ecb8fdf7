package lstm.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins what the processes of one training have written, one after the other, into one course.
 *
 * <p>Each process counts its seconds from 0. One that goes on behind a killed one repeats the steps that were not saved: the
 * old points of these go, for the new ones are the same but for the clock. The seconds that were spent on them stay, because
 * a time axis tells how long the training took.
 */
final class Resumes {

    private Resumes() {}

    /** The points of a training, one for each step, by rising step, their seconds counted through. */
    static List<Point> joined(List<Point> written) {
        List<Point> joined = new ArrayList<>();
        double earlier = 0;
        Point before = null;
        for (Point point : written) {
            if (before != null && isOfAnotherProcess(point, before)) {
                earlier += before.seconds() == null ? 0 : before.seconds();
                joined.removeIf(old -> old.step() > point.step());
            }
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).step() == point.step()) {
                joined.set(last, joined.get(last).completedBy(point.after(earlier)));
            } else {
                joined.add(point.after(earlier));
            }
            before = point;
        }
        return List.copyOf(joined);
    }

    private static boolean isOfAnotherProcess(Point point, Point before) {
        boolean clockWentBack =
                point.seconds() != null && before.seconds() != null && point.seconds() < before.seconds();
        return clockWentBack || point.step() < before.step();
    }
}
