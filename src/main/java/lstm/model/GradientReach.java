package lstm.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import java.util.stream.LongStream;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.Workers;
import org.ojalgo.matrix.store.R032Store;

/**
 * How far back the gradient reaches: the norm of the derivative of the top layer's output by a layer's output k steps before,
 * for every k, its cell state held fixed (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994). What attention looks up takes
 * another way, above the layers.
 *
 * <p>The Frobenius norm, divided by the square root of H: 1 for the derivative of an output by itself. Rows of the derivative are
 * streams of a window: all streams read the same text, and each asks for the gradient of another unit. Of the random signs
 * that are asked for where there are more units than streams, the expected square is the same (Hutchinson, 1990).
 */
public final class GradientReach {

    /** The most units, or vectors of signs, that are asked for at a place of the text. */
    private static final int MOST_STREAMS = 32;

    /** Tokens that are read before the first of which the derivative is taken, for the memory not to be empty. */
    private static final int WARM_UP = 200;

    private final LanguageModel model;
    private final int lags;
    private final int hidden;
    private final Window reader;
    private final Window window;
    private final double[][] squares;
    private final double[][][] ofStreams;
    private long positions;

    /** For lags from 0 to this one. */
    public GradientReach(LanguageModel model, int lags) {
        ModelConfig config = model.config().withDropout(0, 0).withAttention(0);
        this.model = new LanguageModel(config, model.workers());
        Map<String, R032Store> weights = model.weights();
        weights.keySet().retainAll(config.tensorShapes().keySet());
        this.model.load(weights);
        this.lags = lags;
        hidden = model.config().hidden();
        int streams = Math.min(hidden, MOST_STREAMS);
        reader = this.model.newWindow(1, 1);
        window = this.model.newTrainingWindow(streams, lags + 1);
        squares = new double[model.config().layers()][lags + 1];
        ofStreams = new double[model.config().layers()][lags + 1][streams];
    }

    /**
     * Reads a text from an empty memory, and takes the derivatives at its last token into account.
     *
     * @param tokens more than there are lags
     */
    public void add(int[] tokens) {
        int begin = tokens.length - lags - 1;
        if (begin < 0) {
            throw new IllegalArgumentException("expected more than " + lags + " tokens, found " + tokens.length);
        }
        reader.resetState();
        for (int i = 0; i < begin; i++) {
            reader.inputs()[0] = tokens[i];
            model.forward(reader);
        }
        RecurrentState before = repeated(reader.state(), window.streams());
        for (int t = 0; t <= lags; t++) {
            Arrays.fill(window.inputs(), t * window.streams(), (t + 1) * window.streams(), tokens[begin + t]);
        }
        window.restore(before);
        model.forward(window);
        backward();
        positions++;
    }

    /**
     * Takes places of a text into account that part it evenly, the last one its end.
     *
     * @param tokens more than there are lags
     */
    public void add(LongToIntFunction tokens, long size, int places) {
        long first = lags + 1L;
        for (int place = 1; place <= places; place++) {
            long end = first + (size - first) * place / places;
            long begin = Math.max(0, end - first - WARM_UP);
            add(LongStream.range(begin, end).mapToInt(tokens).toArray());
        }
    }

    private static RecurrentState repeated(RecurrentState one, int streams) {
        Map<String, R032Store> matrices = new LinkedHashMap<>();
        one.matrices().forEach((name, column) -> {
            R032Store all = R032Store.FACTORY.make(column.getRowDim(), streams);
            for (int b = 0; b < streams; b++) {
                System.arraycopy(column.data, 0, all.data, b * column.data.length, column.data.length);
            }
            matrices.put(name, all);
        });
        return new RecurrentState(matrices);
    }

    private void backward() {
        int top = squares.length - 1;
        for (int l = 0; l <= top; l++) {
            Arrays.fill(dHidden(l).data, 0f);
        }
        seed(dHidden(top));
        Workers workers = model.workers();
        Shard[] shards = window.shards();
        workers.run(shards.length, (kernel, i) -> backward(kernel, shards[i]));
        double streams = window.streams();
        for (int l = 0; l <= top; l++) {
            for (int lag = 0; lag <= lags; lag++) {
                squares[l][lag] += Arrays.stream(ofStreams[l][lag]).sum() / streams;
            }
        }
    }

    /** The gradient by the last output of what each stream asks for: a unit of its own, or signs. */
    private void seed(R032Store dHidden) {
        int streams = window.streams();
        SplittableRandom random = new SplittableRandom(positions);
        for (int b = 0; b < streams; b++) {
            int column = (lags * streams + b) * hidden;
            for (int r = 0; r < hidden; r++) {
                float sign = random.nextBoolean() ? 1 : -1;
                dHidden.data[column + r] = streams < hidden ? sign : r == b ? (float) Math.sqrt(hidden) : 0;
            }
        }
    }

    private void backward(Kernel kernel, Shard shard) {
        for (int l = squares.length - 1; l >= 0; l--) {
            int layer = l;
            LayerWindow layerWindow = window.layer(l);
            layerWindow.beginBackward(kernel, shard);
            model.layer(l).backward(kernel, window.input(l), layerWindow, shard, t -> note(layer, t - 1, shard));
        }
    }

    /** The gradient by the output of step t is complete. */
    private void note(int layer, int t, Shard shard) {
        LayerWindow.Training d = window.layer(layer).training();
        boolean carried = window.layer(layer).cell().carriesHidden();
        Columns columns = shard.step(t);
        for (int j = 0; j < columns.count(); j++) {
            int stream = columns.at(j) % window.streams();
            double sum = 0;
            for (int r = 0; r < hidden; r++) {
                double element = d.gradients().dHidden().data[columns.at(j) * hidden + r];
                if (carried) {
                    element += d.gradients().dCarried().data[stream * hidden + r];
                }
                sum += element * element;
            }
            ofStreams[layer][lags - t][stream] = sum;
        }
    }

    private R032Store dHidden(int layer) {
        return window.layer(layer).training().gradients().dHidden();
    }

    /** By layer and lag: the root of the mean square over what was added. */
    public double[][] norms() {
        double[][] norms = new double[squares.length][lags + 1];
        for (int l = 0; l < squares.length; l++) {
            for (int lag = 0; lag <= lags; lag++) {
                norms[l][lag] = Math.sqrt(squares[l][lag] / hidden / Math.max(1, positions));
            }
        }
        return norms;
    }
}
