package lstm.cluster;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import lstm.text.TextException;
import lstm.train.TrainingException;

/** What failed on a cluster, in one line. */
final class SparkFailures {

    /** What Spark says of itself behind its end; why it came to that it only logs. */
    private static final Pattern ENDED = Pattern.compile("(?i)stopped SparkContext|SparkContext .*shut ?down");

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
        String line = OneLine.of(cause);
        if (ENDED.matcher(line).find()) {
            line = "Spark has ended, since its master does not answer or gave it up; is one running at the address"
                    + " that --spark names?";
        }
        TrainingException told =
                new TrainingException(ofTraining == null ? "the cluster failed: " + line : OneLine.of(ofTraining));
        told.initCause(failure);
        return told;
    }
}
