package lstm.page;

import java.util.Base64;
import java.util.List;
import lstm.inspect.Visitor;
import lstm.model.Activation;
import lstm.model.Activations;
import lstm.model.ModelConfig;

/**
 * What all units of a model do at the first tokens of a text, in a byte each.
 *
 * <p>Every activation lies between -1 and 1: the byte is 127 times the value, which is right to within 0.004.
 */
final class NeuronValues implements Visitor {

    static final int STEPS_OF_ONE = 127;

    private final List<Activation> kinds;
    private final int layers;
    private final int hidden;
    private final int most;
    private final byte[][][] bytes;
    private final float[] values;
    private int count;

    /** For so many tokens at most. */
    NeuronValues(ModelConfig config, int most) {
        kinds = Activation.of(config.cell());
        layers = config.layers();
        hidden = config.hidden();
        this.most = most;
        bytes = new byte[layers][kinds.size()][most * hidden];
        values = new float[hidden];
    }

    @Override
    public void visit(long position, Activations activations, int step) {
        if (isDone()) {
            return;
        }
        for (int l = 0; l < layers; l++) {
            for (int k = 0; k < kinds.size(); k++) {
                activations.copy(l, kinds.get(k), step, 0, values, 0);
                for (int unit = 0; unit < hidden; unit++) {
                    bytes[l][k][unit * most + count] = (byte) Math.round(values[unit] * STEPS_OF_ONE);
                }
            }
        }
        count++;
    }

    @Override
    public boolean isDone() {
        return count == most;
    }

    /** Of a layer and a kind, by its place in {@link Activation#of}: the bytes of unit after unit, in base 64. */
    String base64(int layer, int kind) {
        byte[] all = bytes[layer][kind];
        if (count < most) {
            byte[] read = new byte[hidden * count];
            for (int unit = 0; unit < hidden; unit++) {
                System.arraycopy(all, unit * most, read, unit * count, count);
            }
            all = read;
        }
        return Base64.getEncoder().encodeToString(all);
    }

    /** A correlation or a share in a byte, likewise; -128 where there is none. */
    static String base64(double[] numbers) {
        byte[] rounded = new byte[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Double.isNaN(numbers[i]) ? Byte.MIN_VALUE : (byte) Math.round(numbers[i] * STEPS_OF_ONE);
        }
        return Base64.getEncoder().encodeToString(rounded);
    }
}
