package lstm.plot;

import java.util.List;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Finds a corner of the plot where the legend hides no curve. */
final class LegendPlace {

    /** Shares of the plot that a legend of ordinary names takes, with some air around it. */
    private static final double WIDTH = 0.32;

    private static final double HEIGHT = 0.07;
    private static final double HEIGHT_OF_A_RUN = 0.045;
    private static final double MOST_OF_THE_HEIGHT = 0.5;
    private static final int SAMPLES = 20;

    private LegendPlace() {}

    /** The upper right corner, where curves that fall leave room, or another, or beside the plot. */
    static LegendPosition of(List<Curve> curves, int runs, LossRange range, double edge) {
        double height = HEIGHT + runs * HEIGHT_OF_A_RUN;
        if (height > MOST_OF_THE_HEIGHT) {
            return LegendPosition.OutsideE;
        }
        if (isFree(curves, range, (1 - WIDTH) * edge, edge, 1 - height, 1)) {
            return LegendPosition.InsideNE;
        }
        if (isFree(curves, range, 0, WIDTH * edge, 0, height)) {
            return LegendPosition.InsideSW;
        }
        return LegendPosition.OutsideE;
    }

    private static boolean isFree(
            List<Curve> curves, LossRange range, double left, double right, double bottom, double top) {
        for (Curve curve : curves) {
            for (int sample = 0; sample <= SAMPLES; sample++) {
                double share = range.share(curve.at(left + (right - left) * sample / SAMPLES));
                if (share >= bottom && share <= top) {
                    return false;
                }
            }
        }
        return true;
    }
}
