package lstm.model;

import java.util.List;
import java.util.Map;
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

    static String name(int layer, int state) {
        return LETTERS.get(state) + "_l" + layer;
    }
}
