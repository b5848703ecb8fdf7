package lstm.inspect;

import java.util.List;
import lstm.model.Activation;
import lstm.model.Activations;
import lstm.model.ModelConfig;

/**
 * How often every unit's gates are as good as shut or open: left-saturated below 0.1, right-saturated above 0.9 (Karpathy,
 * Johnson and Fei-Fei, 2015). A forget gate that is right-saturated nearly always belongs to a unit that remembers for long.
 */
public final class Saturation implements Visitor {

    /** A gate below this is left-saturated. */
    public static final float LEFT = 0.1f;
    /** A gate above this is right-saturated. */
    public static final float RIGHT = 0.9f;

    private final List<Activation> gates;
    private final float[] values;
    private final long[][][] left;
    private final long[][][] right;
    private long count;

    /** Of all gates of a model; there are none where its cell has none. */
    public Saturation(ModelConfig config) {
        gates = Activation.of(config.cell()).stream().filter(Activation::isGate).toList();
        values = new float[config.hidden()];
        left = new long[config.layers()][gates.size()][config.hidden()];
        right = new long[config.layers()][gates.size()][config.hidden()];
    }

    @Override
    public void visit(long position, Activations activations, int step) {
        count++;
        for (int l = 0; l < left.length; l++) {
            for (int g = 0; g < gates.size(); g++) {
                activations.copy(l, gates.get(g), step, 0, values, 0);
                for (int i = 0; i < values.length; i++) {
                    left[l][g][i] += values[i] < LEFT ? 1 : 0;
                    right[l][g][i] += values[i] > RIGHT ? 1 : 0;
                }
            }
        }
    }

    /** The gates, in the order of their weights. */
    public List<Activation> gates() {
        return gates;
    }

    /** By unit of a layer, counted from 0: the share of tokens behind which a gate is left-saturated; 0 where nothing was read. */
    public double[] left(int layer, Activation gate) {
        return shares(left[layer][gates.indexOf(gate)]);
    }

    /** The same, right-saturated. */
    public double[] right(int layer, Activation gate) {
        return shares(right[layer][gates.indexOf(gate)]);
    }

    private double[] shares(long[] counts) {
        double[] shares = new double[counts.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = count == 0 ? 0 : (double) counts[i] / count;
        }
        return shares;
    }
}
