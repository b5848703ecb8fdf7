package lstm.plot;

import java.util.Locale;
import lstm.metrics.Point;
import org.jspecify.annotations.Nullable;

/** What the losses are drawn over. */
public enum HorizontalAxis {
    /** Windows trained on. */
    STEPS,
    /** Characters trained on. */
    CHARS,
    /** Seconds spent, which checkpoints do not tell. */
    TIME,
    /** Passes over the text. */
    EPOCHS;

    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    /** Of a unit, there are two or more on the axis. */
    private static final double ENOUGH = 2;

    /**
     * What stands at the axis.
     *
     * @param title in words
     * @param size of its unit
     */
    record Unit(String title, double size) {}

    /** What users call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where a point stands; null where it does not tell. */
    @Nullable
    Double of(Point point) {
        return switch (this) {
            case STEPS -> (double) point.step();
            case CHARS -> (double) point.characters();
            case TIME -> point.seconds();
            case EPOCHS -> point.epoch();
        };
    }

    /** The unit for an axis that ends here. */
    Unit unit(double end) {
        return switch (this) {
            case STEPS -> new Unit("steps", 1);
            case EPOCHS -> new Unit("epochs", 1);
            case CHARS ->
                end >= ENOUGH * MILLION
                        ? new Unit("characters (millions)", MILLION)
                        : end >= ENOUGH * THOUSAND
                                ? new Unit("characters (thousands)", THOUSAND)
                                : new Unit("characters", 1);
            case TIME ->
                end >= ENOUGH * HOUR
                        ? new Unit("training time (hours)", HOUR)
                        : end >= ENOUGH * MINUTE
                                ? new Unit("training time (minutes)", MINUTE)
                                : new Unit("training time (seconds)", 1);
        };
    }
}
