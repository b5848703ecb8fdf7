package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import lstm.inspect.Correlation;
import lstm.inspect.Correlations;
import lstm.inspect.Feature;

/** Which units follow a feature most closely, for people and for programs. */
final class RankedUnits {

    private final Correlations correlations;

    RankedUnits(Correlations correlations) {
        this.correlations = correlations;
    }

    /** A table of each feature's units. */
    void print(PrintStream out, int top) {
        String between = "";
        for (Feature feature : correlations.features()) {
            out.print(between);
            out.println(about(feature));
            if (!correlations.isConstant(feature)) {
                out.printf(Locale.ROOT, "%9s  %6s  %9s  %9s%n", headings(feature));
                top(feature, top).forEach(unit -> out.println(row(feature, unit)));
            }
            between = System.lineSeparator();
        }
    }

    private List<Correlation> top(Feature feature, int top) {
        return correlations.ranked(feature).stream().limit(top).toList();
    }

    private String about(Feature feature) {
        String what = feature.label() + ": " + feature.description() + ", ";
        if (correlations.isConstant(feature)) {
            return what + "the same all over the text, so that nothing can follow it";
        }
        double mean = correlations.mean(feature);
        return what
                + (feature.isBinary()
                        ? String.format(Locale.ROOT, "%.3g%% of %,d characters", 100 * mean, correlations.count())
                        : String.format(Locale.ROOT, "%.3g on average", mean));
    }

    private static Object[] headings(Feature feature) {
        return feature.isBinary()
                ? new Object[] {"unit", "r", "where so", "elsewhere"}
                : new Object[] {"unit", "r", "at 0", "each +1"};
    }

    private static String row(Feature feature, Correlation unit) {
        return String.format(
                Locale.ROOT,
                feature.isBinary() ? "%9s  %+6.3f  %+9.3f  %+9.3f" : "%9s  %+6.3f  %+9.3f  %+9.4f",
                new UnitName(unit.layer(), unit.unit()),
                unit.coefficient(),
                feature.isBinary() ? unit.at(1) : unit.at(0),
                feature.isBinary() ? unit.at(0) : unit.slope());
    }

    /** A JSON object a line for each feature. */
    void printJson(PrintStream out, int top, int lag) {
        correlations.features().forEach(feature -> out.println(Json.line(json(feature, top(feature, top), lag))));
    }

    /** A feature and some of the units that follow it. */
    JsonObject json(Feature feature, List<Correlation> units, int lag) {
        JsonObject object = new JsonObject();
        object.addProperty("feature", feature.label());
        object.addProperty("kind", correlations.kind().label());
        object.addProperty("lag", lag);
        object.addProperty("chars", correlations.count());
        object.addProperty("constant", correlations.isConstant(feature));
        object.addProperty("mean", correlations.mean(feature));
        JsonArray array = new JsonArray();
        for (Correlation unit : units) {
            JsonObject one = new JsonObject();
            one.addProperty("layer", unit.layer() + 1);
            one.addProperty("unit", unit.unit() + 1);
            one.addProperty("r", unit.coefficient());
            one.addProperty("at_0", unit.at(0));
            one.addProperty("slope", unit.slope());
            array.add(one);
        }
        object.add("units", array);
        return object;
    }
}
