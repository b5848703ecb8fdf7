package lstm.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lstm.kernel.AdamStep;
import lstm.kernel.Workers;
import lstm.model.Parameter;
import org.ojalgo.matrix.store.R032Store;

/**
 * Adam (Kingma and Ba, 2015) with bias correction, after clipping the gradient by its global norm (Pascanu, Mikolov and
 * Bengio, 2013), and with weight decay of the matrices beside it (Loshchilov and Hutter, 2019).
 *
 * <p>Finite parameters stay so, whatever the learning rate, the clip and the weight decay: a checkpoint never holds anything else.
 * So what is longer than {@value #LONGEST_GRADIENT}, whose square overflows in what follows, is shortened to that; a learning rate counts
 * for {@value #HIGHEST_RATE} at most, with which a parameter takes 1e30 steps to overflow; and weight decay leaves no less than nothing.
 *
 * <p>Parameters are worked on in pieces of one fixed size, so that the norm's bits do not depend on the number of threads.
 */
public final class Adam {

    /** Decay of the mean of gradients. */
    public static final double BETA1 = 0.9;
    /** Decay of the mean of squared gradients. */
    public static final double BETA2 = 0.999;
    /** Added to the root of the mean of squared gradients. */
    public static final double EPSILON = 1e-8;

    private static final double LONGEST_GRADIENT = 1e18;
    private static final double HIGHEST_RATE = 1e6;

    private static final int PIECE = 1 << 15;

    private record Moments(Parameter parameter, R032Store first, R032Store second) {}

    private record Piece(Moments moments, int from, int to) {}

    private final List<Moments> moments = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final double[] squares;
    private final Workers workers;
    private final double beta1;
    private long steps;

    /** An optimizer of these parameters, with all moments at zero. */
    public Adam(List<Parameter> parameters, Workers workers) {
        this(parameters, workers, BETA1);
    }

    /**
     * The same with another decay of the mean of gradients: with 0 that is the last gradient, as in RMSprop (Tieleman and Hinton,
     * 2012).
     */
    public Adam(List<Parameter> parameters, Workers workers, double beta1) {
        this.workers = workers;
        this.beta1 = beta1;
        for (Parameter parameter : parameters) {
            int rows = parameter.value().getRowDim();
            int columns = parameter.value().getColDim();
            Moments both = new Moments(
                    parameter, R032Store.FACTORY.make(rows, columns), R032Store.FACTORY.make(rows, columns));
            moments.add(both);
            for (int from = 0; from < parameter.size(); from += PIECE) {
                pieces.add(new Piece(both, from, Math.min(from + PIECE, parameter.size())));
            }
        }
        squares = new double[pieces.size()];
    }

    /**
     * Moves the parameters one step against their gradients, unless these are not finite.
     *
     * @param learningRate of this step
     * @param clip the longest gradient that is taken as it is
     * @param weightDecay share of a matrix's elements that is taken off them, times the learning rate; vectors, such as biases, keep
     *     theirs
     * @return the norm of the gradient before clipping; where it is not finite nothing was changed
     */
    public double step(double learningRate, double clip, double weightDecay) {
        double norm = gradientNorm();
        if (!Double.isFinite(norm)) {
            return norm;
        }
        steps++;
        double rate = Math.min(learningRate, HIGHEST_RATE);
        double longest = Math.min(clip, LONGEST_GRADIENT);
        float keep = (float) Math.max(0, 1 - rate * weightDecay);
        AdamStep ofVectors = step(rate, norm > longest ? (float) (longest / norm) : 1f, 1f);
        AdamStep ofMatrices = step(rate, ofVectors.gradientScale(), keep);
        workers.run(pieces.size(), (kernel, i) -> {
            Piece piece = pieces.get(i);
            Moments m = piece.moments;
            Parameter p = m.parameter;
            AdamStep step = p.value().getColDim() == 1 ? ofVectors : ofMatrices;
            kernel.adam(p.value(), p.gradient(), m.first, m.second, piece.from, piece.to, step);
        });
        return norm;
    }

    private AdamStep step(double learningRate, float gradientScale, float keep) {
        return new AdamStep(
                (float) (learningRate / (1 - StrictMath.pow(beta1, (double) steps))),
                (float) beta1,
                (float) BETA2,
                (float) (1 / (1 - StrictMath.pow(BETA2, (double) steps))),
                (float) EPSILON,
                gradientScale,
                keep);
    }

    private double gradientNorm() {
        workers.run(pieces.size(), (kernel, i) -> {
            Piece piece = pieces.get(i);
            squares[i] = kernel.sumOfSquares(piece.moments.parameter.gradient(), piece.from, piece.to);
        });
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    /** Begins anew, with all moments at zero. */
    public void forget() {
        steps = 0;
        for (Moments both : moments) {
            Arrays.fill(both.first.data, 0f);
            Arrays.fill(both.second.data, 0f);
        }
    }

    /** Steps taken so far. */
    public long steps() {
        return steps;
    }

    /** The moments themselves by the names "m.PARAMETER" and "v.PARAMETER", for a checkpoint. */
    public Map<String, R032Store> moments() {
        Map<String, R032Store> named = new TreeMap<>();
        for (Moments both : moments) {
            named.put("m." + both.parameter.name(), both.first);
            named.put("v." + both.parameter.name(), both.second);
        }
        return named;
    }

    /**
     * Takes up moments and the count of steps. Where parameters have grown with the vocabulary, the new elements' moments
     * are zero.
     *
     * @throws IllegalArgumentException where moments are missing or cannot be those of gradients
     */
    public void restore(long stepsTaken, Map<String, R032Store> saved) {
        steps = stepsTaken;
        moments().forEach((name, into) -> {
            R032Store from = saved.get(name);
            if (from == null) {
                throw new IllegalArgumentException("the moments " + name + " are missing");
            }
            requireMoments(name, from);
            Parameter.copyOverlap(from, into);
        });
    }

    private static void requireMoments(String name, R032Store moments) {
        boolean first = name.startsWith("m.");
        for (float moment : moments.data) {
            boolean possible = first ? Math.abs(moment) <= LONGEST_GRADIENT : moment >= 0 && Float.isFinite(moment);
            if (!possible) {
                throw new IllegalArgumentException(
                        "the moments " + name + " hold " + moment + ", which no gradients have");
            }
        }
    }
}
