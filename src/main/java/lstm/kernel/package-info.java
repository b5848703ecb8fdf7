/**
 * The only heavy arithmetic: matrix products, activations, loss and optimizer update.
 *
 * <p>One interface, {@link lstm.kernel.Kernel}, with two implementations: {@code VectorKernel}, which cuts the work into
 * blocks and tiles for {@code Lanes}, the only class that imports the incubating Vector API, with the left operands as {@code
 * PackedPanels}, and {@code OjAlgoKernel}, the reference and the fallback. What a cell does between two products stands in {@code
 * CellArithmetic}, once for both, on a record of the cell's matrices, a {@link lstm.kernel.CellStep}. {@link
 * lstm.kernel.KernelChoice} picks one and says why; {@link lstm.kernel.Workers} gives each thread its own, and
 * whoever has nothing to do takes part in products of one column as one of the {@link lstm.kernel.Helpers}.
 *
 * <p>A kernel may order its sums as it likes, as long as the order depends neither on how work is split nor on how warm
 * the JVM is: exact resumes rest on that.
 */
@NullMarked
package lstm.kernel;

import org.jspecify.annotations.NullMarked;
