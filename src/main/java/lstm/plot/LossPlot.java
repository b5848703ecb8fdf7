package lstm.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.ngram.Baseline;
import lstm.text.Bits;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The losses of one or several trainings over their course: validation bold with its best marked, training thin. */
public final class LossPlot {

    private static final String CAPTION = "bold: validation, its best marked \u2003 thin: training, smoothed";
    /** As many as a picture has columns. */
    private static final int MOST_POINTS = 1000;
    /** XChart begins its dashes anew at every point. */
    private static final int MOST_DASHED = 50;

    private static final int MARKER = 9;
    private static final int WIDTH_OF_CAPTION = 560;
    /** Right of the last point, for its mark: a share of the axis. */
    private static final double ROOM = 0.012;

    private final PlotSettings settings;
    private final double lossUnit;
    private final List<Run> runs = new ArrayList<>();
    private final @Nullable Baseline baseline;

    /** The two curves of a training. */
    private record Run(String name, Curve training, Curve validation) {}

    /**
     * A plot of these trainings.
     *
     * @param baseline whose best order is drawn as a line to beat; null for none
     * @throws lstm.metrics.MetricsException in one line, where a training has no loss
     * @throws PlotException in one line, where it has nothing to show on the axis
     */
    public LossPlot(List<Course> courses, @Nullable Baseline baseline, PlotSettings settings) {
        this.settings = settings;
        this.baseline = baseline;
        lossUnit = settings.bits() ? Bits.ofNats(1) : 1;
        for (Course course : courses) {
            course.requireLoss();
            Curve training = curve(course, Point::trainLoss);
            Curve validation = curve(course, Point::validationLoss);
            if (training.isEmpty() && validation.isEmpty()) {
                throw new PlotException("there is no time in " + course.name() + ": a checkpoint holds nothing that the"
                        + " clock tells; name the file that train --metrics wrote, or draw over --x steps");
            }
            int most = Palette.isDashed(runs.size()) ? MOST_DASHED : MOST_POINTS;
            runs.add(new Run(course.name(), training.smoothed().thinned(MOST_POINTS), validation.thinned(most)));
        }
    }

    private Curve curve(Course course, Curve.Loss loss) {
        return Curve.of(course, settings.axis(), loss, lossUnit);
    }

    PlotSettings settings() {
        return settings;
    }

