package lstm.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/** The form of a picture. */
public enum Picture {
    /** Pixels. */
    PNG,
    /** Lines and text, in any size. */
    SVG;

    static {
        // There may be a display that AWT would try to reach.
        System.setProperty("java.awt.headless", "true");
        // A picture fits into memory, and the folder for temporary files may be full.
        ImageIO.setUseCache(false);
    }

    /** The size at which fonts and lines are as they were drawn up; larger pictures are the same ones with more pixels. */
    private static final double NATURAL_WIDTH = PlotSettings.DEFAULT.width();

    private static final double NATURAL_HEIGHT = PlotSettings.DEFAULT.height();
    /** Smaller letters could not be read. */
    private static final double LEAST_SCALE = 0.75;

    /**
     * The form that a file's name ends with.
     *
     * @throws IllegalArgumentException where it ends otherwise
     */
    public static Picture ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".png")) {
            return PNG;
        }
        if (lower.endsWith(".svg")) {
            return SVG;
        }
        throw new IllegalArgumentException("expected a name that ends with .png or .svg, found " + name);
    }

    /**
     * Makes sure, before any work is done, that this Java can draw.
     *
     * @throws PlotException in one line, where it has no fonts
     */
    public static void requireFonts() {
        Fonts.require();
    }

    /** The plot as the bytes of a file. */
    public byte[] draw(LossPlot plot) {
        Fonts.require();
        int width = plot.settings().width();
        int height = plot.settings().height();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (this == SVG) {
                lines(plot, width, height).writeTo(out);
            } else {
                ImageIO.write(pixels(plot, width, height), "png", out);
            }
        } catch (IOException e) {
            throw new PlotException("cannot draw the picture: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    /** What XChart's own encoder for SVG does, which is deprecated. */
    private static Document lines(LossPlot plot, int width, int height) {
        VectorGraphics2D graphics = new VectorGraphics2D();
        plot.chart(width, height).paint(graphics, width, height);
        return new SVGProcessor().getDocument(graphics.getCommands(), new PageSize(0, 0, width, height));
    }

    private static BufferedImage pixels(LossPlot plot, int width, int height) {
        double scale = Math.max(LEAST_SCALE, Math.min(width / NATURAL_WIDTH, height / NATURAL_HEIGHT));
        int chartWidth = (int) Math.ceil(width / scale);
        int chartHeight = (int) Math.ceil(height / scale);
        XYChart chart = plot.chart(chartWidth, chartHeight);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        // Otherwise every piece of a line would be moved to whole pixels, and the line would have stairs.
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(scale, scale);
        chart.paint(graphics, chartWidth, chartHeight);
        graphics.dispose();
        return image;
    }
}
