package lstm.inspect;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SplittableRandom;
import lstm.generate.HandMade;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
import org.ojalgo.matrix.store.R032Store;

/** Texts, and models of which it is known what their units do. */
public final class Planted {

    public static final Vocabulary VOCABULARY = HandMade.characters("\n abcdeABCDE.()[]{}1\u201c\u201d\"");

    /** Where the unit that follows quotations stands. */
    public static final int LAYER = 1;

    public static final int UNIT = 5;

    private static final int HIDDEN = 8;
    private static final float SATURATED = 30;

    private Planted() {}

    static InspectedText text(String text) {
        return text(VOCABULARY, text);
    }

    static InspectedText text(Vocabulary vocabulary, String text) {
        return new InspectedText(vocabulary, Tokens.of(new Tokenizer(vocabulary).encode(text, Unknown.ERROR)));
    }

    static Workers workers() {
        return new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }

    /**
     * A model of random units in two layers, but for two: one of the lower layer shows an opening quotation mark by tanh(1), a closing
     * one by -tanh(1), anything else by 0, and {@link #UNIT} of the upper one adds that up: its cell state is 1 inside a
     * quotation, and 0 outside.
     *
     * <p>The lower one's input and output gates are open and its forget gate is shut, so that nothing but the token's candidate
     * is in it; all gates of the upper one are open.
     */
    public static LanguageModel followingQuotes() {
        ModelConfig config = new ModelConfig(Cell.LSTM, VOCABULARY.size(), HIDDEN, 2, 0, 0);
        LanguageModel model = LanguageModel.initialized(config, 3, workers());
        Map<String, R032Store> weights = model.weights();
        int sign = 2;
        plant(weights, 0, sign);
        set(weights, "lstm.bias_ih_l0", sign, 0, SATURATED); // i
        set(weights, "lstm.bias_ih_l0", HIDDEN + sign, 0, -SATURATED); // f
        set(weights, "lstm.bias_ih_l0", 3 * HIDDEN + sign, 0, SATURATED); // o
        set(weights, "lstm.weight_ih_l0", 2 * HIDDEN + sign, VOCABULARY.token('\u201c'), SATURATED); // g
        set(weights, "lstm.weight_ih_l0", 2 * HIDDEN + sign, VOCABULARY.token('\u201d'), -SATURATED);
        plant(weights, LAYER, UNIT);
        set(weights, "lstm.bias_ih_l1", UNIT, 0, SATURATED);
        set(weights, "lstm.bias_ih_l1", HIDDEN + UNIT, 0, SATURATED);
        set(weights, "lstm.bias_ih_l1", 3 * HIDDEN + UNIT, 0, SATURATED);
        set(weights, "lstm.weight_ih_l1", 2 * HIDDEN + UNIT, sign, SATURATED);
        model.load(weights);
        return model;
    }

    /** Takes all that is random from a unit. */
    private static void plant(Map<String, R032Store> weights, int layer, int unit) {
        for (int gate = 0; gate < 4; gate++) {
            for (String kind : new String[] {"weight_ih", "weight_hh"}) {
                R032Store weight = requireNonNull(weights.get("lstm." + kind + "_l" + layer));
                for (int column = 0; column < weight.getColDim(); column++) {
                    weight.set(gate * HIDDEN + unit, column, 0);
                }
            }
        }
    }

    private static void set(Map<String, R032Store> weights, String name, int row, int column, float value) {
        requireNonNull(weights.get(name)).set(row, column, value);
    }

    /** Words, of which some stand in typographic quotation marks. */
    public static String quotations(int words, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < words; i++) {
            boolean turn = random.nextInt(4) == 0;
            if (turn && !open) {
                text.append('\u201c');
            }
            random.ints(1 + random.nextInt(5), 'a', 'f').forEach(text::appendCodePoint);
            if (turn && open) {
                text.append('\u201d');
            }
            open ^= turn;
            text.append(random.nextInt(8) == 0 ? '\n' : ' ');
        }
        return text.toString();
    }
}
