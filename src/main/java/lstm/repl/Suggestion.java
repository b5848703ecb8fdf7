package lstm.repl;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import lstm.generate.Draft;
import lstm.generate.TextGenerator;

/**
 * What most likely follows a text: always the likeliest token that the rules allow, to the end of the sentence or line, or some words of it. What
 * follows one more of these tokens is the rest of them and perhaps more, so that who types along sees it stand still.
 */
final class Suggestion {

    /** In tokens. */
    static final int LONGEST = 40;

    private final Words words;
    private final int[] tokens = new int[LONGEST];
    private int count;
    private int wordEnd;
    private boolean ended;

    private Suggestion(Words words) {
        this.words = words;
    }

    /**
     * The tokens that follow where a generator stands, and will again; fewer where it is stopped.
     *
     * @param draft that always takes the likeliest, and has read what the generator has
     */
    static int[] of(TextGenerator generator, Draft draft, Words words, BooleanSupplier stop) {
        TextGenerator.Place place = generator.place();
        SplittableRandom none = new SplittableRandom(0); // the likeliest needs no chance
        Suggestion suggestion = new Suggestion(words);
        for (int i = 0; i < LONGEST && !suggestion.ended && !draft.isComplete() && !stop.getAsBoolean(); i++) {
            generator.next(draft, none, suggestion::add);
        }
        generator.returnTo(place);
        boolean whole = draft.isComplete() || suggestion.wordEnd == 0;
        return Arrays.copyOf(suggestion.tokens, whole && !suggestion.ended ? suggestion.count : suggestion.end());
    }

    private int end() {
        return wordEnd > 0 ? wordEnd : count;
    }

    private void add(int token) {
        if (ended) {
            return;
        }
        boolean sentenceEnds = count > 0 && words.isFullStop(tokens[count - 1]) && words.isSpace(token);
        ended = sentenceEnds || !words.isTypeable(token) || count == LONGEST;
        if (ended) {
            wordEnd = count;
        } else {
            wordEnd = words.isInWord(token) ? wordEnd : count;
            tokens[count++] = token;
        }
    }
}
