package lstm.page;

import lstm.checkpoint.Checkpoint;
import lstm.metrics.Course;
import org.jspecify.annotations.Nullable;

/**
 * A training that a report tells of.
 *
 * @param name by which it is told from the others
 * @param checkpoint null where only its course is known
 * @param course null where it is not known
 */
public record ReportRun(
        String name,
        @Nullable Checkpoint checkpoint,
        @Nullable Course course) {

    /**
     * Checks that there is something to tell.
     *
     * @throws IllegalArgumentException where nothing is known of it
     */
    public ReportRun {
        if (checkpoint == null && course == null) {
            throw new IllegalArgumentException("nothing is known of " + name);
        }
    }
}
