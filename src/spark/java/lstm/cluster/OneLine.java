package lstm.cluster;

import org.jspecify.annotations.Nullable;

/** What an exception of Spark's or Hadoop's has to say, of whose messages many have a stack trace in them. */
final class OneLine {

    private OneLine() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** The failure of a kind that was the cause of another, on whatever machine; null where there is none. */
    static <E extends Throwable> @Nullable E cause(Class<E> kind, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
        }
        return null;
    }
}
