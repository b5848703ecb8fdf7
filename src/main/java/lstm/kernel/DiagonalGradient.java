package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/**
 * One gradient that {@link Kernel#diagonalGradient} computes, of a weight w in y = w x, element by element.
 *
 * @param dY rows x columns
 * @param dYRow where y's H rows begin in it
 * @param input x, H x columns
 * @param first column of the input that belongs to the first column of dY
 * @param gradient receives H sums
 * @param gradientRow where they begin in it
 */
public record DiagonalGradient(
        R032Store dY, int dYRow, R032Store input, int first, R032Store gradient, int gradientRow) {

    /** Checks the shapes. */
    public DiagonalGradient {
        int h = input.getRowDim();
        Shapes.rowRange(dY, dYRow, dYRow + h);
        Shapes.columns(input, Columns.range(first, dY.getColDim()));
        Shapes.rowRange(gradient, gradientRow, gradientRow + h);
        Shapes.shape(gradient, gradient.getRowDim(), 1);
        Shapes.distinct(gradient, dY, input);
    }
}
