package lstm.repl;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import lstm.generate.Cuts;
import lstm.generate.Sampler;
import lstm.generate.TextGenerator;

/**
 * What most likely follows a text: always the likeliest token, to the end of the sentence or line, or some words of it. What
 * follows one more of these tokens is the rest of them and perhaps more, so that who types along sees it stand still.
 */
final class Suggestion {

    private static final int LONGEST = 40;
    private static final Sampler GREEDY = Sampler.of(0, Cuts.NONE);

    private Suggestion() {}

    /** The tokens that follow where a generator stands, and will again; fewer where it is stopped. */
    static int[] of(TextGenerator generator, Words words, BooleanSupplier stop) {
        TextGenerator.Place place = generator.place();
        SplittableRandom none = new SplittableRandom(0); // greedy needs no chance
        int[] tokens = new int[LONGEST];
        int count = 0;
        int wordEnd = 0;
        while (count < LONGEST && !stop.getAsBoolean()) {
            int token = generator.next(GREEDY, none);
            boolean sentenceEnds = count > 0 && words.isFullStop(tokens[count - 1]) && words.isSpace(token);
            if (sentenceEnds || !words.isTypeable(token)) {
                wordEnd = count;
                break;
            }
            wordEnd = words.isInWord(token) ? wordEnd : count;
            tokens[count++] = token;
        }
        generator.returnTo(place);
        return Arrays.copyOf(tokens, wordEnd > 0 ? wordEnd : count);
    }
}
