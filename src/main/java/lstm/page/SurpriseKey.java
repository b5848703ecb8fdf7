package lstm.page;

import java.util.Locale;
import lstm.score.Surprise;

/** From how many bits a character is painted in each colour; the names are those in the template. */
record SurpriseKey(String notable, String high, String extreme) {

    static final SurpriseKey KEY = new SurpriseKey(bits(Surprise.NOTABLE), bits(Surprise.HIGH), bits(Surprise.EXTREME));

    private static String bits(Surprise surprise) {
        return String.format(Locale.ROOT, "%.0f", surprise.from());
    }
}
