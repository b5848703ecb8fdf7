package lstm.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lstm.model.LanguageModel;
import lstm.model.Window;

/**
 * The losses of many texts that each begin anew, read side by side: bit for bit those of {@link OneStream}, for neither the
 * streams beside a stream nor the length of a window change any.
 */
final class ManyStreams {

    private static final int STREAMS = 64;
    /** Few, for a window is read to its end where its texts are not as long. */
    private static final int STEPS = 8;
    /** So many of the streams must be in use: a step of all of them takes the time of about as many steps of one. */
    private static final int WORTH = 12;

    private final LanguageModel model;
    private final OneStream oneStream;
    private final Window window;

    /** For a model; what is not worth many streams is read in the one that is given. */
    ManyStreams(LanguageModel model, OneStream oneStream) {
        this.model = model;
        this.oneStream = oneStream;
        window = model.newWindow(STREAMS, STEPS);
    }

    /** The losses in nats of every token of every text, each behind this token. */
    float[][] losses(int before, List<int[]> texts) {
        // Side by side with those of about the same length, so that few streams are read behind their end.
        int[] order = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).length))
                .mapToInt(i -> i)
                .toArray();
        float[][] losses = new float[texts.size()][];
        for (int from = 0; from < order.length; from += STREAMS) {
            int[] group = Arrays.copyOfRange(order, from, Math.min(order.length, from + STREAMS));
            int[][] tokens = Arrays.stream(group).mapToObj(texts::get).toArray(int[][]::new);
            float[][] read = isWorthwhile(tokens) ? sideBySide(before, tokens) : oneByOne(before, tokens);
            for (int b = 0; b < group.length; b++) {
                losses[group[b]] = read[b];
            }
        }
        return losses;
    }

    private static boolean isWorthwhile(int[][] texts) {
        long longest = texts[texts.length - 1].length;
        return Arrays.stream(texts).mapToLong(text -> text.length).sum() >= WORTH * longest;
    }

    private float[][] oneByOne(int before, int[][] texts) {
        float[][] losses = new float[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            oneStream.begin(before);
            losses[i] = oneStream.losses(texts[i]);
        }
        return losses;
    }

    /** The losses of at most B texts, the longest of them last. */
    private float[][] sideBySide(int before, int[][] texts) {
        float[][] losses =
                Arrays.stream(texts).map(text -> new float[text.length]).toArray(float[][]::new);
        int longest = texts[texts.length - 1].length;
        window.resetState();
        for (int from = 0; from < longest; from += STEPS) {
            for (int i = 0; i < window.inputs().length; i++) {
                int b = i % STREAMS;
                int at = from + i / STREAMS;
                boolean inside = b < texts.length && at < texts[b].length;
                // Steps behind the end are read all the same, into a state that nobody uses.
                window.inputs()[i] = !inside ? 0 : at == 0 ? before : texts[b][at - 1];
                window.targets()[i] = inside ? texts[b][at] : 0;
            }
            model.losses(window);
            for (int b = 0; b < texts.length; b++) {
                for (int at = from; at < Math.min(from + STEPS, texts[b].length); at++) {
                    losses[b][at] = window.losses()[(at - from) * STREAMS + b];
                }
            }
        }
        return losses;
    }
}
