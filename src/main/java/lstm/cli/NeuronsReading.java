package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import lstm.inspect.ActivationReader;
import lstm.inspect.Correlations;
import lstm.inspect.Feature;
import lstm.inspect.InspectedText;
import lstm.inspect.Saturation;
import lstm.inspect.TextFeature;
import lstm.inspect.UnitTrace;
import lstm.inspect.Visitor;
import lstm.model.Activation;
import lstm.model.LanguageModel;

/**
 * A model that reads a text, and what is told of its units.
 *
 * @param console where it is told
 * @param model what reads
 * @param text what is read
 * @param json whether programs are told, not people
 */
record NeuronsReading(Console console, LanguageModel model, InspectedText text, boolean json) {

    private static final long CHARACTERS_BETWEEN_NOTES = 1 << 12;

    /** One unit's value, all over the text. */
    void show(UnitName unit, Activation of, boolean painted) {
        UnitOutput output = json
                ? new UnitJson(console.out(), text, unit, of)
                : UnitOutput.forPeople(console, text, unit, of, painted);
        new ActivationReader(model).read(text.tokens(), new UnitTrace(unit.layer(), unit.unit(), of, output));
        output.finish();
    }

    /** How often gates are as good as shut or open. */
    void plotSaturation() {
        Saturation counted = new Saturation(model.config());
        read(counted);
        SaturatedGates gates = new SaturatedGates(counted, model.config().layers());
        if (json) {
            gates.json().forEach(console.out()::println);
        } else {
            gates.printPlots(console.out());
            console.out().println();
            gates.printSummary(console.out());
        }
    }

    /** The units that follow each feature most closely. */
    void rank(List<Feature> features, Activation of, int lag, int most) {
        Correlations correlations = new Correlations(model.config(), of, text, features, lag);
        read(correlations);
        if (features.stream().allMatch(correlations::isConstant)) {
            throw new CommandException("nothing can follow "
                    + features.stream().map(Feature::label).collect(Collectors.joining(", "))
                    + ", the same all over the text; take a text where it varies");
        }
        RankedUnits ranked = new RankedUnits(correlations);
        if (json) {
            ranked.printJson(console.out(), most, lag);
        } else {
            ranked.print(console.out(), most);
        }
    }

    /** The unit of each layer that follows each feature most closely, and how saturated gates are. */
    void survey(Activation of, int lag) {
        Correlations correlations = new Correlations(model.config(), of, text, List.of(TextFeature.values()), lag);
        Saturation counted = new Saturation(model.config());
        read(correlations, counted);
        NeuronsOverview overview = new NeuronsOverview(correlations, model.config());
        SaturatedGates gates = new SaturatedGates(counted, model.config().layers());
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("chars", text.size());
            object.add("features", overview.json(lag));
            JsonArray array = new JsonArray();
            gates.json().forEach(array::add);
            object.add("gates", array);
            console.out().println(object);
            return;
        }
        overview.print(console.out());
        if (!counted.gates().isEmpty()) {
            console.out().println();
            gates.printSummary(console.out());
        }
    }

    private void read(Visitor... visitors) {
        new ActivationReader(model).read(text.tokens(), List.of(visitors), progress());
        console.endProgress();
    }

    /** Tells a person now and then how far the reading is. */
    LongConsumer progress() {
        return count -> {
            if (console.errIsTerminal() && count % CHARACTERS_BETWEEN_NOTES == 0) {
                console.progress(String.format(Locale.ROOT, "%,d of %,d characters", count, text.size()));
            }
        };
    }
}
