/**
 * Models in the ONNX format, for other runtimes: the only package that knows ONNX's classes.
 *
 * <p>{@link lstm.onnx.OnnxExport} draws the graph of a model, {@code Graph} is the notation.
 */
@NullMarked
package lstm.onnx;

import org.jspecify.annotations.NullMarked;
