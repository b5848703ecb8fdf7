package lstm.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lstm.inspect.Saturation;
import lstm.model.Activation;

/** How often gates are as good as shut or open, for people and for programs. */
final class SaturatedGates {

    /** A gate that is saturated for this share of the time hardly ever does anything else. */
    private static final double ALWAYS = 0.9;

    private final Saturation saturation;
    private final int layers;

    SaturatedGates(Saturation saturation, int layers) {
        this.saturation = saturation;
        this.layers = layers;
    }

    /** A line for each layer and gate. */
    void printSummary(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-18s  %13s  %13s  %s%n",
                "gates",
                "left (< " + Saturation.LEFT + ")",
                "right (> " + Saturation.RIGHT + ")",
                "units nearly always so");
        for (int l = 0; l < layers; l++) {
            for (Activation gate : saturation.gates()) {
                double[] left = saturation.left(l, gate);
                double[] right = saturation.right(l, gate);
                out.printf(
                        Locale.ROOT,
                        "layer %-2d  %-8s  %12.1f%%  %12.1f%%  %d left, %d right%n",
                        l + 1,
                        gate,
                        100 * Arrays.stream(left).average().orElse(0),
                        100 * Arrays.stream(right).average().orElse(0),
                        Arrays.stream(left).filter(share -> share >= ALWAYS).count(),
                        Arrays.stream(right).filter(share -> share >= ALWAYS).count());
            }
        }
    }

    /** The figures of Karpathy, Johnson and Fei-Fei (2015) in characters, one for each gate, side by side. */
    void printPlots(PrintStream out) {
        List<List<String>> plots = new ArrayList<>();
        for (Activation gate : saturation.gates()) {
            SaturationPlot plot = new SaturationPlot(gate.label());
            for (int l = 0; l < layers; l++) {
                plot.add(l, saturation.left(l, gate), saturation.right(l, gate));
            }
            plots.add(plot.lines());
        }
        for (int i = 0; i < plots.get(0).size(); i++) {
            StringBuilder line = new StringBuilder();
            for (List<String> plot : plots) {
                line.append(plot.get(i));
            }
            out.println(line.toString().stripTrailing());
        }
        out.println("A digit is a unit of that layer, at its gate's shares of the time; * of several.");
    }

    /** An object for each layer and gate, with the shares of every unit. */
    List<JsonObject> json() {
        Gson gson = new Gson();
        List<JsonObject> objects = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            for (Activation gate : saturation.gates()) {
                JsonObject object = new JsonObject();
                object.addProperty("layer", l + 1);
                object.addProperty("gate", gate.label());
                object.add("left", gson.toJsonTree(saturation.left(l, gate)));
                object.add("right", gson.toJsonTree(saturation.right(l, gate)));
                objects.add(object);
            }
        }
        return objects;
    }
}
