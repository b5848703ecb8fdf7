package lstm.live;

import org.jline.utils.AttributedStyle;

/**
 * How a view looks.
 *
 * @param glyphs the characters that it is drawn with
 * @param colours whether there are any
 */
record Look(Glyphs glyphs, boolean colours) {

    AttributedStyle plain() {
        return AttributedStyle.DEFAULT;
    }

    AttributedStyle faint() {
        return AttributedStyle.DEFAULT.faint();
    }

    AttributedStyle bold() {
        return AttributedStyle.DEFAULT.bold();
    }

    /** Green and magenta are read on black and on white, and told apart by who sees red and green alike. */
    AttributedStyle training() {
        return coloured(AttributedStyle.GREEN);
    }

    AttributedStyle validation() {
        return coloured(AttributedStyle.MAGENTA);
    }

    private AttributedStyle coloured(int colour) {
        return colours ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT;
    }
}
