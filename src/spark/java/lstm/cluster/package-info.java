/**
 * The same training on many machines, with Apache Spark; the only package that knows it, and built only by the profile of its
 * name.
 *
 * <p>The text is read through Hadoop's file systems, in a first pass for its vocabulary and its length, and then each worker's share by that
 * worker: {@link lstm.cluster.ClusterTokens}. Every {@link lstm.cluster.Round} each worker makes some steps with a trainer of its own, of
 * which an {@link lstm.cluster.OuterOptimizer} makes the next weights: {@link lstm.cluster.SparkLearner} does for a trainer on the
 * driver what a step does on one machine. So everything else, from the schedule to the checkpoint, is as it is there.
 *
 * <p>All that a worker does is a function of the round, its share and its replica, so that Spark can do it again where a machine is lost: the
 * training ends with the same bytes.
 */
@NullMarked
package lstm.cluster;

import org.jspecify.annotations.NullMarked;
