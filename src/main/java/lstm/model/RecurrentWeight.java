package lstm.model;

import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * The weight of a layer's own last output, of which a training may drop elements for the length of a window: the same in every
 * step of every stream (Merity, Keskar and Socher, 2018, after Wan et al., 2013).
 */
final class RecurrentWeight {

    private record Dropped(R032Store mask, R032Store product) {}

    private final Parameter parameter;
    private final PackedWeight packed;
    private @Nullable Dropped dropped;

    RecurrentWeight(Parameter parameter) {
        this.parameter = parameter;
        packed = new PackedWeight(parameter.value());
    }

    Parameter parameter() {
        return parameter;
    }

    PackedWeight packed() {
        return packed;
    }

    /** Makes room for what is dropped. */
    void prepareDropping() {
        if (dropped == null) {
            int rows = parameter.value().getRowDim();
            int columns = parameter.value().getColDim();
            dropped = new Dropped(LayerWindow.matrix(rows, columns), LayerWindow.matrix(rows, columns));
        }
    }

    /** Drops a share of these columns' elements, and scales the others so that their sum is about what it was. */
    void drop(Kernel kernel, long key, float share, Columns columns) {
        Dropped d = dropped();
        kernel.dropoutMask(key, share, d.mask, columns);
        kernel.multiplyElements(parameter.value(), columns, d.mask, d.product, columns);
    }

    /** 0 where an element was dropped last, what it was multiplied by elsewhere. */
    R032Store mask() {
        return dropped().mask;
    }

    /** Chooses what is packed from now on. */
    void packDropped(boolean chosen) {
        packed.from(chosen ? dropped().product : parameter.value());
    }

    /** After a backward pass with dropped elements: takes the gradient by the product through the mask. */
    void dropGradient(Kernel kernel, Columns columns) {
        kernel.multiplyElements(parameter.gradient(), columns, mask(), parameter.gradient(), columns);
    }

    private Dropped dropped() {
        if (dropped == null) {
            throw new IllegalStateException("there is no room for what is dropped");
        }
        return dropped;
    }
}
