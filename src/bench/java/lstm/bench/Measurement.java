package lstm.bench;

import java.util.Map;

/**
 * What {@link Speed} found out, as the line of JSON that it prints.
 *
 * @param trainCharsPerSecond characters trained on a second
 * @param sampleCharsPerSecond characters sampled a second, one stream
 * @param manyCharsPerSecond characters sampled a second, many streams together
 * @param gigaflops useful arithmetic a second while training, in units of 10^9
 * @param bytesPerStep allocated by all threads in a training step
 * @param bytesPerChar allocated in sampling a character, one stream
 * @param shares of the threads' time by operation, while training
 */
record Measurement(
        double trainCharsPerSecond,
        double sampleCharsPerSecond,
        double manyCharsPerSecond,
        double gigaflops,
        double bytesPerStep,
        double bytesPerChar,
        Map<String, Double> shares) {}
