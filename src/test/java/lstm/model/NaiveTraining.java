package lstm.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.ojalgo.matrix.store.R032Store;

/**
 * {@link NaiveModel} and Adam, once more in double and in plain loops: what a training's losses should be.
 *
 * <p>Algorithm 1 of Kingma and Ba (2015), after clipping by the global norm.
 */
public final class NaiveTraining {

    private final NaiveModel model;
    private final NaiveModel.Tensors firsts = new NaiveModel.Tensors();
    private final NaiveModel.Tensors seconds = new NaiveModel.Tensors();
    private int steps;

    /** A training of B streams that begins with these weights, by PyTorch's names. */
    public NaiveTraining(ModelConfig config, int streams, Map<String, R032Store> weights) {
        model = new NaiveModel(config, streams);
        for (String name : model.weights.names()) {
            double[][] into = model.weights.get(name);
            float[] from = requireNonNull(weights.get(name), name).data;
            for (int r = 0; r < into.length; r++) {
                for (int k = 0; k < into[r].length; k++) {
                    into[r][k] = from[k * into.length + r];
                }
            }
            firsts.put(name, into.length, into[0].length);
            seconds.put(name, into.length, into[0].length);
        }
    }

    /** Begins the streams again. */
    public void resetState() {
        for (String name : model.state.names()) {
            model.state.put(name, model.state.get(name).length, model.state.get(name)[0].length);
        }
    }

    /** One step on the T*B tokens of a window; returns its loss. */
    public double step(int[] inputs, int[] targets, double rate, double clip) {
        model.run(inputs, targets, NaiveModel.Masks.NONE);
        double norm = norm();
        steps++;
        for (String name : model.weights.names()) {
            double[][] weight = model.weights.get(name);
            for (int r = 0; r < weight.length; r++) {
                for (int k = 0; k < weight[r].length; k++) {
                    double gradient = model.gradients.get(name)[r][k] * Math.min(1, clip / norm);
                    weight[r][k] -= rate * direction(name, r, k, gradient);
                }
            }
        }
        return model.loss;
    }

    private double norm() {
        double sum = 0;
        for (String name : model.gradients.names()) {
            for (double[] row : model.gradients.get(name)) {
                for (double element : row) {
                    sum += element * element;
                }
            }
        }
        return Math.sqrt(sum);
    }

    private double direction(String name, int r, int k, double gradient) {
        double[] m = firsts.get(name)[r];
        double[] v = seconds.get(name)[r];
        m[k] = 0.9 * m[k] + 0.1 * gradient;
        v[k] = 0.999 * v[k] + 0.001 * gradient * gradient;
        double first = m[k] / (1 - Math.pow(0.9, steps));
        double second = v[k] / (1 - Math.pow(0.999, steps));
        return first / (Math.sqrt(second) + 1e-8);
    }
}
