package lstm.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.ngram.Baseline;
import org.jspecify.annotations.Nullable;

/** The numbers of a report's charts, as their script reads them. */
final class ChartData {

    private static final MathContext DIGITS = new MathContext(6);
    /** More would be more than a screen has pixels. */
    private static final int MOST_POINTS = 4_000;

    private final JsonArray runs = new JsonArray();
    private final JsonObject data = new JsonObject();

    ChartData() {
        data.add("runs", runs);
    }

    /** Adds a run; the norms are those of the gradient by layer and lag, null where there are none. */
    void add(String name, int slot, @Nullable Course course, double @Nullable [][] norms) {
        JsonObject run = new JsonObject();
        run.addProperty("name", Markup.shown(name));
        run.addProperty("slot", slot);
        if (course != null && !course.points().isEmpty()) {
            run.add("course", course(thinned(course.points())));
        }
        if (norms != null) {
            JsonArray layers = new JsonArray();
            for (double[] layer : norms) {
                JsonArray values = new JsonArray();
                for (double norm : layer) {
                    values.add(number(norm > 0 ? norm : null));
                }
                layers.add(values);
            }
            run.add("reach", layers);
        }
        runs.add(run);
    }

    /** Adds the line to beat. */
    void add(Baseline.OfOrder best) {
        JsonObject baseline = new JsonObject();
        baseline.addProperty("name", best.order() + "-grams, Witten-Bell");
        baseline.add("nats", number(best.nats()));
        data.add("baseline", baseline);
    }

    JsonObject json() {
        return data;
    }

    /** Every so many of them, and all that were validated. */
    private static List<Point> thinned(List<Point> points) {
        int every = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i % every == 0 || i == points.size() - 1 || points.get(i).validationLoss() != null) {
                kept.add(points.get(i));
            }
        }
        return kept;
    }

    private static JsonObject course(List<Point> points) {
        JsonObject course = new JsonObject();
        add(course, "step", points, point -> (double) point.step());
        add(course, "chars", points, point -> (double) point.characters());
        add(course, "seconds", points, Point::seconds);
        add(course, "train", points, Point::trainLoss);
        add(course, "val", points, Point::validationLoss);
        add(course, "lr", points, Point::learningRate);
        add(course, "norm", points, Point::gradientNorm);
        add(course, "speed", points, Point::charactersPerSecond);
        return course;
    }

    private static void add(
            JsonObject course, String key, List<Point> points, Function<Point, @Nullable Double> value) {
        JsonArray values = new JsonArray();
        points.forEach(point -> values.add(number(value.apply(point))));
        course.add(key, values);
    }

    private static JsonElement number(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? JsonNull.INSTANCE
                : new JsonPrimitive(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
    }
}
