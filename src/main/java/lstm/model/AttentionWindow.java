package lstm.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import lstm.kernel.Addend;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.PackedMatrix;
import lstm.kernel.WeightGradient;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * The activations of an {@link Attention} in a window of T steps x B streams, allocated once.
 *
 * <p>In the matrices of a layer's kind step t of stream b stands in column t*B + b. The memory and the scores are kept stream by
 * stream: a stream's part of the memory holds the N outputs before the window, and the window's.
 */
final class AttentionWindow {

    /** Steps whose scores are one product: of their queries with all the outputs that any of them sees. */
    private static final int BLOCK = 32;

    private static final Columns ALL = Columns.range(0, BLOCK);

    /**
     * Neighbouring steps of a stream. The i-th of them sees the rows i..i+N of its column of scores; row j is the memory's column
     * {@code memory + j}.
     *
     * @param memory column of the memory that is the first one's oldest
     * @param outputs the steps' own columns in it
     * @param columns of the steps in the matrices of a layer's kind
     * @param steps their columns in the scores
     * @param ofValues the gradient of weights times memory, by the memory
     * @param ofKeys the gradient of memory times queries, by the memory
     */
    record Block(
            int memory,
            Columns outputs,
            Columns columns,
            Columns steps,
            List<WeightGradient> ofValues,
            List<WeightGradient> ofKeys) {}

    private final int width;
    private final int streams;
    private final int steps;
    private final int hidden;
    private final R032Store queries;
    private final R032Store gates;
    private final R032Store added;
    private final LayerInput.Hidden context;
    private final LayerInput.Hidden output;
    private final R032Store memory;
    private final R032Store weights;
    private final @Nullable R032Store dMemory;
    private final @Nullable R032Store dScores;
    private final Part[] parts;

    AttentionWindow(int hidden, int width, int streams, int steps, Shard[] shards, boolean training) {
        this.hidden = hidden;
        this.width = width;
        this.streams = streams;
        this.steps = steps;
        int columns = Math.multiplyExact(streams, steps);
        queries = LayerWindow.matrix(hidden, columns);
        gates = LayerWindow.matrix(hidden, columns);
        added = LayerWindow.matrix(hidden, columns);
        context = LayerInput.Hidden.ofColumns(hidden, columns, training);
        output = LayerInput.Hidden.ofColumns(hidden, columns, training);
        int remembered = Math.multiplyExact(streams, remembered());
        int scored = Math.multiplyExact(streams, wholeBlocks());
        memory = LayerWindow.matrix(hidden, remembered);
        weights = LayerWindow.matrix(seen(), scored);
        dMemory = training ? LayerWindow.matrix(hidden, remembered) : null;
        dScores = training ? LayerWindow.matrix(seen(), scored) : null;
        parts = new Part[shards.length];
        for (Shard shard : shards) {
            parts[shard.index()] = new Part(shard);
        }
    }

    /** N. */
    int width() {
        return width;
    }

    /** H. */
    int hidden() {
        return hidden;
    }

    /** T, rounded up to whole blocks. */
    private int wholeBlocks() {
        return Math.multiplyExact((steps + BLOCK - 1) / BLOCK, BLOCK);
    }

    /** Columns of a stream in the memory. */
    private int remembered() {
        return Math.addExact(width, wholeBlocks());
    }

    /** Outputs that any step of a block sees. */
    private int seen() {
        return width + BLOCK - 1;
    }

    /** H x T*B; after a backward pass the gradient, as with all that follow. */
    R032Store queries() {
        return queries;
    }

    /** H x T*B. */
    R032Store gates() {
        return gates;
    }

    /** H x T*B: what goes through the gates. */
    R032Store added() {
        return added;
    }

    /** H x T*B: what the queries found. */
    LayerInput.Hidden context() {
        return context;
    }

    /** H x T*B: what the output layer reads. */
    LayerInput.Hidden output() {
        return output;
    }

    /** H x B*(N+T), perhaps some columns more to each stream. */
    R032Store memory() {
        return memory;
    }

    /** The gradient by the memory. */
    R032Store dMemory() {
        return Objects.requireNonNull(dMemory);
    }

    /** (N+31) x B*T, likewise. */
    R032Store weights() {
        return weights;
    }

    /** The gradient by the scores. */
    R032Store dScores() {
        return Objects.requireNonNull(dScores);
    }

