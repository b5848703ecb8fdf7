package lstm.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lstm.model.Activation;
import lstm.model.Activations;
import lstm.model.ModelConfig;

/**
 * How closely every unit of a model follows some features of a text: Pearson's correlation over all its tokens, in one pass.
 *
 * <p>Of what does not vary there is no correlation: neither of a feature that is the same all over the text, nor of a unit whose
 * values differ by no more than floats do by themselves.
 */
public final class Correlations implements Visitor {

    /** Standard deviations that may come of the rounding of floats between -1 and 1. */
    private static final double ROUNDING = 1e-6;

    private final int layers;
    private final int hidden;
    private final Activation kind;
    private final List<Feature> features;
    private final List<Feature.Track> tracks;
    private final long size;
    private final long lag;
    private final float[] values;
    private final double[] known;
    private final Comoments moments;
    private long told;

    /**
     * Of one kind of activation.
     *
     * @param lag by how many tokens a unit is behind the feature: 0 compares it with the character just read, more with one
     *     before that, and less with one to come
     */
    public Correlations(
            ModelConfig config, Activation kind, InspectedText text, List<? extends Feature> features, int lag) {
        layers = config.layers();
        hidden = config.hidden();
        this.kind = kind;
        this.features = List.copyOf(features);
        this.lag = lag;
        size = text.size();
        tracks = this.features.stream().map(feature -> feature.track(text)).toList();
        values = new float[layers * hidden];
        known = new double[tracks.size()];
        moments = new Comoments(values.length, known.length);
    }

    @Override
    public void visit(long position, Activations activations, int step) {
        long of = position - lag;
        if (of < 0 || of >= size) {
            return;
        }
        for (; told <= of; told++) {
            for (int j = 0; j < known.length; j++) {
                known[j] = tracks.get(j).next(told);
            }
        }
        for (int l = 0; l < layers; l++) {
            activations.copy(l, kind, step, 0, values, l * hidden);
        }
        moments.add(values, known);
    }

    /** What is compared with the features. */
    public Activation kind() {
        return kind;
    }

    /** What the units are compared with. */
    public List<Feature> features() {
        return features;
    }

    /** Over how many tokens. */
    public long count() {
        return moments.count();
    }

    /** The mean of a feature: of one that is there or not, the share of tokens where it is. */
    public double mean(Feature feature) {
        return moments.meanY(features.indexOf(feature));
    }

    /** Whether a feature is the same wherever it was compared, so that nothing correlates with it. */
    public boolean isConstant(Feature feature) {
        return count() == 0 || moments.deviationY(features.indexOf(feature)) == 0;
    }

    /** All units that vary, of all layers, those first that follow a feature most closely; none where it is constant. */
    public List<Correlation> ranked(Feature feature) {
        int y = features.indexOf(feature);
        if (isConstant(feature)) {
            return List.of();
        }
        List<Correlation> ranked = new ArrayList<>();
        IntStream.range(0, values.length)
                // Written so that what is no number does not vary either.
                .filter(x -> moments.deviationX(x) > ROUNDING)
                .forEach(x -> ranked.add(correlation(x, y)));
        ranked.sort(Comparator.comparingDouble(c -> -Math.abs(c.coefficient())));
        return ranked;
    }

    private Correlation correlation(int x, int y) {
        double covariance = moments.covariance(x, y);
        double deviation = moments.deviationY(y);
        double coefficient = covariance / (moments.deviationX(x) * deviation);
        double slope = covariance / (deviation * deviation);
        double bounded = Math.max(-1, Math.min(1, coefficient));
        return new Correlation(x / hidden, x % hidden, bounded, moments.meanX(x) - slope * moments.meanY(y), slope);
    }
}
