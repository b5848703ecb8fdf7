package lstm.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import lstm.inspect.ActivationReader;
import lstm.inspect.Correlation;
import lstm.inspect.Correlations;
import lstm.inspect.Feature;
import lstm.inspect.InspectedText;
import lstm.inspect.Saturation;
import lstm.inspect.Visitor;
import lstm.model.Activation;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Unit;

/**
 * What a page needs to show what every unit of a model does while it reads a text.
 *
 * <p>The text is shown from its beginning, as much of it as keeps the page small; features and saturation are of the whole.
 */
public final class NeuronViewer {

    /** Bytes of values in a page of nothing else; base 64 makes a third more of them. */
    public static final int LARGE = 3_000_000;
    /** In a page with other things in it. */
    public static final int SMALL = 1_500_000;

    private static final int LONGEST_TEXT = 5_000;
    private static final int SHORTEST_TEXT = 100;

    private final JsonObject data = new JsonObject();
    private final long size;
    private final int shown;

    /**
     * Has a model read a text.
     *
     * @param name of the model
     * @param features what the units are compared with
     * @param mostBytes of values that are kept, as far as there is some text at all
     * @param progress hears now and then how many tokens were read
     */
    public NeuronViewer(
            String name,
            LanguageModel model,
            InspectedText text,
            List<? extends Feature> features,
            int mostBytes,
            LongConsumer progress) {
        ModelConfig config = model.config();
        List<Activation> kinds = Activation.of(config.cell());
        size = text.size();
        shown = shown(config, kinds.size(), mostBytes);
        NeuronValues values = new NeuronValues(config, shown);
        Saturation saturation = new Saturation(config);
        List<Correlations> correlations = kinds.stream()
                .map(kind -> new Correlations(config, kind, text, features, 0))
                .toList();
        List<Visitor> visitors = new ArrayList<>(correlations);
        visitors.add(values);
        visitors.add(saturation);
        new ActivationReader(model).read(text.tokens(), visitors, progress);
        describe(name, config, text, kinds, features);
        addValues(config, kinds, values);
        addCorrelations(config, correlations, features);
        addSaturation(config, saturation);
    }

    private int shown(ModelConfig config, int kinds, int mostBytes) {
        long bytesPerToken = (long) config.layers() * config.hidden() * kinds;
        long most = Math.max(SHORTEST_TEXT, Math.min(LONGEST_TEXT, mostBytes / bytesPerToken));
        return (int) Math.min(size, most);
    }

    private void describe(
            String name,
            ModelConfig config,
            InspectedText text,
            List<Activation> kinds,
            List<? extends Feature> features) {
        data.addProperty("name", Markup.shown(name));
        data.addProperty("layers", config.layers());
        data.addProperty("units", config.hidden());
        data.addProperty("one", NeuronValues.STEPS_OF_ONE);
        JsonArray described = new JsonArray();
        for (Activation kind : kinds) {
            JsonObject object = new JsonObject();
            object.addProperty("label", kind.label());
            object.addProperty("gate", kind.isGate());
            described.add(object);
        }
        data.add("kinds", described);
        JsonArray sought = new JsonArray();
        for (Feature feature : features) {
            JsonObject object = new JsonObject();
            object.addProperty("label", Markup.shown(feature.label()));
            object.addProperty("description", Markup.shown(feature.description()));
            sought.add(object);
        }
        data.add("features", sought);
        JsonArray symbols = new JsonArray();
        for (int i = 0; i < shown; i++) {
            symbols.add(symbol(text, i));
        }
        data.add("text", symbols);
    }

    /** A token as it is shown: of a character of several bytes, the first one stands for it. */
    private static String symbol(InspectedText text, int i) {
        if (!text.begins(i)) {
            return "\u00b7";
        }
        int codePoint = text.codePoint(i);
        if (codePoint == '\r') {
            return "\\r";
        }
        boolean isByte = text.vocabulary().unit() == Unit.BYTE && codePoint == 0xFFFD;
        return isByte
                ? String.format(
                        Locale.ROOT,
                        "\\x%02x",
                        text.vocabulary().codePoint(text.tokens().get(i)))
                : Markup.shown(Character.toString(codePoint));
    }

    private void addValues(ModelConfig config, List<Activation> kinds, NeuronValues values) {
        JsonArray layers = new JsonArray();
        for (int l = 0; l < config.layers(); l++) {
            JsonArray ofKinds = new JsonArray();
            for (int k = 0; k < kinds.size(); k++) {
                ofKinds.add(values.base64(l, k));
            }
            layers.add(ofKinds);
        }
        data.add("values", layers);
    }

    /** By kind and feature, a byte for every unit of all layers. */
    private void addCorrelations(
            ModelConfig config, List<Correlations> correlations, List<? extends Feature> features) {
        JsonArray ofKinds = new JsonArray();
        for (Correlations ofKind : correlations) {
            JsonArray ofFeatures = new JsonArray();
            for (Feature feature : features) {
                double[] coefficients = new double[config.layers() * config.hidden()];
                Arrays.fill(coefficients, Double.NaN);
                for (Correlation correlation : ofKind.ranked(feature)) {
                    coefficients[correlation.layer() * config.hidden() + correlation.unit()] =
                            correlation.coefficient();
                }
                ofFeatures.add(NeuronValues.base64(coefficients));
            }
            ofKinds.add(ofFeatures);
        }
        data.add("correlations", ofKinds);
    }

    private void addSaturation(ModelConfig config, Saturation saturation) {
        JsonArray gates = new JsonArray();
        for (Activation gate : saturation.gates()) {
            JsonObject object = new JsonObject();
            object.addProperty("gate", gate.label());
            JsonArray left = new JsonArray();
            JsonArray right = new JsonArray();
            for (int l = 0; l < config.layers(); l++) {
                left.add(NeuronValues.base64(saturation.left(l, gate)));
                right.add(NeuronValues.base64(saturation.right(l, gate)));
            }
            object.add("left", left);
            object.add("right", right);
            gates.add(object);
        }
        data.add("saturation", gates);
    }

    /** The data of the script. */
    JsonObject data() {
        return data;
    }

    /** What is to be known of the text: how much of it is shown. */
    String note() {
        return shown == size
                ? String.format(Locale.ROOT, "%,d characters.", size)
                : String.format(
                        Locale.ROOT,
                        "The first %,d of %,d characters are shown; what units follow, and saturation, are of all.",
                        shown,
                        size);
    }
}
