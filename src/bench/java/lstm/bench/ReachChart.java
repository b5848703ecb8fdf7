package lstm.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How far the gradients of models reach, drawn: a line for each, dashed before it was trained. */
final class ReachChart {

    /** Below it nothing is learnt in floats, and logarithms of 0 are not drawn. */
    private static final double LEAST = 1e-12;

    private static final List<Color> COLORS =
            List.of(new Color(0x1b6ca8), new Color(0x2e8b57), new Color(0xc46210), new Color(0x8a4f9e));

    private final XYChart chart;
    private int models;

    ReachChart() {
        chart = new XYChartBuilder()
                .width(760)
                .height(420)
                .xAxisTitle("characters back")
                .yAxisTitle("gradient")
                .build();
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisMin(LEAST)
                .setPlotGridLinesVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
    }

    /** Adds a model's norms by lag, new and trained. */
    void add(String name, double[] before, double[] after) {
        Color color = COLORS.get(models++ % COLORS.size());
        line(name + ", new", before, color)
                .setLineStyle(
                        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
        line(name + ", trained", after, color).setLineStyle(new BasicStroke(2));
    }

    /** Both lines have a point at least, that of the character before. */
    private XYSeries line(String name, double[] norms, Color color) {
        int end = IntStream.range(2, norms.length)
                .filter(k -> norms[k] < LEAST)
                .findFirst()
                .orElse(norms.length);
        double[] lags = IntStream.range(1, end).asDoubleStream().toArray();
        double[] values = IntStream.range(1, end).mapToDouble(k -> norms[k]).toArray();
        XYSeries series = chart.addSeries(name, lags, values);
        series.setMarker(SeriesMarkers.NONE).setLineColor(color);
        return series;
    }

    /** Writes a PNG. */
    void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
