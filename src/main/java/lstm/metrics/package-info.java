/**
 * The course of a training as data: how it is written while it trains, and read again to be looked at.
 *
 * <p>{@link lstm.metrics.MetricsWriter} listens to a training and writes JSON Lines, the metrics file. {@link
 * lstm.metrics.Course} is what such a file tells, or what a checkpoint remembers: {@link lstm.metrics.Point}s, one for a step,
 * in the same form, so that who draws them need not know which it was. The checkpoint's are made and checked in {@link
 * lstm.train.TrainingCurve}, because a trainer has to go on with them exactly; so this package knows {@code train} and
 * {@code checkpoint}, and neither knows it. What depends on the clock stands in the metrics file only.
 */
@NullMarked
package lstm.metrics;

import org.jspecify.annotations.NullMarked;
