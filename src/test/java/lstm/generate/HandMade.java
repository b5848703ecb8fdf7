package lstm.generate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.ojalgo.matrix.store.R032Store;

/** Small models whose predictions a test knows. */
public final class HandMade {

    private static final float SATURATED = 30;

    private HandMade() {}

    /** A vocabulary with a token for each of these characters, in this order. */
    public static Vocabulary characters(String characters) {
        return Vocabulary.of(Unit.CHARACTER, symbols(characters));
    }

    /** A vocabulary of bytes, each written as the Latin-1 character of its number. */
    public static Vocabulary bytes(String latin1) {
        return Vocabulary.of(Unit.BYTE, symbols(latin1));
    }

    private static List<String> symbols(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** A model with random weights, which remembers more than the last token. */
    public static LanguageModel random(int vocabulary, long seed) {
        return LanguageModel.initialized(new ModelConfig(Cell.LSTM, vocabulary, 8, 2, 0, 0), seed, workers());
    }

    /**
     * A model that looks at the last token only: its logits are those of the table, up to float's precision.
     *
     * <p>A gate that is always open and a memory that is always forgotten leave the last token's candidate, one-hot, and
     * tanh(1) of it is what the output layer reads.
     *
     * @param logits of the token in the second place, after the token in the first
     */
    public static LanguageModel bigrams(int vocabulary, IntBinaryOperator logits) {
        ModelConfig config = new ModelConfig(Cell.LSTM, vocabulary, vocabulary, 1, 0, 0);
        LanguageModel model = new LanguageModel(config, workers());
        Map<String, R032Store> weights = model.weights();
        R032Store bias = Objects.requireNonNull(weights.get("lstm.bias_ih_l0"));
        R032Store input = Objects.requireNonNull(weights.get("lstm.weight_ih_l0"));
        R032Store output = Objects.requireNonNull(weights.get("decoder.weight"));
        for (int token = 0; token < vocabulary; token++) {
            bias.set(token, 0, SATURATED);
            bias.set(vocabulary + token, 0, -SATURATED);
            bias.set(3 * vocabulary + token, 0, SATURATED);
            input.set(2 * vocabulary + token, token, SATURATED);
            for (int next = 0; next < vocabulary; next++) {
                output.set(next, token, logits.applyAsInt(token, next) / Math.tanh(1));
            }
        }
        model.load(weights);
        return model;
    }

    /** A model that knows one text by heart, round and round; no character stands in it twice. */
    public static LanguageModel rote(int vocabulary) {
        return bigrams(vocabulary, (last, next) -> next == (last + 1) % vocabulary ? 40 : 0);
    }

    private static Workers workers() {
        return new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }
}
