package lstm.cluster;

import java.util.List;
import java.util.Locale;

/** What the rounds' time went to. */
final class RoundTimes {

    private static final double NANOS = 1e9;

    private long rounds;
    private double total;
    private double computing;
    private double slowest;

    /** Hears of a round, which took so long from its weights to the mean of all. */
    void add(List<Report> reports, long nanos) {
        rounds++;
        total += nanos / NANOS;
        computing += reports.stream().mapToDouble(Report::seconds).average().orElseThrow();
        slowest += reports.stream().mapToDouble(Report::seconds).max().orElseThrow();
    }

    /** Goes on as if there had been none. */
    void forget() {
        rounds = 0;
        total = 0;
        computing = 0;
        slowest = 0;
    }

    long rounds() {
        return rounds;
    }

    /** Seconds of a round in which the mean worker learns. */
    double computing() {
        return computing / rounds;
    }

    /** Seconds of a round in which the mean worker waits for the slowest. */
    double waiting() {
        return (slowest - computing) / rounds;
    }

    /** Seconds of a round in which no worker learns. */
    double exchanging() {
        return (total - slowest) / rounds;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d round%s of %.2f s: %.2f s learning, %.2f s waiting for the slowest worker, %.2f s exchanging",
                rounds,
                rounds == 1 ? "" : "s",
                total / rounds,
                computing(),
                waiting(),
                exchanging());
    }
}
