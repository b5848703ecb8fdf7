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
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError && !(e instanceof InternalError)) {
                throw e;
            }
            // Without fontconfig, a font or FreeType AWT fails in a way that depends on which, on the Java, and on what
            // it
            // remembers of an earlier run: by a RuntimeException, an InternalError, a LinkageError, or an Error as
            // such.
            throw new PlotException(
                    "Java finds no fonts to write in a picture with; install fontconfig and a font (Debian and Ubuntu:"
                            + " apt install fontconfig fonts-dejavu-core)",
                    e);
        }
    }
}
