package lstm.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import lstm.kernel.Kernel;
import lstm.kernel.Workers;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * A stack of recurrent layers over one-hot or embedded tokens, a linear output layer and a softmax.
 *
 * <p>Holds the parameters and their gradients; the activations are a {@link Window}'s. The weights stand still during a
 * pass: whoever changes them calls {@link #weightsChanged}. One thread at a time uses a model; the workers are its own
 * affair, and their number does not change a bit of any result.
 */
public final class LanguageModel {

    /**
     * Streams that make a window of one step worth another thread. Measured, two threads to one: with 8 streams 1.3 times (2 x 128)
     * and 1.7 times (2 x 512) as fast, with 4, which one thread takes as a tile, 0.7 and 1.1 times.
     */
    private static final int STREAMS_OF_A_STEP = 4;

    private final ModelConfig config;
    private final Workers workers;
    private final List<RecurrentLayer> layers = new ArrayList<>();
    private final Projection decoder;
    private final @Nullable Embedding embedding;
    private final @Nullable Attention attention;
    private final List<Parameter> parameters = new ArrayList<>();
    /** What packs the weights: first, so many of them, for forward passes, then transposed for backward passes. */
    private final List<Consumer<Kernel>> packing = new ArrayList<>();

    private final int packedForForward;
    /** Told of every step of a pass, which may be given up there. */
    private final IntConsumer going;

    private @Nullable Passes passes;
    private @Nullable WeightDropout weightDropout;
    private boolean packed;
    private boolean packedTransposed;
    private boolean packedDropped;

    /** A model whose parameters are all zero, to be loaded. */
    public LanguageModel(ModelConfig config, Workers workers) {
        this.config = config;
        this.workers = workers;
        going = step -> workers.goOn();
        Map<String, int[]> shapes = config.tensorShapes();
        Parameter output = Parameter.create(ModelConfig.DECODER_WEIGHT, shapes);
        Parameter bias = Parameter.create(ModelConfig.DECODER_BIAS, shapes);
        attention = config.attention() == 0 ? null : new Attention(config.attention(), shapes);
        Projection dense = new DenseProjection(output, bias);
        decoder = attention == null ? dense : new AttendedProjection(attention, dense);
        embedding = config.embedding() == 0 ? null : newEmbedding(shapes, output);
        for (int l = 0; l < config.layers(); l++) {
            layers.add(config.cell().newLayer("l" + l, shapes, l == 0 ? tokens() : DenseProjection::new));
        }
        layers.forEach(layer -> parameters.addAll(layer.parameters()));
        parameters.addAll(decoder.parameters());
        layers.forEach(layer -> layer.packing(packing::add));
        decoder.packing(packing::add);
        packedForForward = packing.size();
        layers.forEach(layer -> layer.packingTransposed(packing::add));
        decoder.packingTransposed(packing::add);
    }

    private Embedding newEmbedding(Map<String, int[]> shapes, Parameter output) {
        if (config.tied()) {
            return new Embedding(output, true);
        }
        Parameter weight = Parameter.create(ModelConfig.EMBEDDING_WEIGHT, shapes);
        parameters.add(weight);
        return new Embedding(weight, false);
    }

    private Projection.Factory tokens() {
        Embedding vectors = embedding;
        return vectors == null
                ? OneHotProjection::new
                : (weight, bias) -> new EmbeddedProjection(vectors, weight, bias);
    }

    /**
     * A new model: weights uniform in +-1/sqrt(H), those that a token chooses one column or row of, and sums nothing of, in +-1;
     * all vectors, biases and peepholes, zero; a query is the output itself, so that it finds what resembles it from the first
     * step on.
     *
     * <p>Measured on tinyshakespeare: with PyTorch's random biases, orthogonal recurrent weights or the customary forget bias of 1
     * (2 x 128, training loss after 600 steps) 2.08, 2.10 and 2.19 nats, where zero biases have 1.95. With tokens' weights in
     * +-1/sqrt(H) too (2 x 256, validation loss after 940 steps, two seeds) 1.65 and 1.82, where these have 1.55 and 1.54: the
     * first steps then learn how often letters are, with next to no gradient for the layers, and are too large for them.
     */
    public static LanguageModel initialized(ModelConfig config, long seed, Workers workers) {
        LanguageModel model = new LanguageModel(config, workers);
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, int[]> shapes = config.tensorShapes();
        for (Parameter parameter : model.parameters) {
            float[] values = parameter.value().data;
            double bound = config.isReadByToken(parameter.name()) ? 1 : 1 / Math.sqrt(config.hidden());
            boolean vector = Objects.requireNonNull(shapes.get(parameter.name())).length == 1;
            for (int i = 0; !vector && i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            if (parameter.name().equals(Attention.QUERY_WEIGHT)) {
                int size = parameter.value().getRowDim();
                for (int i = 0; i < values.length; i++) {
                    values[i] = i % (size + 1) == 0 ? 1 : 0;
                }
            }
        }
        return model;
    }

    /** The shape. */
    public ModelConfig config() {
        return config;
    }

    RecurrentLayer layer(int layer) {
        return layers.get(layer);
    }

    /** What is learnt: the embedding, where there is one, layer by layer, the output layer last. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** The threads that share a pass. */
    public Workers workers() {
        return workers;
    }

    /** How many numbers are learnt. */
    public long size() {
        return parameters.stream().mapToLong(Parameter::size).sum();
    }

    /** Says that parameters were changed from outside, so that packed copies are made anew. */
    public void weightsChanged() {
        packed = false;
        packedTransposed = false;
    }

    /** A window for reading, evaluating and sampling: no dropout, no gradients. */
    public Window newWindow(int streams, int steps) {
        return newWindow(streams, steps, false, 0, null);
    }

    /** A window for training that drops nothing, whatever the configuration says. */
    public Window newUndroppedWindow(int streams, int steps) {
        return newWindow(streams, steps, true, 0, null);
    }

    /** A window for training. */
    public Window newTrainingWindow(int streams, int steps) {
        if (config.weightDropout() > 0 && weightDropout == null) {
            List<RecurrentWeight> weights =
                    layers.stream().map(RecurrentLayer::recurrent).toList();
            weightDropout = new WeightDropout(weights, config.weightDropout(), config.hidden(), workers);
        }
        return newWindow(streams, steps, true, config.dropout(), weightDropout);
    }

    private Window newWindow(
            int streams, int steps, boolean training, float dropout, @Nullable WeightDropout dropping) {
        List<LayerWindow> windows = new ArrayList<>();
        for (RecurrentLayer layer : layers) {
            windows.add(
                    training
                            ? LayerWindow.forTraining(layer, streams, steps, dropout)
                            : LayerWindow.forReading(layer, streams, steps));
        }
        boolean step = steps == 1 && !training;
        int shards = step ? Math.max(1, Math.min(workers.count(), streams / STREAMS_OF_A_STEP)) : workers.count();
        return new Window(
                windows, embedding, attention, dropping, config.vocabulary(), streams, steps, training, shards);
    }

    private Passes passes(Window window) {
        if (passes == null || passes.window() != window) {
            passes = newPasses(window);
        }
        return passes;
    }

    private Passes newPasses(Window window) {
        Shard[] shards = window.shards();
        BackwardProgress progress = new BackwardProgress(workers, layers.size(), shards.length, window.steps());
        List<Consumer<Kernel>> gradients = window.training() ? newGradients(window, progress) : List.of();
        Workers.Task backward = (kernel, i) -> {
            if (i < shards.length) {
                backward(kernel, window, shards[i], progress);
            } else {
                gradients.get(i - shards.length).accept(kernel);
            }
        };
        return new Passes(
                window,
                shards.length,
                (kernel, i) -> forward(kernel, window, shards[i]),
                (kernel, i) -> loss(kernel, window, shards[i]),
                backward,
                (kernel, i) -> {
                    if (i < shards.length) {
                        loss(kernel, window, shards[i]);
                    }
                    backward.run(kernel, i);
                },
                progress,
                gradients.size());
    }

    /**
     * Reads the window's inputs: logits for every step, state carried on.
     *
     * @throws OverflowException where the largest logit of a step is not finite
     */
    public void forward(Window window) {
        begin(window);
        workers.run(passes(window).shards(), passes(window).forward());
        float[] logits = window.logits().data;
        for (int from = 0; from < logits.length; from += config.vocabulary()) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + config.vocabulary(); i++) {
                largest = Math.max(largest, logits[i]); // NaN, where there is one
            }
            if (!Float.isFinite(largest)) {
                throw new OverflowException();
            }
        }
    }

    private void forward(Kernel kernel, Window window, Shard shard) {
        window.begin(shard);
        for (int l = 0; l < layers.size(); l++) {
            LayerWindow layer = window.layer(l);
            layers.get(l).forward(kernel, window.input(l), layer, shard, going);
            layer.drop(kernel, layerKey(window.dropoutKey(), l), shard);
        }
        decoder.forward(kernel, window.input(layers.size()), window.logits(), shard);
    }

    static long layerKey(long key, int layer) {
        return key ^ (layer + 1) * 0xd1342543de82ef95L;
    }

    /**
     * Reads the window's inputs, and finds the losses of its targets.
     *
     * @throws OverflowException where one is not finite
     */
    public void losses(Window window) {
        if (!Double.isFinite(loss(window))) {
            throw new OverflowException();
        }
    }

    /** Reads the window's inputs and returns the mean cross-entropy of its targets in nats; not a finite one, where a logit is none. */
    public double loss(Window window) {
        begin(window);
        workers.run(passes(window).shards(), passes(window).loss());
        return meanLoss(window);
    }

    private static double meanLoss(Window window) {
        double sum = 0;
        for (float loss : window.losses()) {
            sum += loss;
        }
        return sum / window.losses().length;
    }

    /** After {@link #loss} of a training window: the gradient of that mean by every parameter. */
    public void backward(Window window) {
        requireTraining(window);
        backward(passes(window), passes(window).backward());
    }

    /** {@link #loss} and {@link #backward} at once, so that no worker waits for the others between its two passes. */
    public double lossAndGradients(Window window) {
        requireTraining(window);
        begin(window);
        backward(passes(window), passes(window).lossAndBackward());
        return meanLoss(window);
    }

    private static void requireTraining(Window window) {
        if (!window.training()) {
            throw new IllegalStateException("expected a window for training");
        }
    }

    /** Runs such a pass, and finishes what only the sums of all shards can. */
    private void backward(Passes passes, Workers.Task task) {
        passes.progress().begin();
        workers.run(passes.shards() + passes.parts(), task);
        WeightDropout dropped = passes.window().weightDropout();
        if (dropped != null) {
            dropped.dropGradients();
        }
        if (embedding != null) {
            embedding.finishGradient(workers);
        }
    }

    private void loss(Kernel kernel, Window window, Shard shard) {
        forward(kernel, window, shard);
        float scale = window.training() ? 1f / window.losses().length : 0f;
        kernel.softmaxCrossEntropy(window.logits(), shard.all(), window.targets(), window.losses(), scale);
    }

    private void backward(Kernel kernel, Window window, Shard shard, BackwardProgress progress) {
        decoder.backward(kernel, window.logits(), window.input(layers.size()), shard);
        progress.leave(layers.size());
        for (int l = layers.size() - 1; l >= 0; l--) {
            LayerWindow layer = window.layer(l);
            layer.beginBackward(kernel, shard);
            layers.get(l).backward(kernel, window.input(l), layer, shard, progress.steps(l));
            progress.leave(l);
        }
    }

    /** The weights' gradients, last layer first: a worker that is done with its shard need not wait for the others' last steps. */
    private List<Consumer<Kernel>> newGradients(Window window, BackwardProgress progress) {
        List<Consumer<Kernel>> parts = new ArrayList<>();
        for (int l = layers.size(); l >= 0; l--) {
            int layer = l;
            Consumer<GradientTask> add = task -> parts.addAll(task.split(workers.count(), progress, layer));
            if (layer == layers.size()) {
                decoder.gradients(window.logits(), window.input(layer), List.of(), add);
            } else {
                layers.get(layer).gradients(window.input(layer), window.layer(layer), add);
            }
        }
        return parts;
    }

    /** Begins a pass: packs what it needs and what has not been packed since the weights changed. */
    private void begin(Window window) {
        window.beforePass();
        WeightDropout dropping = window.weightDropout();
        boolean drops = dropping != null;
        if (dropping != null) {
            dropping.drop(window.dropoutKey());
        }
        if (drops || packedDropped) {
            layers.forEach(layer -> layer.recurrent().packDropped(drops));
            weightsChanged();
        }
        packedDropped = drops;
        int first = packed ? packedForForward : 0;
        int end = window.training() && !packedTransposed ? packing.size() : packedForForward;
        if (first < end) {
            workers.run(end - first, (kernel, i) -> packing.get(first + i).accept(kernel));
            packed = true;
            packedTransposed |= window.training();
        }
    }

    /** Copies of all tensors under PyTorch's names; biases that PyTorch has twice are there, the second one zero. */
    public Map<String, R032Store> weights() {
        Map<String, R032Store> weights = new LinkedHashMap<>();
        Map<String, Parameter> known = new HashMap<>();
        parameters.forEach(p -> known.put(p.name(), p));
        config.tensorShapes().forEach((name, shape) -> {
            Parameter parameter = known.get(name);
            weights.put(name, parameter == null ? R032Store.FACTORY.make(shape[0], 1) : copy(parameter.value()));
        });
        return weights;
    }

    /**
     * Takes the values of tensors under PyTorch's names, with PyTorch's second biases added where they stand.
     *
     * @throws IllegalArgumentException where one is missing, unknown or of another shape; nothing is taken then
     */
    public void load(Map<String, R032Store> weights) {
        Map<String, Parameter> folded = new LinkedHashMap<>();
        layers.forEach(layer -> folded.putAll(layer.foldedBiases()));
        Map<String, R032Store> rest = new LinkedHashMap<>(weights);
        List<Assignment> first = new ArrayList<>();
        List<Assignment> second = new ArrayList<>();
        parameters.forEach(p -> first.add(Assignment.checked(p.name(), p, rest.remove(p.name()))));
        rest.forEach((name, matrix) -> second.add(Assignment.checked(name, folded.get(name), matrix)));
        first.forEach(a -> Parameter.copyOverlap(a.matrix, a.parameter.value()));
        second.forEach(Assignment::add);
        weightsChanged();
    }

    /** A tensor for a parameter, of the same shape. */
    private record Assignment(Parameter parameter, R032Store matrix) {

        static Assignment checked(String name, @Nullable Parameter parameter, @Nullable R032Store matrix) {
            if (matrix == null || parameter == null) {
                throw new IllegalArgumentException((matrix == null ? "missing" : "unknown") + " tensor " + name);
            }
            R032Store expected = parameter.value();
            if (matrix.getRowDim() != expected.getRowDim() || matrix.getColDim() != expected.getColDim()) {
                throw new IllegalArgumentException("the tensor " + name + " should be " + expected.getRowDim() + " x "
                        + expected.getColDim() + ", found " + matrix.getRowDim() + " x " + matrix.getColDim());
            }
            return new Assignment(parameter, matrix);
        }

        /**
         * Zeros are left out: adding one would turn a -0 into 0, and a resumed training must keep every bit. Two numbers from the end
         * of the float range stay a number.
         */
        void add() {
            float[] sum = parameter.value().data;
            for (int i = 0; i < sum.length; i++) {
                float both = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum[i] + matrix.data[i]));
                sum[i] = matrix.data[i] == 0 ? sum[i] : both;
            }
        }
    }

    private static R032Store copy(R032Store matrix) {
        R032Store copy = R032Store.FACTORY.make(matrix.getRowDim(), matrix.getColDim());
        System.arraycopy(matrix.data, 0, copy.data, 0, copy.data.length);
        return copy;
    }

    /**
     * Takes the values of a model of the same shape but a smaller vocabulary: the known tokens come first and get its
     * weights, the others keep theirs.
     *
     * @throws IllegalArgumentException as {@link #load}
     */
    public void loadExtended(Map<String, R032Store> weights) {
        R032Store output = weights.get(ModelConfig.DECODER_WEIGHT);
        int known = output == null ? config.vocabulary() : output.getRowDim();
        if (known > config.vocabulary()) {
            throw new IllegalArgumentException(
                    "the tensors are of " + known + " symbols, the model knows " + config.vocabulary());
        }
        LanguageModel smaller = new LanguageModel(config.withVocabulary(known), workers);
        smaller.load(weights);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter.copyOverlap(
                    smaller.parameters.get(i).value(), parameters.get(i).value());
        }
        weightsChanged();
    }
}
