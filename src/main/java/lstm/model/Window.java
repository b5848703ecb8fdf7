package lstm.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * The mutable half of a model at work: tokens, activations and state of B streams over T steps, allocated once.
 *
 * <p>Made by {@link LanguageModel#newWindow} and {@link LanguageModel#newTrainingWindow}. The caller fills {@link
 * #inputs} and, for a loss, {@link #targets}, before every pass or by {@link #filledBy} in it: the token of step t of stream b
 * stands at t*B + b. The state after a pass is where the next one begins, until {@link #resetState}.
 */
public final class Window {

    /** Brings the tokens of some streams to a window's inputs and targets. */
    @FunctionalInterface
    public interface Filling {
        /** Of the streams from..to, on the thread that reads them next: several threads call it at once. */
        void fill(int fromStream, int toStream);
    }

    private final int streams;
    private final int steps;
    private final boolean training;
    private final @Nullable WeightDropout weightDropout;
    private final int[] inputs;
    private final int[] targets;
    private final float[] losses;
    private final List<LayerWindow> layers;
    private final List<LayerInput> layerInputs;
    private final R032Store logits;
    private final Shard[] shards;
    /** By shard: whether it has begun the last pass, and its state before that stands at the front. */
    private final boolean[] begun;
    /** What the output layer reads through, where there is one. */
    private final @Nullable AttentionWindow attention;

    private Filling filling = Window::isFilled;
    private long dropoutKey;

    Window(
            List<LayerWindow> layers,
            @Nullable Embedding embedding,
            @Nullable Attention attention,
            @Nullable WeightDropout weightDropout,
            int vocabulary,
            int streams,
            int steps,
            boolean training,
            int mostShards) {
        this.layers = List.copyOf(layers);
        this.streams = streams;
        this.steps = steps;
        this.training = training;
        this.weightDropout = weightDropout;
        int columns = Math.multiplyExact(streams, steps);
        inputs = new int[columns];
        targets = new int[columns];
        losses = new float[columns];
        logits = LayerWindow.matrix(vocabulary, columns);
        shards = Shard.split(streams, steps, mostShards);
        begun = new boolean[shards.length];
        layerInputs = new ArrayList<>();
        LayerInput.Hidden vectors = embedding == null ? null : embedding.newOutput(columns, training);
        layerInputs.add(new LayerInput.Tokens(inputs, vectors));
        layers.forEach(layer -> layerInputs.add(layer.output()));
        this.attention = attention == null ? null : attention.newWindow(streams, steps, shards, training);
        if (this.attention != null) {
            LayerInput.Hidden top = layers.get(layers.size() - 1).output();
            layerInputs.set(layers.size(), new LayerInput.Attended(top, this.attention));
        }
    }

    /** The caller has filled the window already. */
    private static void isFilled(int fromStream, int toStream) {}

    /** B. */
    public int streams() {
        return streams;
    }

    /** T. */
    public int steps() {
        return steps;
    }

    /** The tokens that are read, T*B, to be filled by the caller. */
    public int[] inputs() {
        return inputs;
    }

    /** The tokens that are to be predicted, T*B, to be filled by the caller where a loss is wanted. */
    public int[] targets() {
        return targets;
    }

    /** Loss of every prediction of the last {@link LanguageModel#loss} in nats, T*B. */
    public float[] losses() {
        return losses;
    }

    /** V x T*B: the unnormalized log-probabilities of the last forward pass; their gradients in a training window. */
    public R032Store logits() {
        return logits;
    }

    /** What the layers' units computed in the last forward pass. */
    public Activations activations() {
        return new Activations(this);
    }

    /** Sets the key of the next forward pass's dropout masks: one key, one set of masks. */
    public void dropoutKey(long key) {
        dropoutKey = key;
    }

    long dropoutKey() {
        return dropoutKey;
    }

    boolean training() {
        return training;
    }

    /** What passes through this window drop of the recurrent weights; null where they drop nothing. */
    @Nullable
    WeightDropout weightDropout() {
        return weightDropout;
    }

    Shard[] shards() {
        return shards;
    }

    LayerWindow layer(int layer) {
        return layers.get(layer);
    }

    /** What layer l reads; that of index L is what the output layer reads. */
    LayerInput input(int layer) {
        return layerInputs.get(layer);
    }

    /** Lets every pass begin so, with each thread filling in the streams that it reads. */
    public void filledBy(Filling source) {
        filling = source;
    }

    /** Before a pass, of which then nobody has done anything. */
    void beforePass() {
        Arrays.fill(begun, false);
        if (attention != null) {
            attention.beforePass();
        }
    }

    /** Begins a pass of a shard: with its tokens, and the state behind the last pass. */
    void begin(Shard shard) {
        filling.fill(shard.step(0).first(), shard.step(0).end());
        for (LayerWindow layer : layers) {
            layer.copyStates(shard, steps, 0);
        }
        begun[shard.index()] = true;
    }

    /** Makes the last pass of a training window, wherever it was given up, never have been: the next one begins where it did. */
    public void goBack() {
        for (Shard shard : shards) {
            if (begun[shard.index()]) {
                for (LayerWindow layer : layers) {
                    layer.copyStates(shard, 0, steps);
                }
            }
        }
        if (attention != null) {
            attention.goBack();
        }
        Arrays.fill(begun, false);
    }

    /** Forgets what the streams were about: the next pass begins with zeros. */
    public void resetState() {
        for (LayerWindow layer : layers) {
            for (R032Store state : layer.states()) {
                int from = steps * streams * state.getRowDim();
                Arrays.fill(state.data, from, state.data.length, 0f);
            }
        }
        if (attention != null) {
            attention.resetState();
        }
    }

    /** A copy of the state after the last pass. */
    public RecurrentState state() {
        return state(steps);
    }

    /**
     * A copy of the state after the first {@code read} steps of the last pass; restored, it makes the steps behind them never
     * have been, so that a window can read a text that is shorter than itself.
     */
    public RecurrentState state(int read) {
        Objects.checkFromToIndex(0, read, steps);
        Map<String, R032Store> matrices = new LinkedHashMap<>();
        for (int l = 0; l < layers.size(); l++) {
            List<R032Store> states = layers.get(l).states();
            for (int s = 0; s < states.size(); s++) {
                R032Store state = states.get(s);
                R032Store copy = R032Store.FACTORY.make(state.getRowDim(), streams);
                System.arraycopy(state.data, read * copy.data.length, copy.data, 0, copy.data.length);
                matrices.put(RecurrentState.name(l, s), copy);
            }
        }
        if (attention != null) {
            matrices.put(RecurrentState.MEMORY, attention.state(read));
        }
        return new RecurrentState(matrices);
    }

    /**
     * Takes up a state, where the next pass begins.
     *
     * @throws IllegalArgumentException where a matrix is missing or of another shape
     */
    public void restore(RecurrentState state) {
        for (int l = 0; l < layers.size(); l++) {
            List<R032Store> states = layers.get(l).states();
            for (int s = 0; s < states.size(); s++) {
                R032Store into = states.get(s);
                R032Store from = required(state, RecurrentState.name(l, s), into.getRowDim(), streams);
                System.arraycopy(from.data, 0, into.data, steps * from.data.length, from.data.length);
            }
        }
        if (attention != null) {
            attention.restore(required(state, RecurrentState.MEMORY, attention.hidden(), attention.width() * streams));
        }
    }

    private static R032Store required(RecurrentState state, String name, int rows, int columns) {
        R032Store matrix = state.matrices().get(name);
        if (matrix == null || matrix.getRowDim() != rows || matrix.getColDim() != columns) {
            throw new IllegalArgumentException("expected a state " + name + " of " + rows + " x " + columns);
        }
        return matrix;
    }
}