    /** The chart, for a picture of this width and height in XChart's pixels. */
    XYChart chart(int width, int height) {
        List<Curve> curves = runs.stream()
                .flatMap(run -> Stream.of(run.training, run.validation))
                .toList();
        double end = curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(curve.x()))
                .max()
                .orElse(0);
        HorizontalAxis.Unit unit = settings.axis().unit(end);
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(width < WIDTH_OF_CAPTION ? "" : isValidated() ? CAPTION : "training, smoothed")
                .xAxisTitle(unit.title())
                .yAxisTitle(settings.bits() ? "loss (bits per character)" : "loss (nats per character)")
                .build();
        double edge = end * (1 + ROOM);
        List<Curve> shown = new ArrayList<>(curves);
        if (baseline != null) {
            shown.add(new Curve(new double[] {0, edge}, new double[] {level(baseline), level(baseline)}));
        }
        LossRange range = LossRange.of(shown);
        style(chart.getStyler());
        chart.getStyler().setLegendPosition(LegendPlace.of(shown, runs.size(), range, edge));
        show(chart.getStyler(), range, edge / unit.size());
        addSeries(chart, edge, unit.size());
        return chart;
    }

    /** The level line and the thin lines first, so that they hide no bold one. */
    private void addSeries(XYChart chart, double edge, double unit) {
        if (baseline != null) {
            addBaseline(chart, baseline, edge / unit);
        }
        for (int i = 0; i < runs.size(); i++) {
            addTraining(chart, i, runs.get(i), unit);
        }
        for (int i = 0; i < runs.size(); i++) {
            addValidation(chart, i, runs.get(i), unit);
        }
    }

    private boolean isValidated() {
        return runs.stream().anyMatch(run -> !run.validation.isEmpty());
    }

    private double level(Baseline of) {
        return of.best().nats() * lossUnit;
    }

    private void style(XYStyler styler) {
        styler.setChartBackgroundColor(Palette.PAPER)
                .setChartFontColor(Palette.INK)
                .setChartPadding(18)
                .setChartTitleFont(Fonts.of(13))
                .setChartTitleFontColor(Palette.QUIET)
                .setChartTitlePadding(6)
                .setPlotBackgroundColor(Palette.PAPER)
                .setPlotBorderVisible(false)
                .setLegendFont(Fonts.of(14))
                .setLegendBorderColor(Palette.GRID)
                .setLegendBackgroundColor(Palette.PAPER)
                .setLegendPadding(9)
                .setMarkerSize(MARKER)
                .setLocale(Locale.ROOT);
        styler.setAxisTitleFont(Fonts.of(14))
                .setAxisTickLabelsFont(Fonts.of(13))
                .setAxisTickLabelsColor(Palette.QUIET)
                .setAxisTickMarksColor(Palette.GRID)
                .setAxisTickPadding(6)
                .setAxisTitlePadding(8)
                .setPlotGridLinesColor(Palette.GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotGridVerticalLinesVisible(false)
                .setPlotMargin(0)
                .setXAxisMin(0.0)
                .setXAxisDecimalPattern("#,##0.###");
        styler.setPlotContentSize(1);
    }

    private static void show(XYStyler styler, LossRange range, double edge) {
        styler.setYAxisMin(range.low())
                .setYAxisMax(range.high())
                .setYAxisLogarithmic(range.logarithmic())
                .setYAxisDecimalPattern(range.pattern())
                .setXAxisMax(edge);
    }

    private void addBaseline(XYChart chart, Baseline of, double edge) {
        double level = level(of);
        XYSeries line = chart.addSeries("baseline", new double[] {0, edge}, new double[] {level, level});
        line.setShowInLegend(false);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Palette.QUIET).setLineStyle(Palette.level());
        String text = String.format(Locale.ROOT, "%d-grams %.3f", of.best().order(), level);
        chart.addAnnotation(new LevelLabel(text, level, Fonts.of(13)));
    }

    private void addTraining(XYChart chart, int i, Run run, double unit) {
        if (run.training.isEmpty()) {
            return;
        }
        boolean alone = run.validation.isEmpty();
        Color color = alone ? Palette.run(i) : Palette.faint(Palette.run(i));
        XYSeries line = add(chart, "training " + i, run.training.inUnits(unit));
        boolean isPoint = run.training.x().length == 1; // which no line goes through
        line.setMarker(isPoint ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        line.setMarkerColor(color);
        line.setLineColor(color).setLineStyle(isValidated() ? Palette.thin() : Palette.bold(i));
        line.setShowInLegend(alone);
        line.setLabel(run.name);
    }

    private void addValidation(XYChart chart, int i, Run run, double unit) {
        Curve validation = run.validation.inUnits(unit);
        validation.best().ifPresent(best -> {
            XYSeries line = add(chart, "validation " + i, validation);
            line.setMarker(SeriesMarkers.NONE);
            line.setLineColor(Palette.run(i)).setLineStyle(Palette.bold(i));
            line.setLabel(String.format(
                    Locale.ROOT, "%s, best %.3f", run.name, validation.y()[best]));
            XYSeries mark = add(chart, "best " + i, validation.only(best));
            mark.setMarker(SeriesMarkers.CIRCLE);
            mark.setMarkerColor(Palette.run(i));
            mark.setLineColor(Palette.run(i));
            mark.setShowInLegend(false);
        });
    }

    private static XYSeries add(XYChart chart, String name, Curve curve) {
        return chart.addSeries(name, curve.x(), curve.y());
    }
}
