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

    /** Windows that follow each other in a memory, for which streams keep what is packed of it. */
    private static final int WORTH_PACKING = 8;

    /** Bytes of a tensor in a checkpoint. */
    private static final long MOST_STATE = Integer.MAX_VALUE - 64;

    private static final Columns ALL = Columns.range(0, BLOCK);

    /**
     * Neighbouring steps of a stream. Each sees N rows of its column of scores, one further on than the step before; row j is the
     * score of the j-th of the keys, and asks for the j-th of the values, the output behind it.
     *
     * @param stream of the shard that they are of
     * @param band column of scores whose N rows would be the first: another stream's, or none at all, where it is not a step's
     * @param outputs the steps' own columns in the memory
     * @param columns of the steps in the matrices of a layer's kind
     * @param next the same, one step further on
     * @param ofBlock as many columns, the first ones
     * @param steps their columns in the scores
     * @param keys columns of the keys
     * @param values columns of the memory
     * @param ofValues the gradient of weights times memory, by the memory
     * @param ofKeys the gradient of memory times queries, by the memory
     */
    record Block(
            int stream,
            int band,
            Columns outputs,
            Columns columns,
            Columns next,
            Columns ofBlock,
            Columns steps,
            Packing keys,
            Packing values,
            List<WeightGradient> ofValues,
            List<WeightGradient> ofKeys) {}

    /**
     * Columns to be packed.
     *
     * @param all of a block
     * @param added those that a window brings to a memory that was packed before; null where there are none
     */
    record Packing(Columns all, @Nullable Columns added) {}

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
    /** The state before the last pass of a training. */
    private final @Nullable R032Store before;

    private final @Nullable R032Store dMemory;
    private final @Nullable R032Store dKeys;
    private final @Nullable R032Store dScores;
    private final Part[] parts;

    AttentionWindow(int hidden, int width, int streams, int steps, Shard[] shards, boolean training) {
        this.hidden = hidden;
        this.width = width;
        this.streams = streams;
        this.steps = steps;
        long columns = (long) streams * steps;
        rawQueries = LayerWindow.matrix(hidden, columns);
        queries = LayerWindow.matrix(hidden, columns);
        gates = LayerWindow.matrix(hidden, columns);
        added = LayerWindow.matrix(hidden, columns);
        context = LayerInput.Hidden.ofColumns(hidden, columns, training);
        output = LayerInput.Hidden.ofColumns(hidden, columns, training);
        if (4L * hidden * width * streams > MOST_STATE) {
            throw new IllegalArgumentException("a memory of " + width + " outputs for each of " + streams
                    + " streams is too large for a checkpoint; take a smaller --attention or --batch");
        }
        long remembered = (long) streams * remembered();
        long scored = training ? (long) streams * wholeBlocks() : (long) shards.length * BLOCK;
        memory = LayerWindow.matrix(hidden, remembered);
        keys = LayerWindow.matrix(hidden, remembered);
        weights = LayerWindow.matrix(seen(), scored);
        before = training ? LayerWindow.matrix(hidden, (long) width * streams) : null;
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
        return (steps + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Columns of a stream in the memory. */
    private int remembered() {
        return width + wholeBlocks();
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

    /** (N+31) x columns: of every step of a training, stream by stream; of one block after the other while reading. */
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

    /** Adds the outputs of a window to the shard's memory; where it is full, all but the last N are forgotten first. */
    void remember(Kernel kernel, LayerInput.Hidden x, Shard shard) {
        Part part = part(shard);
        if (part.next + steps > wholeBlocks()) {
            for (int b = shard.step(0).first(); b < shard.step(0).end(); b++) {
                int oldest = b * remembered() * hidden;
                System.arraycopy(memory.data, oldest + part.next * hidden, memory.data, oldest, width * hidden);
            }
            part.begin();
        }
        part.place = part.next;
        part.next += steps;
        for (Block block : part.blocks()) {
            kernel.copyColumns(x.values(), x.shift() == 0 ? block.columns : block.next, memory, block.outputs);
            if (part.isKnown) {
                kernel.normalizeColumns(memory, block.outputs, 1, keys, block.outputs);
            }
        }
        if (!part.isKnown) {
            kernel.normalizeColumns(memory, part.memory, 1, keys, part.memory);
        }
    }

    /** The last N outputs after so many steps of the window, H x B*N. */
    R032Store state(int read) {
        R032Store state = LayerWindow.matrix(hidden, (long) width * streams);
        copyState(read, state);
        return state;
    }

    private void copyState(int read, R032Store state) {
        int floats = width * hidden;
        for (int b = 0; b < streams; b++) {
            System.arraycopy(memory.data, behind(b) - (steps - read) * hidden, state.data, b * floats, floats);
        }
    }

    /** Before a pass: keeps what a training needs to go back. */
    void beforePass() {
        if (before != null) {
            copyState(steps, before);
        }
    }

    /** Makes the last pass of a training never have been. */
    void goBack() {
        restore(Objects.requireNonNull(before));
    }

    /** Forgets all outputs: the next pass begins with zeros. */
    void resetState() {
        // All of it: a weight of 0 would make a NaN of one that an unfilled column still held.
        Arrays.fill(memory.data, 0f);
        for (Part part : parts) {
            part.begin();
        }
    }

    /** Takes up such a state. */
    void restore(R032Store state) {
        resetState();
        int floats = width * hidden;
        for (int b = 0; b < streams; b++) {
            System.arraycopy(state.data, b * floats, memory.data, behind(b), floats);
        }
    }

    private int behind(int stream) {
        return (stream * remembered() + parts[0].next) * hidden;
    }

    /** The blocks of a shard's streams, and room for what they need one after the other. */
    final class Part {
        /** By the window's place in the memory: short windows follow each other there, until it is full. */
        private final List<List<Block>> blocks = new ArrayList<>();

        private final Columns memory;
        private final R032Store dY;
        private final R032Store dBlock;
        private final Columns seen = Columns.range(0, seen());
        private final R032Store dBias = LayerWindow.matrix(hidden, 1);
        /** For one block after the other; one for each stream where windows are so short that only a part is packed anew. */
        private final PackedMatrix[] packed;

        private final PackedMatrix[] transposed;
        private int place;
        private int next;
        private boolean isKnown;

        private Part(Shard shard) {
            boolean training = dScores != null;
            dY = LayerWindow.matrix(hidden, training ? BLOCK : 1);
            dBlock = LayerWindow.matrix(hidden, training ? seen() : 1);
            int from = shard.step(0).first();
            int to = shard.step(0).end();
            memory = Columns.range(from * remembered(), (to - from) * remembered());
            for (int place = 0; place + steps <= wholeBlocks(); place += steps) {
                List<Block> window = new ArrayList<>();
                for (int b = from; b < to; b++) {
                    for (int t = 0; t < steps; t += BLOCK) {
                        int score = training ? b * wholeBlocks() + t : shard.index() * BLOCK;
                        window.add(block(b, b - from, place, t, score));
                    }
                }
                blocks.add(window);
            }
            int matrices = packsParts() ? to - from : 1;
            packed = new PackedMatrix[matrices];
            transposed = new PackedMatrix[matrices];
        }

        private boolean packsParts() {
            return dScores == null && blocks.size() >= WORTH_PACKING;
        }

        /** From here on the memory begins with the N outputs before the next window, and nothing that was made of it stands. */
        private void begin() {
            next = 0;
            isKnown = false;
        }

        /** Keys and what was packed are those of the memory now. */
        void known() {
            isKnown = true;
        }

        /** A window of several blocks has one place only, the first. */
        private Block block(int stream, int ofShard, int place, int step, int score) {
            int count = Math.min(BLOCK, steps - step);
            int oldest = stream * remembered() + step;
            Columns columns = new Columns(step * streams + stream, 1, streams, count);
            Columns outputs = Columns.range(oldest + place + width, count);
            // The last output of a full memory is nobody's key.
            int newKeys = Math.min(count, seen() - place - width);
            Columns addedKeys = newKeys > 0 ? Columns.range(outputs.first(), newKeys) : null;
            return new Block(
                    ofShard,
                    score - place,
                    outputs,
                    columns,
                    columns.shifted(streams),
                    Columns.range(0, count),
                    Columns.range(score, count),
                    new Packing(Columns.range(oldest, seen()), addedKeys),
                    new Packing(Columns.range(oldest + 1, seen()), outputs),
                    dScores == null ? List.of() : List.of(new WeightGradient(weights, score, dBlock)),
                    dScores == null ? List.of() : List.of(new WeightGradient(dScores, score, dBlock)));
        }

        /** Those of the window that was read last. */
        List<Block> blocks() {
            return blocks.get(place / steps);
        }

        /** The streams' columns of the memory. */
        Columns memory() {
            return memory;
        }

        /** What is not packed yet of a block's columns. */
        private @Nullable Columns stale(Packing packing) {
            return packsParts() && isKnown ? packing.added : packing.all;
        }

        /** The columns of a memory that a block sees, H x (N+31), on the way forward. */
        PackedMatrix packed(Kernel kernel, R032Store columns, Packing packing, Block block) {
            int i = packsParts() ? block.stream : 0;
            if (packed[i] == null) {
                packed[i] = kernel.newPacked(hidden, seen());
            }
            Columns stale = stale(packing);
            if (stale != null) {
                kernel.pack(columns, stale, packed[i], stale.first() - packing.all.first());
            }
            return packed[i];
        }

        /** The same, transposed. */
        PackedMatrix transposed(Kernel kernel, R032Store columns, Packing packing, Block block) {
            int i = packsParts() ? block.stream : 0;
            if (transposed[i] == null) {
                transposed[i] = kernel.newPacked(seen(), hidden);
            }
            Columns stale = stale(packing);
            if (stale != null) {
                kernel.packTransposed(columns, stale, transposed[i], stale.first() - packing.all.first());
            }
            return transposed[i];
        }

        /** Adds the products of a block's columns of dY and its weights or scores to these columns of a gradient. */
        void addGradient(
                Kernel kernel,
                R032Store dYs,
                Block block,
                List<WeightGradient> ofBlock,
                R032Store gradient,
                Columns into) {
            // Columns that a short block has not are multiplied with zeros, but might hold a NaN.
            kernel.fill(Addend.ZERO, dY, ALL);
            kernel.copyColumns(dYs, block.columns(), dY, block.ofBlock());
            kernel.weightGradients(dY, ALL, ofBlock, dBias, 0, hidden);
            kernel.addColumns(dBlock, seen, gradient, into);
        }
    }
}
