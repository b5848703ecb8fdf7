package lstm.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ojalgo.matrix.store.R032Store;

/**
 * What a model remembers of its streams between windows: H x B matrices by name, "h_l0", "c_l0", "h_l1", ..., where a cell
 * without a cell state has no "c"; and what attention remembers, the last N outputs of every stream, "memory", H x N*B, stream by
 * stream, from the oldest to the last
 *
 * @param matrices in the order of the layers
 */
public record RecurrentState(Map<String, R032Store> matrices) {

    /** The letters of a layer's states, in the order of {@link LayerWindow#states}. */
    static final List<String> LETTERS = List.of("h", "c");

    static final String MEMORY = "memory";

    /** B. */
    public int streams() {
        return Math.toIntExact(matrices.values().iterator().next().getColDim());
    }

    /** A copy of the state of one stream alone. */
    public RecurrentState stream(int index) {
        Map<String, R032Store> one = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> {
            int size = matrix.data.length / streams();
            R032Store part = R032Store.FACTORY.make(matrix.getRowDim(), matrix.getColDim() / streams());
            System.arraycopy(matrix.data, index * size, part.data, 0, size);
            one.put(name, part);
        });
        return new RecurrentState(one);
    }

    /** A copy of the states of streams, each alone, side by side. */
    public static RecurrentState of(List<RecurrentState> streams) {
        Map<String, R032Store> all = new LinkedHashMap<>();
        streams.get(0).matrices.forEach((name, first) -> {
            R032Store joined = R032Store.FACTORY.make(first.getRowDim(), first.getColDim() * streams.size());
            for (int i = 0; i < streams.size(); i++) {
                float[] part = Objects.requireNonNull(streams.get(i).matrices.get(name)).data;
                System.arraycopy(part, 0, joined.data, i * part.length, part.length);
            }
            all.put(name, joined);
        });
        return new RecurrentState(all);
    }

    static String name(int layer, int state) {
        return LETTERS.get(state) + "_l" + layer;
    }
}
