package lstm.cluster;

import java.io.Serializable;

/**
 * What a worker has after a round.
 *
 * @param replica that the next round goes on from
 * @param weights its own, by {@link FlatWeights}
 * @param report for the driver
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoundResult(Replica replica, float[] weights, Report report) implements Serializable {}
