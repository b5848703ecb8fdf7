package lstm.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;

/** The fonts of the machine, and what is said where it has none. */
final class Fonts {

    private Fonts() {}

    /** The sans-serif font in a size. */
    static Font of(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    /**
     * Makes sure that text can be drawn.
     *
     * @throws PlotException where it cannot
     */
    static void require() {
        try {
            new TextLayout("0.5", of(12), new FontRenderContext(null, true, true)).getBounds();
        } catch (LinkageError | RuntimeException | InternalError e) {
            // Without fontconfig or without any font AWT fails in several ways, some of them at its second attempt
            // only.
            throw new PlotException(
                    "Java finds no fonts to write in a picture with; install fontconfig and a font (Debian and Ubuntu:"
                            + " apt install fontconfig fonts-dejavu-core)",
                    e);
        }
    }
}
