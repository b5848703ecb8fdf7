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
     * @param next the same, one step further on
     * @param steps their columns in the scores
     * @param ofValues the gradient of weights times memory, by the memory
     * @param ofKeys the gradient of memory times queries, by the memory
     */
    record Block(
            int memory,
            Columns outputs,
            Columns columns,
            Columns next,
            Columns steps,
            List<WeightGradient> ofValues,
            List<WeightGradient> ofKeys) {}

    private final int width;
    private final int streams;
    private final int steps;
    private final int hidden;
    private final R032Store rawQueries;
    private final R032Store queries;
    private final R032Store gates;
    private final R032Store added;
    private final LayerInput.Hidden context;
    private final LayerInput.Hidden output;
    private final R032Store memory;
    private final R032Store keys;
    private final R032Store weights;
    private final @Nullable R032Store dMemory;
    private final @Nullable R032Store dKeys;
    private final @Nullable R032Store dScores;
    private final Part[] parts;

    AttentionWindow(int hidden, int width, int streams, int steps, Shard[] shards, boolean training) {
        this.hidden = hidden;
        this.width = width;
        this.streams = streams;
        this.steps = steps;
        int columns = Math.multiplyExact(streams, steps);
        rawQueries = LayerWindow.matrix(hidden, columns);
        queries = LayerWindow.matrix(hidden, columns);
        gates = LayerWindow.matrix(hidden, columns);
        added = LayerWindow.matrix(hidden, columns);
        context = LayerInput.Hidden.ofColumns(hidden, columns, training);
        output = LayerInput.Hidden.ofColumns(hidden, columns, training);
        int remembered = Math.multiplyExact(streams, remembered());
        int scored = Math.multiplyExact(streams, wholeBlocks());
        memory = LayerWindow.matrix(hidden, remembered);
        keys = LayerWindow.matrix(hidden, remembered);
        weights = LayerWindow.matrix(seen(), scored);
        dMemory = training ? LayerWindow.matrix(hidden, remembered) : null;
        dKeys = training ? LayerWindow.matrix(hidden, remembered) : null;
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

    /** H x T*B, of any length. */
    R032Store rawQueries() {
        return rawQueries;
    }

    /** H x T*B, all of one length; after a backward pass the gradient by the raw ones. */
    R032Store queries() {
        return queries;
    }

    /** H x T*B; after a backward pass the gradient. */
    R032Store gates() {
        return gates;
    }

    /** H x T*B: what goes through the gates, likewise. */
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

    /** The memory, all of one length. */
    R032Store keys() {
        return keys;
    }

    /** The gradient by the memory. */
    R032Store dMemory() {
        return Objects.requireNonNull(dMemory);
    }

    /** The gradient by the keys. */
    R032Store dKeys() {
        return Objects.requireNonNull(dKeys);
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
    void remember(Kernel kernel, LayerInput.Hidden x, Shard shard) {
        Part part = part(shard);
        int streamFloats = remembered() * hidden;
        for (int i = 0; i < shard.step(0).width(); i++) {
            int at = (shard.step(0).first() + i) * streamFloats;
            System.arraycopy(memory.data, at + steps * hidden, memory.data, at, width * hidden);
            System.arraycopy(keys.data, at + steps * hidden, keys.data, at, width * hidden);
        }
        for (Block block : part.blocks) {
            kernel.fill(Addend.ZERO, memory, block.outputs);
            kernel.addColumns(x.values(), x.shift() == 0 ? block.columns : block.next, memory, block.outputs);
        }
        if (part.keysAreKnown) {
            for (Block block : part.blocks) {
                kernel.normalizeColumns(memory, block.outputs, 1, keys, block.outputs);
            }
        } else {
            kernel.normalizeColumns(memory, part.memory, 1, keys, part.memory);
            part.keysAreKnown = true;
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
        Arrays.fill(keys.data, 0f);
    }

    /** Takes up such a state. */
    void restore(R032Store state) {
        int floats = width * hidden;
        for (int b = 0; b < streams; b++) {
            System.arraycopy(state.data, b * floats, memory.data, behind(b), floats);
        }
        for (Part part : parts) {
            part.keysAreKnown = false;
        }
    }

    private int behind(int stream) {
        return (stream * remembered() + steps) * hidden;
    }

    /** The blocks of a shard's streams, and room for what they need one after the other. */
    final class Part {
        private final List<Block> blocks = new ArrayList<>();
        private final Columns memory;
        private boolean keysAreKnown = true;
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
            Columns columns = new Columns(step * streams + stream, 1, streams, count);
            return new Block(
                    oldest,
                    Columns.range(oldest + width, count),
                    columns,
                    columns.shifted(streams),
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

        /** As many columns of a memory as a block sees, H x (N+31). */
        PackedMatrix packed(Kernel kernel, R032Store columns, int first) {
            if (packed == null) {
                packed = kernel.newPacked(hidden, seen());
            }
            kernel.pack(columns, first, packed);
            return packed;
        }

        /** The same, transposed. */
        PackedMatrix transposed(Kernel kernel, R032Store columns, int first) {
            if (transposed == null) {
                transposed = kernel.newPacked(seen(), hidden);
            }
            kernel.packTransposed(columns, first, transposed);
            return transposed;
        }

        /** Adds the products of a block's columns of dY and its weights or scores to a gradient, from this column on. */
        void addGradient(
                Kernel kernel,
                R032Store dYs,
                Block block,
                List<WeightGradient> ofBlock,
                R032Store gradient,
                int first) {
            // Columns that a short block has not are multiplied with zeros, but might hold a NaN.
            kernel.fill(Addend.ZERO, dY, ALL);
            kernel.addColumns(
                    dYs, block.columns(), dY, Columns.range(0, block.columns().count()));
            kernel.weightGradients(dY, ofBlock, dBias, 0, hidden);
            kernel.addColumns(dBlock, Columns.range(0, seen()), gradient, Columns.range(first, seen()));
        }
    }
}
