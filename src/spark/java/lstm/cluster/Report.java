package lstm.cluster;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of a round.
 *
 * @param worker its number
 * @param characters that it predicted
 * @param loss their mean, in nats
 * @param gradientNorm the mean of its steps
 * @param seconds that it took, from what it was sent to what it sends
 * @param fault why nothing can be learnt from it; null where something can
 */
record Report(
        int worker,
        long characters,
        double loss,
        double gradientNorm,
        double seconds,
        @Nullable String fault) implements Serializable {}
