package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/**
 * A weight W of y = W x, whose gradient is dY x'.
 *
 * @param input N x columns: x stands in as many columns as dY has
 * @param first of these columns
 * @param gradient M x N
 */
public record WeightGradient(R032Store input, int first, R032Store gradient) {}
