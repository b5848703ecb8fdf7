package lstm.cluster;

import java.util.function.Supplier;
import lstm.text.TextException;
import lstm.train.TrainingException;

/** What failed on a cluster, in one line. */
final class SparkFailures {

    private SparkFailures() {}

    /** Does something on a cluster. */
    static <T> T telling(Supplier<T> job) {
        try {
            return job.get();
        } catch (Exception e) { // not all of Scala's are RuntimeExceptions
            throw told(e);
        }
    }

    /** A failure, or the one that was its cause. */
    static RuntimeException told(Exception failure) {
        TextException ofText = OneLine.cause(TextException.class, failure);
        if (ofText != null) {
            return new TextException(OneLine.of(ofText), failure);
        }
        TrainingException ofTraining = OneLine.cause(TrainingException.class, failure);
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        TrainingException told = new TrainingException(
                ofTraining == null ? "the cluster failed: " + OneLine.of(cause) : OneLine.of(ofTraining));
        told.initCause(failure);
        return told;
    }
}
