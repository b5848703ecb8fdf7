package lstm.inspect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lstm.model.Activation;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.OverflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ojalgo.matrix.store.R032Store;

/** Correlations are those that the textbook has, and units that follow something are found. */
class CorrelationsTest {

    private static final InspectedText TEXT = Planted.text(Planted.quotations(400, 1) + "a (b [c] d) E1.\n");

    private static LanguageModel random(Cell cell) {
        ModelConfig config = new ModelConfig(cell, Planted.VOCABULARY.size(), 8, 2, 0, 0);
        return LanguageModel.initialized(config, 1, Planted.workers());
    }

    private static Correlations correlations(
            LanguageModel model, Activation kind, InspectedText text, int lag, Feature... features) {
        Correlations correlations = new Correlations(model.config(), kind, text, List.of(features), lag);
        new ActivationReader(model).read(text.tokens(), correlations);
        return correlations;
    }

    private static double[] trace(LanguageModel model, Activation kind, int layer, int unit) {
        double[] values = new double[(int) TEXT.size()];
        new ActivationReader(model)
                .read(TEXT.tokens(), new UnitTrace(layer, unit, kind, (at, value) -> values[(int) at] = value));
        return values;
    }

    private static double[] values(Feature feature, InspectedText text) {
        Feature.Track track = feature.track(text);
        double[] values = new double[(int) text.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = track.next(i);
        }
        return values;
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    private static double covariance(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }
        return sum / x.length;
    }

    private static double pearson(double[] x, double[] y) {
        return covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
    }

    @ParameterizedTest
    @EnumSource
    void theyArePearsons(Cell cell) {
        LanguageModel model = random(cell);
        for (Activation kind : Activation.of(cell)) {
            Correlations correlations =
                    correlations(model, kind, TEXT, 0, TextFeature.QUOTES, TextFeature.LINE_POSITION);
            for (Feature feature : correlations.features()) {
                double[] known = values(feature, TEXT);
                List<Correlation> ranked = correlations.ranked(feature);

                assertThat(ranked).hasSize(16);
                assertThat(ranked)
                        .isSortedAccordingTo(
                                (a, b) -> Double.compare(Math.abs(b.coefficient()), Math.abs(a.coefficient())));
                for (Correlation c : ranked) {
                    // Both in double, and thousands of additions: 1e-16 * 1e3, relative to a small deviation.
                    assertThat(c.coefficient())
                            .isCloseTo(pearson(trace(model, kind, c.layer(), c.unit()), known), within(1e-10));
                }
            }
        }
        model.workers().close();
    }

