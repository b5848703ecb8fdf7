package lstm.live;

/** The characters that things are drawn with. */
enum Glyphs {

    /** Braille dots, and of the box-drawing characters those that JLine does not replace by an older character set. */
    UNICODE(2, 4, "━", "╸", "╌", "┊", "●", "★"),

    /** For a terminal that may show nothing else. */
    ASCII(1, 2, "=", "", "-", "|", "o", "*");

    private static final int BRAILLE = 0x2800;
    /** Bits of the dots of the left column, from above, then of the right one (Unicode, block U+2800). */
    private static final int[] BRAILLE_BITS = {0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80};

    private static final String HALVES = " '.:";

    /** Dots side by side in a character. */
    final int across;
    /** Dots below each other in a character. */
    final int down;

    final String done;
    final String halfDone;
    final String rule;
    final String axis;
    final String validation;
    final String best;

    Glyphs(
            int across,
            int down,
            String done,
            String halfDone,
            String rule,
            String axis,
            String validation,
            String best) {
        this.across = across;
        this.down = down;
        this.done = done;
        this.halfDone = halfDone;
        this.rule = rule;
        this.axis = axis;
        this.validation = validation;
        this.best = best;
    }

    /** The bit of a dot in a character, counted from its upper left. */
    int bit(int x, int y) {
        return this == UNICODE ? BRAILLE_BITS[x * down + y] : 1 << y;
    }

    /** The character with the dots of these bits. */
    char dots(int bits) {
        if (bits == 0) {
            return ' ';
        }
        return this == UNICODE ? (char) (BRAILLE + bits) : HALVES.charAt(bits);
    }

    /** A text in which every character can be shown. */
    String shown(String text) {
        return this == UNICODE ? text : text.replaceAll("[^\\x00-\\x7f]", "?");
    }
}
