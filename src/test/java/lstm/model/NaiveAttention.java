package lstm.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link Attention} to one stream's past once more, in double and in plain loops, step by step as its formulas are written. */
final class NaiveAttention {

    private static final double[] ONE = {1};
    private static final double SHARPNESS = 10;
    private static final double SHORTEST = 1e-6;

    /** What one step computed, and on the way back the gradients. */
    private final class Step {
        private final double[] x;
        private final double[] q;
        private final double[] gate;
        private final double[] p = new double[width];
        private final double[] context;
        private final double[] added;
        private final double[] y;
        private final double[] dX;
        private final double[] dY;

        Step(double[] x) {
            int h = x.length;
            this.x = x;
            q = apply("query", x);
            gate = Arrays.stream(apply("gate", x))
                    .map(a -> 1 / (1 + Math.exp(-a)))
                    .toArray();
            context = new double[h];
            y = x.clone();
            dX = new double[h];
            dY = new double[h];
            double sum = 0;
            for (int s = 1; s <= width; s++) {
                p[s - 1] = Math.exp(SHARPNESS * cosine(q, before(s)));
                sum += p[s - 1];
            }
            for (int s = 1; s <= width; s++) {
                p[s - 1] /= sum;
                addScaled(p[s - 1], s == 1 ? x : before(s - 1), context);
            }
            added = apply("output", context);
            for (int r = 0; r < h; r++) {
                y[r] += gate[r] * added[r];
            }
        }

        void backward(int at) {
            int h = x.length;
            double[] dAdded = new double[h];
            double[] dGate = new double[h];
            for (int r = 0; r < h; r++) {
                dX[r] += dY[r];
                dAdded[r] = dY[r] * gate[r];
                dGate[r] = dY[r] * added[r] * gate[r] * (1 - gate[r]);
            }
            double[] dContext = new double[h];
            backThrough("output", dAdded, context, dContext);
            backThrough("gate", dGate, x, dX);
            double[] dP = new double[width];
            double mean = 0;
            for (int s = 1; s <= width; s++) {
                dP[s - 1] = dot(past.get(at - s + 1), dContext);
                mean += p[s - 1] * dP[s - 1];
                addScaled(p[s - 1], dContext, dPast.get(at - s + 1));
            }
            double[] dQ = new double[h];
            for (int s = 1; s <= width; s++) {
                double dScore = SHARPNESS * p[s - 1] * (dP[s - 1] - mean);
                double[] key = past.get(at - s);
                addCosineGradient(dScore, q, key, dQ);
                addCosineGradient(dScore, key, q, dPast.get(at - s));
            }
            backThrough("query", dQ, x, dX);
        }
    }

    private final int width;
    private final NaiveModel.Tensors weights;
    private final NaiveModel.Tensors gradients;
    /** The outputs, N from before the window first, and the gradients by them as far as they were attended to. */
    private final List<double[]> past = new ArrayList<>();

    private final List<double[]> dPast = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    NaiveAttention(int width, NaiveModel.Tensors weights, NaiveModel.Tensors gradients) {
        this.width = width;
        this.weights = weights;
        this.gradients = gradients;
    }

    void begin(double[][] memory, int stream) {
        for (int s = 0; s < width; s++) {
            int column = stream * width + s;
            past.add(Arrays.stream(memory).mapToDouble(row -> row[column]).toArray());
            dPast.add(new double[memory.length]);
        }
    }

    void keep(double[][] memory, int stream) {
        for (int s = 0; s < width; s++) {
            double[] output = past.get(past.size() - width + s);
            for (int r = 0; r < memory.length; r++) {
                memory[r][stream * width + s] = output[r];
            }
        }
    }

    private double[] before(int stepsBack) {
        return past.get(past.size() - stepsBack);
    }

    void step(double[] x) {
        steps.add(new Step(x));
        past.add(x);
        dPast.add(new double[x.length]);
    }

    double[] output(int t) {
        return steps.get(t).y;
    }

    /** Receives the gradient by the output. */
    double[] dOutput(int t) {
        return steps.get(t).dY;
    }

    /** The gradients by what the steps read. */
    double[][] backward() {
        for (int t = steps.size() - 1; t >= 0; t--) {
            steps.get(t).backward(width + t);
        }
        double[][] dX = new double[steps.size()][];
        for (int t = 0; t < dX.length; t++) {
            dX[t] = steps.get(t).dX;
            addScaled(1, dPast.get(width + t), dX[t]);
        }
        return dX;
    }

    private double[] apply(String projection, double[] x) {
        double[] y = new double[x.length];
        NaiveModel.addProduct(weights.get("attention." + projection + ".weight"), x, y);
        NaiveModel.addProduct(weights.get("attention." + projection + ".bias"), ONE, y);
        return y;
    }

    private void backThrough(String projection, double[] dY, double[] x, double[] dX) {
        NaiveModel.addOuter(dY, x, gradients.get("attention." + projection + ".weight"));
        NaiveModel.addOuter(dY, ONE, gradients.get("attention." + projection + ".bias"));
        NaiveModel.addTransposedProduct(weights.get("attention." + projection + ".weight"), dY, dX);
    }

    private static double length(double[] a) {
        return Math.sqrt(dot(a, a) + SHORTEST);
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / (length(a) * length(b));
    }

    /** Adds the gradient of the cosine by a, times d. */
    private static void addCosineGradient(double d, double[] a, double[] b, double[] dA) {
        addScaled(d / (length(a) * length(b)), b, dA);
        addScaled(-d * cosine(a, b) / (length(a) * length(a)), a, dA);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addScaled(double factor, double[] a, double[] into) {
        for (int i = 0; i < a.length; i++) {
            into[i] += factor * a[i];
        }
    }
}
