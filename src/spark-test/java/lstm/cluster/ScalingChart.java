package lstm.cluster;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How many times faster than one worker up to 64 would be, by a model: of each round the local steps take what they took, the exchange
 * what it took between two on one machine, and the weights, 4 bytes each, go three times over each worker's or the driver's network, as slices
 * to be summed up, as their mean to the driver, and from there to all.
 */
final class ScalingChart {

    private static final int MOST_WORKERS = 64;
    private static final int VOCABULARY = 65;
    private static final double BITS = 3 * 4 * 8;
    private static final List<Double> GIGABITS = List.of(1.0, 10.0);
    private static final List<Color> COLORS = List.of(new Color(0x1b6ca8), new Color(0xc46210));

    private final XYChart chart;
    private final StringBuilder lines = new StringBuilder();
    private int models;

    ScalingChart() {
        chart = new XYChartBuilder()
                .width(760)
                .height(420)
                .xAxisTitle("workers")
                .yAxisTitle("times one worker's speed")
                .build();
        chart.getStyler()
                .setPlotGridLinesVisible(false)
                .setXAxisMin(0.0)
                .setYAxisMin(0.0)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
    }

    /** Adds a model of two layers, of whose rounds this is known. */
    void add(int hidden, RoundTimes times) {
        long weights = new ModelConfig(Cell.LSTM, VOCABULARY, hidden, 2, 0, 0).parameters();
        Color color = COLORS.get(models++ % COLORS.size());
        double[] workers =
                IntStream.rangeClosed(1, MOST_WORKERS).asDoubleStream().toArray();
        for (double gigabits : GIGABITS) {
            double learning = times.computing();
            double round = learning + times.exchanging() + weights * BITS / (gigabits * 1e9);
            double[] speeds = IntStream.rangeClosed(1, MOST_WORKERS)
                    .mapToDouble(n -> n == 1 ? 1 : n * learning / round)
                    .toArray();
            String label = String.format(Locale.ROOT, "2 x %d, %.0f Gbit/s", hidden, gigabits);
            chart.addSeries(label, workers, speeds)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(color)
                    .setLineStyle(
                            gigabits > 1
                                    ? new BasicStroke(2)
                                    : new BasicStroke(
                                            1.5f,
                                            BasicStroke.CAP_BUTT,
                                            BasicStroke.JOIN_ROUND,
                                            1,
                                            new float[] {5, 4},
                                            0));
            lines.append(String.format(
                    Locale.ROOT,
                    "%s: %d workers are %.1f times as fast%n",
                    label,
                    MOST_WORKERS,
                    speeds[MOST_WORKERS - 1]));
        }
    }

    /** Writes a PNG. */
    void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
    }

    /** What the lines come to at their ends. */
    @Override
    public String toString() {
        return lines.toString().strip();
    }
}
