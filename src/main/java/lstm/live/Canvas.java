package lstm.live;

/** A grid of dots, several in each character. */
final class Canvas {

    private final Glyphs glyphs;
    private final int[][] bits;

    Canvas(int columns, int rows, Glyphs glyphs) {
        this.glyphs = glyphs;
        bits = new int[rows][columns];
    }

    /** Dots from left to right. */
    int width() {
        return bits[0].length * glyphs.across;
    }

    /** Dots from top to bottom. */
    int height() {
        return bits.length * glyphs.down;
    }

    /** Draws a line in which neighbouring dots touch; what is outside is cut off. */
    void line(int fromX, double fromY, int toX, double toY) {
        long before = Math.round(fromY);
        for (int x = fromX; x <= toX; x++) {
            double share = toX == fromX ? 1 : (x - fromX) / (double) (toX - fromX);
            long y = Math.round(fromY + share * (toY - fromY));
            // From the dot beside the last one: a steep line is one dot wide.
            long start = y == before ? y : before + Long.signum(y - before);
            dots(x, Math.min(start, y), Math.max(start, y));
            before = y;
        }
    }

    private void dots(int x, long fromY, long toY) {
        for (long y = Math.max(0, fromY); y <= Math.min(height() - 1L, toY); y++) {
            int row = (int) y / glyphs.down;
            bits[row][x / glyphs.across] |= glyphs.bit(x % glyphs.across, (int) y % glyphs.down);
        }
    }

    char character(int column, int row) {
        return glyphs.dots(bits[row][column]);
    }
}