    @Test
    void ofWhatIsThereOrNotTheMeansAreTold() {
        LanguageModel model = random(Cell.GRU);
        Correlation first = correlations(model, Activation.HIDDEN, TEXT, 0, TextFeature.QUOTES)
                .ranked(TextFeature.QUOTES)
                .get(0);
        double[] unit = trace(model, Activation.HIDDEN, first.layer(), first.unit());
        double[] inside = values(TextFeature.QUOTES, TEXT);

        double[] sum = new double[2];
        double[] count = new double[2];
        for (int i = 0; i < unit.length; i++) {
            sum[(int) inside[i]] += unit[i];
            count[(int) inside[i]]++;
        }

        assertThat(first.at(0)).isCloseTo(sum[0] / count[0], within(1e-10));
        assertThat(first.at(1)).isCloseTo(sum[1] / count[1], within(1e-10));
        model.workers().close();
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "-1", "-5", "100"})
    void aUnitCanBeComparedWithWhatWasBeforeOrWillBe(int lag) {
        LanguageModel model = random(Cell.LSTM);
        Correlations correlations = correlations(model, Activation.CELL, TEXT, lag, TextFeature.VOWELS);
        double[] known = values(TextFeature.VOWELS, TEXT);
        int n = known.length - Math.abs(lag);

        assertThat(correlations.count()).isEqualTo(n);
        for (Correlation c : correlations.ranked(TextFeature.VOWELS).subList(0, 3)) {
            double[] unit = trace(model, Activation.CELL, c.layer(), c.unit());
            double[] later = Arrays.copyOfRange(unit, Math.max(0, lag), Math.max(0, lag) + n);
            double[] earlier = Arrays.copyOfRange(known, Math.max(0, -lag), Math.max(0, -lag) + n);
            assertThat(c.coefficient()).isCloseTo(pearson(later, earlier), within(1e-10));
        }
        model.workers().close();
    }

    @Test
    void aLagBeyondTheTextLeavesNothing() {
        LanguageModel model = random(Cell.LSTM);
        Correlations correlations = correlations(model, Activation.CELL, Planted.text("abc"), 3, TextFeature.VOWELS);

        assertThat(correlations.count()).isZero();
        assertThat(correlations.isConstant(TextFeature.VOWELS)).isTrue();
        assertThat(correlations.ranked(TextFeature.VOWELS)).isEmpty();
        model.workers().close();
    }

    @Test
    void aUnitThatFollowsQuotationsByItsWeightsComesFirst() {
        LanguageModel model = Planted.followingQuotes();
        InspectedText text = Planted.text(Planted.quotations(1000, 2));
        Correlations correlations =
                correlations(model, Activation.CELL, text, 0, TextFeature.QUOTES, new RegexFeature("\u201c[^\u201d]*"));

        for (Feature feature : correlations.features()) {
            List<Correlation> ranked = correlations.ranked(feature);
            Correlation first = ranked.get(0);
            assertThat(first.layer()).isEqualTo(Planted.LAYER);
            assertThat(first.unit()).isEqualTo(Planted.UNIT);
            assertThat(first.coefficient()).isCloseTo(1, within(1e-6));
            assertThat(first.at(0)).isCloseTo(0, within(1e-6));
            assertThat(first.at(1)).isCloseTo(Math.tanh(1), within(1e-6));
            // The others of its layer are random, but read its output.
            assertThat(Math.abs(ranked.get(1).coefficient())).isLessThan(0.95);
        }
        model.workers().close();
    }

    @Test
    void nothingFollowsWhatDoesNotVary() {
        LanguageModel model = random(Cell.LSTM);
        InspectedText text = Planted.text("ab cd ab\nda bc\n");
        Correlations correlations = correlations(model, Activation.CELL, text, 0, TextFeature.values());

        assertThat(correlations.isConstant(TextFeature.DIGITS)).isTrue();
        assertThat(correlations.ranked(TextFeature.DIGITS)).isEmpty();
        assertThat(correlations.ranked(TextFeature.QUOTES)).isEmpty();
        assertThat(correlations.isConstant(TextFeature.VOWELS)).isFalse();
        assertThat(correlations.ranked(TextFeature.VOWELS)).hasSize(16);
        model.workers().close();
    }

    @Test
    void aUnitThatDoesNotVaryFollowsNothing() {
        LanguageModel model = random(Cell.LSTM);
        Map<String, R032Store> weights = model.weights();
        for (String name : new String[] {"lstm.weight_ih_l1", "lstm.weight_hh_l1"}) {
            R032Store weight = requireNonNull(weights.get(name));
            for (int column = 0; column < 8; column++) {
                weight.set(2 * 8 + 3, column, 0); // the candidate, and so the cell state
            }
        }
        requireNonNull(weights.get("lstm.bias_ih_l0")).set(0, 0, Float.NaN);
        model.load(weights);
        LanguageModel other = random(Cell.LSTM);
        requireNonNull(weights.get("lstm.bias_ih_l0")).set(0, 0, 0);
        other.load(weights);

        assertThat(correlations(other, Activation.CELL, TEXT, 0, TextFeature.VOWELS)
                        .ranked(TextFeature.VOWELS))
                .hasSize(15)
                .noneMatch(c -> c.layer() == 1 && c.unit() == 3);
        assertThatThrownBy(() -> correlations(model, Activation.CELL, TEXT, 0, TextFeature.VOWELS))
                .as("where everything is no number")
                .isInstanceOf(OverflowException.class);
        model.workers().close();
        other.workers().close();
    }
}
