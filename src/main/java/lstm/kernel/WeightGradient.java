package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/**
 * A weight W of y = W x, whose gradient is dY x'.
 *
 * @param input N rows: x of dY's column j stands in column first + j
 * @param first where that of dY's first column stands
 * @param gradient M x N
 */
public record WeightGradient(R032Store input, int first, R032Store gradient) {}
