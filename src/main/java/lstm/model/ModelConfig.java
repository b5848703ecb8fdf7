package lstm.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The shape of a model.
 *
 * @param cell the kind of recurrent layer
 * @param vocabulary V, how many different tokens there are
 * @param hidden H, units of a layer
 * @param layers L, layers stacked on each other
 * @param embedding N, the length of the vector that a token is read as; 0 where tokens are one-hot
 * @param tied whether these vectors are the output layer's weights: N is H then
 * @param attention how many of the top layer's last outputs are attended to; 0 where none is
 * @param dropout share of every layer's output that is dropped while training, from 0 to below 1; the top layer's too, as in
 *     Zaremba, Sutskever and Vinyals (2014), where PyTorch's layers leave it whole
 * @param weightDropout share of the recurrent weights that is dropped while training, anew for every window
 */
public record ModelConfig(
        Cell cell,
        int vocabulary,
        int hidden,
        int layers,
        int embedding,
        boolean tied,
        int attention,
        float dropout,
        float weightDropout)
        implements Serializable {

    /** Layers where the user does not say. */
    public static final int DEFAULT_LAYERS = 2;
    /** The most units of a layer: the recurrent matrix must fit into one array. */
    public static final int MAX_HIDDEN = 16_384;

    /** The score of a remembered output that a query equals, where that of one at right angles is 0. */
    public static final float ATTENTION_SHARPNESS = 10;

    static final String EMBEDDING_WEIGHT = "embedding.weight";
    /** What the names of the attention's tensors begin with. */
    static final String ATTENTION = "attention.";

    static final String DECODER_WEIGHT = "decoder.weight";
    static final String DECODER_BIAS = "decoder.bias";
    /** The most layers. */
    public static final int MAX_LAYERS = 64;
    /** The most outputs that are attended to. */
    public static final int MAX_ATTENTION = 16_384;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public ModelConfig {
        check(vocabulary >= 1 && vocabulary <= 0x110000, "a vocabulary of 1 to 1,114,112 symbols", vocabulary);
        check(hidden >= 1 && hidden <= MAX_HIDDEN, "1 to " + MAX_HIDDEN + " hidden units", hidden);
        check(layers >= 1 && layers <= MAX_LAYERS, "1 to " + MAX_LAYERS + " layers", layers);
        check(embedding >= 0 && embedding <= MAX_HIDDEN, "an embedding of 0 to " + MAX_HIDDEN + " numbers", embedding);
        check(!tied || embedding == hidden, "an embedding of " + hidden + ", like the layers, to be tied", embedding);
        check(
                attention >= 0 && attention <= MAX_ATTENTION,
                "attention to 0 to " + MAX_ATTENTION + " outputs",
                attention);
        check(dropout >= 0 && dropout < 1, "a dropout from 0 to below 1", dropout);
        check(weightDropout >= 0 && weightDropout < 1, "a weight dropout from 0 to below 1", weightDropout);
        long largest =
                Math.max(4L * hidden * Math.max(inputs(embedding, vocabulary), hidden), (long) vocabulary * hidden);
        largest = Math.max(largest, (long) vocabulary * embedding);
        check(
                largest <= Integer.MAX_VALUE - 64,
                "no matrix of more than 2^31 elements; take fewer hidden units",
                largest);
    }

    /** A model of one-hot tokens, without attention. */
    public ModelConfig(Cell cell, int vocabulary, int hidden, int layers, float dropout, float weightDropout) {
        this(cell, vocabulary, hidden, layers, 0, false, 0, dropout, weightDropout);
    }

    /**
     * Floating-point operations of the products that training on a token needs: two for every weight, forward, backward to the
     * layer below, and for the weight's gradient. One-hot inputs need none. An output that is attended to is compared, and added.
     */
    public double operationsPerToken() {
        double inputs = (double) hidden * (layers - 1) + embedding;
        double memory = attention > 0 ? 3.0 * hidden + 2.0 * attention : 0;
        return 6.0 * hidden * (cell.gates() * (inputs + (double) hidden * layers) + memory + vocabulary);
    }

    /** The tensors of the model in a file and their shapes, rows and columns of a matrix or the length of a vector. */
    public Map<String, int[]> tensorShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        if (embedding > 0 && !tied) {
            shapes.put(EMBEDDING_WEIGHT, new int[] {vocabulary, embedding});
        }
        for (int l = 0; l < layers; l++) {
            shapes.putAll(cell.tensorShapes("l" + l, l == 0 ? inputs(embedding, vocabulary) : hidden, hidden));
        }
        if (attention > 0) {
            for (String projection : List.of("query", "gate", "output")) {
                shapes.put(ATTENTION + projection + ".weight", new int[] {hidden, hidden});
                shapes.put(ATTENTION + projection + ".bias", new int[] {hidden});
            }
        }
        shapes.put(DECODER_WEIGHT, new int[] {vocabulary, hidden});
        shapes.put(DECODER_BIAS, new int[] {vocabulary});
        return shapes;
    }

    /** Whether a token reads one column or row of this tensor: of an embedding that is not tied, or of what reads one-hot tokens. */
    boolean isReadByToken(String tensor) {
        return tensor.equals(EMBEDDING_WEIGHT) || (embedding == 0 && tensor.endsWith(".weight_ih_l0"));
    }

    /** How many numbers the model learns. */
    public long parameters() {
        return tensorShapes().entrySet().stream()
                .filter(tensor -> cell.hasRecurrentBias() || !tensor.getKey().contains("bias_hh"))
                .mapToLong(
                        tensor -> IntStream.of(tensor.getValue()).asLongStream().reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** The same shape for another number of tokens. */
    public ModelConfig withVocabulary(int size) {
        return new ModelConfig(cell, size, hidden, layers, embedding, tied, attention, dropout, weightDropout);
    }

    /** The same shape with tokens read as vectors of so many numbers, 0 for one-hot. */
    public ModelConfig withEmbedding(int size, boolean isTied) {
        return new ModelConfig(cell, vocabulary, hidden, layers, size, isTied, attention, dropout, weightDropout);
    }

    /** The same shape with attention to so many outputs. */
    public ModelConfig withAttention(int outputs) {
        return new ModelConfig(cell, vocabulary, hidden, layers, embedding, tied, outputs, dropout, weightDropout);
    }

    /** The same shape, of which other shares are dropped. */
    public ModelConfig withDropout(float ofOutputs, float ofWeights) {
        return new ModelConfig(cell, vocabulary, hidden, layers, embedding, tied, attention, ofOutputs, ofWeights);
    }

    /** In a few words, such as "lstm 2 x 256, tied embedding, dropout 0.1, weight dropout 0.0". */
    public String description() {
        return shape() + ", dropout " + dropout + ", weight dropout " + weightDropout;
    }

    /** The same without what matters to a training alone. */
    public String shape() {
        String vectors = tied ? ", tied embedding" : embedding > 0 ? ", embedding " + embedding : "";
        String memory = attention > 0 ? ", attention to " + attention : "";
        return cell + " " + layers + " x " + hidden + vectors + memory;
    }

    private static int inputs(int embedding, int vocabulary) {
        return embedding == 0 ? vocabulary : embedding;
    }

    private static void check(boolean condition, String expected, Number found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
