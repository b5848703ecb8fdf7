package lstm.live;

import java.util.Locale;
import lstm.text.Bits;

/** The numbers of a training as people read them. */
public final class Figures {

    private Figures() {}

    /** A loss in nats, and in bits, per character. */
    public static String loss(double nats) {
        return format("%.3f (%.3f bpc)", nats, Bits.ofNats(nats));
    }

    /** As a clock shows it: 0:07, 12:30, 1:02:03. */
    public static String clock(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?";
        }
        long s = Math.round(seconds);
        return s >= 3600 ? format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60) : format("%d:%02d", s / 60, s % 60);
    }

    /** A share of the whole; 100% is for what is done, to which nothing is rounded up. */
    public static String percent(double share) {
        return format("%3d%%", share < 1 ? Math.min(99, Math.round(100 * share)) : 100);
    }

    static String count(long number) {
        return format("%,d", number);
    }

    static String learningRate(double rate) {
        return format("%.3g", rate);
    }

    static String gradientNorm(double norm) {
        return norm < 1000 ? format("%.2f", norm) : format("%.1e", norm);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
