package lstm.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import org.knowm.xchart.AnnotationText;

/** What a level line means, above its right end. */
final class LevelLabel extends AnnotationText {

    private static final int GAP = 5;

    private final String text;
    private final double level;
    private final Font font;

    LevelLabel(String text, double level, Font font) {
        super(text, 0, level, false);
        this.text = text;
        this.level = level;
        this.font = font;
    }

    @Override
    public void paint(Graphics2D graphics) {
        graphics.setFont(font);
        graphics.setColor(Palette.QUIET);
        int right =
                getXAxisScreenValueForMax() - GAP - graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, right, getYAxisScreenValue(level) - GAP);
    }
}
