/**
 * The courses of trainings as a picture: losses over steps, characters, epochs or time, and the line that n-grams reach.
 *
 * <p>{@link lstm.plot.LossPlot} turns {@link lstm.metrics.Course}s into a chart of XChart's, {@link lstm.plot.Picture} writes
 * it as PNG or SVG. This is the only package that knows XChart and, with it, AWT, which no command that only reads and writes
 * text should load: it takes half a second, and fonts, which a server may not have. {@code Fonts} turns what AWT then does into
 * one line.
 */
@NullMarked
package lstm.plot;

import org.jspecify.annotations.NullMarked;
