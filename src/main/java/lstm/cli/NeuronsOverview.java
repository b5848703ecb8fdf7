package lstm.cli;

import com.google.gson.JsonArray;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import lstm.inspect.Correlation;
import lstm.inspect.Correlations;
import lstm.inspect.Feature;
import lstm.model.ModelConfig;

/** For each feature, the unit of every layer that follows it most closely. */
final class NeuronsOverview {

    private final Correlations correlations;
    private final ModelConfig model;

    NeuronsOverview(Correlations correlations, ModelConfig model) {
        this.correlations = correlations;
        this.model = model;
    }

    /** A table. */
    void print(PrintStream out) {
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-13s", "feature"));
        for (int l = 0; l < model.layers(); l++) {
            head.append(String.format(Locale.ROOT, "  %12s", "layer " + (l + 1)));
        }
        out.println(head);
        for (Feature feature : correlations.features()) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-13s", feature.label()));
            for (Optional<Correlation> best : best(feature)) {
                row.append(String.format(
                        Locale.ROOT, "  %12s", best.map(NeuronsOverview::cell).orElse("-")));
            }
            String constant = correlations.isConstant(feature) ? ", the same all over the text" : "";
            out.println(row.append("  ").append(feature.description()).append(constant));
        }
    }

    private static String cell(Correlation unit) {
        return String.format(Locale.ROOT, "%s %+.2f", new UnitName(unit.layer(), unit.unit()), unit.coefficient());
    }

    /** By layer; nothing where the feature or all the layer's units do not vary. */
    private List<Optional<Correlation>> best(Feature feature) {
        List<Correlation> ranked = correlations.ranked(feature);
        return IntStream.range(0, model.layers())
                .mapToObj(l -> ranked.stream().filter(unit -> unit.layer() == l).findFirst())
                .toList();
    }

    /** An array of the features, each with the best unit of every layer. */
    JsonArray json(int lag) {
        RankedUnits ranked = new RankedUnits(correlations);
        JsonArray features = new JsonArray();
        for (Feature feature : correlations.features()) {
            features.add(ranked.json(
                    feature, best(feature).stream().flatMap(Optional::stream).toList(), lag));
        }
        return features;
    }
}
