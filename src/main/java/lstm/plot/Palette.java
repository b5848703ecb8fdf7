package lstm.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;

/** The colours of the picture: those of Okabe and Ito (2008), which the colour-blind can tell apart, on white. */
final class Palette {

    static final Color INK = new Color(0x222222);
    static final Color QUIET = new Color(0x666666);
    static final Color GRID = new Color(0xe6e6e6);
    static final Color PAPER = Color.WHITE;

    private static final List<Color> RUNS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0xe69f00),
            new Color(0x56b4e9),
            new Color(0x000000));

    /** Of a training curve's line: what shows through is the paper. */
    private static final double FAINTNESS = 0.55;

    private Palette() {}

    /** The colour of the i-th run; when they are used up, they come again, with other strokes. */
    static Color run(int i) {
        return RUNS.get(i % RUNS.size());
    }

    /** The same on the way to the paper; not transparent, or the joints of a line would show. */
    static Color faint(Color color) {
        return new Color(mixed(color.getRed()), mixed(color.getGreen()), mixed(color.getBlue()));
    }

    private static int mixed(int part) {
        return (int) Math.round(part + FAINTNESS * (255 - part));
    }

    /** Whether the i-th run's validation needs dashes to be told from another of its colour. */
    static boolean isDashed(int i) {
        return i >= RUNS.size();
    }

    /** The line of the i-th run's validation. */
    static BasicStroke bold(int i) {
        return isDashed(i) ? dashed(2.4f, 12f / round(i)) : solid(2.4f);
    }

    private static int round(int i) {
        return i / RUNS.size();
    }

    /** The line of a run's training. */
    static BasicStroke thin() {
        return solid(1.1f);
    }

    /** The baseline's. */
    static BasicStroke level() {
        return dashed(1.4f, 7);
    }

    /** With round ends, for XChart draws every piece of a line on its own. */
    private static BasicStroke solid(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static BasicStroke dashed(float width, float dash) {
        return new BasicStroke(
                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {Math.max(3, dash), 4}, 0);
    }
}
