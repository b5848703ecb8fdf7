package lstm.model;

import lstm.kernel.Kernel;
import lstm.kernel.PackedMatrix;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** A weight and its packed copies, made when they are first needed. */
final class PackedWeight {

    private R032Store weight;
    private @Nullable PackedMatrix packed;
    private @Nullable PackedMatrix transposed;

    PackedWeight(R032Store weight) {
        this.weight = weight;
    }

    /** Packs another matrix of the same shape from now on. */
    void from(R032Store other) {
        weight = other;
    }

    void pack(Kernel kernel) {
        if (packed == null) {
            packed = kernel.newPacked(weight.getRowDim(), weight.getColDim());
        }
        kernel.pack(weight, packed);
    }

    void packTransposed(Kernel kernel) {
        if (transposed == null) {
            transposed = kernel.newPacked(weight.getColDim(), weight.getRowDim());
        }
        kernel.packTransposed(weight, transposed);
    }

    PackedMatrix matrix() {
        return made(packed);
    }

    PackedMatrix transposed() {
        return made(transposed);
    }

    private static PackedMatrix made(@Nullable PackedMatrix matrix) {
        if (matrix == null) {
            throw new IllegalStateException("the weight has not been packed");
        }
        return matrix;
    }
}
