package lstm.kernel;

/**
 * A copy of a weight matrix in the order in which its kernel reads it, made once a window and used at every step.
 *
 * <p>Only the kernel that made it can read it.
 */
public interface PackedMatrix {

    /** Rows of the matrix it is a copy of. */
    int rows();

    /** Columns of the matrix it is a copy of. */
    int columns();
}
