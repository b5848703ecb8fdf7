package lstm.cli;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What was done, how often, and what the dearest of each cost: time, and memory that the calling thread took. */
final class Expense {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double MILLION = 1e6;

    private record Most(long count, long nanos, String slowest, long bytes, String largest) {

        Most with(long time, long allocated, String what) {
            return new Most(
                    count + 1,
                    Math.max(nanos, time),
                    time > nanos ? what : slowest,
                    Math.max(bytes, allocated),
                    allocated > bytes ? what : largest);
        }
    }

    private final Map<String, Most> most = new TreeMap<>();
    private long last;

    /** Does it, and returns what comes of it. */
    <T> T of(String action, String what, Supplier<T> work) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = System.nanoTime();
        try {
            return work.get();
        } finally {
            long time = System.nanoTime() - nanos;
            last = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            most.put(
                    action, most.getOrDefault(action, new Most(0, 0, "", 0, "")).with(time, last, what));
        }
    }

    /** Bytes that the last one took. */
    long allocated() {
        return last;
    }

    @Override
    public String toString() {
        return most.entrySet().stream()
                .map(entry -> String.format(
                        "%-11s %,7d times, at most %6.1f ms (%s), %6.2f MB (%s)",
                        entry.getKey(),
                        entry.getValue().count,
                        entry.getValue().nanos / MILLION,
                        entry.getValue().slowest,
                        entry.getValue().bytes / MILLION,
                        entry.getValue().largest))
                .collect(Collectors.joining("\n"));
    }
}