    /** What a shard's blocks need. */
    Part part(Shard shard) {
        return parts[shard.index()];
    }

    /** Moves on the shard's memory behind the last window, and adds the outputs of this one. */
    void remember(LayerInput.Hidden x, Shard shard) {
        Columns outputs = x.columns(shard);
        float[] all = memory.data;
        for (int i = 0; i < shard.step(0).width(); i++) {
            int at = (shard.step(0).first() + i) * remembered() * hidden;
            System.arraycopy(all, at + steps * hidden, all, at, width * hidden);
            for (int t = 0; t < steps; t++) {
                int from = outputs.at(t * outputs.width() + i) * hidden;
                System.arraycopy(x.values().data, from, all, at + (width + t) * hidden, hidden);
            }
        }
    }

    /** The N outputs behind the window, H x B*N. */
    R032Store state() {
        R032Store state = LayerWindow.matrix(hidden, Math.multiplyExact(width, streams));
        int floats = width * hidden;
        for (int b = 0; b < streams; b++) {
            System.arraycopy(memory.data, behind(b), state.data, b * floats, floats);
        }
        return state;
    }

    /** Forgets all outputs: the next pass begins with zeros. */
    void resetState() {
        Arrays.fill(memory.data, 0f);
    }

    /** Takes up such a state. */
    void restore(R032Store state) {
        int floats = width * hidden;
        for (int b = 0; b < streams; b++) {
            System.arraycopy(state.data, b * floats, memory.data, behind(b), floats);
        }
    }

    private int behind(int stream) {
        return (stream * remembered() + steps) * hidden;
    }

    /** The blocks of a shard's streams, and room for what they need one after the other. */
    final class Part {
        private final List<Block> blocks = new ArrayList<>();
        private final Columns memory;
        private final R032Store dY = LayerWindow.matrix(hidden, BLOCK);
        private final R032Store dBlock = LayerWindow.matrix(hidden, seen());
        private final R032Store dBias = LayerWindow.matrix(hidden, 1);
        private @Nullable PackedMatrix packed;
        private @Nullable PackedMatrix transposed;

        private Part(Shard shard) {
            int from = shard.step(0).first();
            int to = shard.step(0).end();
            memory = Columns.range(from * remembered(), (to - from) * remembered());
            for (int b = from; b < to; b++) {
                for (int t = 0; t < steps; t += BLOCK) {
                    blocks.add(block(b, t, Math.min(BLOCK, steps - t)));
                }
            }
        }

        private Block block(int stream, int step, int count) {
            int oldest = stream * remembered() + step;
            int score = stream * wholeBlocks() + step;
            return new Block(
                    oldest,
                    Columns.range(oldest + width, count),
                    new Columns(step * streams + stream, 1, streams, count),
                    Columns.range(score, count),
                    dScores == null ? List.of() : List.of(new WeightGradient(weights, score, dBlock)),
                    dScores == null ? List.of() : List.of(new WeightGradient(dScores, score, dBlock)));
        }

        List<Block> blocks() {
            return blocks;
        }

        /** The streams' columns of the memory. */
        Columns memory() {
            return memory;
        }

        /** What a block's steps see, one column behind the other: H x (N+31). */
        PackedMatrix packed(Kernel kernel, int firstColumn) {
            if (packed == null) {
                packed = kernel.newPacked(hidden, seen());
            }
            kernel.pack(AttentionWindow.this.memory, firstColumn, packed);
            return packed;
        }

        /** The same, transposed. */
        PackedMatrix transposed(Kernel kernel, int firstColumn) {
            if (transposed == null) {
                transposed = kernel.newPacked(seen(), hidden);
            }
            kernel.packTransposed(AttentionWindow.this.memory, firstColumn, transposed);
            return transposed;
        }

        /** Adds the products of a block's columns of dY and its weights or scores to the memory's gradient. */
        void addGradient(Kernel kernel, R032Store dYs, Block block, List<WeightGradient> ofBlock, int firstColumn) {
            // Columns that a short block has not are multiplied with zeros, but might hold a NaN.
            kernel.fill(Addend.ZERO, dY, ALL);
            kernel.addColumns(
                    dYs, block.columns(), dY, Columns.range(0, block.columns().count()));
            kernel.weightGradients(dY, ofBlock, dBias, 0, hidden);
            kernel.addColumns(dBlock, Columns.range(0, seen()), dMemory(), Columns.range(firstColumn, seen()));
        }
    }
}
