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
 * How many times faster than one worker up to 64 would be, by a model. Of each round the local steps take what they took, and the exchange
 * what it took between two on one machine, and {@value #SECOND_STAGE} s more where the weights are many. To that comes the way of the weights, 4 bytes
 * each, over a network: all workers' to the driver where they are few, else slices from worker to worker and their mean to the driver; and
 * from there, where Spark's workers pass it on to each other, once to all.
 */
final class ScalingChart {

    private static final int MOST_WORKERS = 64;
    private static final int VOCABULARY = 65;
    private static final double BITS = 4 * 8;
    /** Seconds, of two executors with 2 x 256 units: 0.09 to 0.13 were measured. */
    private static final double SECOND_STAGE = 0.1;

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
            double[] speeds = IntStream.rangeClosed(1, MOST_WORKERS)
                    .mapToDouble(n -> {
                        double round = learning + times.exchanging() + network(n, weights, gigabits);
                        return n == 1 ? 1 : n * learning / round;
                    })
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

    private static double network(int workers, long weights, double gigabits) {
        double copy = weights * BITS / (gigabits * 1e9);
        return Exchange.areFew(workers, weights) ? (workers + 1) * copy : SECOND_STAGE + 3 * copy;
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
