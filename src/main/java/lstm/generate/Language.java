package lstm.generate;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RunAutomaton;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;
import org.apache.lucene.util.automaton.UTF32ToUTF8;

/**
 * A set of texts, as an automaton over tokens that knows of each of its states how many more tokens complete a text.
 *
 * <p>A text that follows it never comes to where it could not be completed any more, in the symbols that the model has and within
 * its length, so that nothing is ever taken back. Immutable.
 */
public final class Language {

    /** Of determinizing: some tenths of a second. */
    static final int WORK = 1_000_000;

    private static final int NEVER = Integer.MAX_VALUE;

    private final Automaton characters;
    private final Vocabulary vocabulary;
    private final Runner runner;
    private final int[] needed;

    private Language(Automaton any, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        characters = Operations.determinize(any, WORK);
        Automaton symbols = vocabulary.unit() == Unit.BYTE
                ? Operations.determinize(new UTF32ToUTF8().convert(characters), WORK)
                : characters;
        runner = new Runner(symbols, vocabulary.unit().limit());
        needed = needed(symbols);
    }

    /** Lucene's leaves it to subclasses what the symbols are. */
    private static final class Runner extends RunAutomaton {

        Runner(Automaton automaton, int symbols) {
            super(automaton, symbols);
        }
    }

    /**
     * The texts that match a regular expression as a whole.
     *
     * @throws IllegalArgumentException in one line, where it is none, or too complex
     */
    public static Language matching(String expression, Vocabulary vocabulary) {
        try {
            return new Language(RegularExpression.automaton(expression), vocabulary);
        } catch (TooComplexToDeterminizeException e) {
            throw new IllegalArgumentException("the expression is too complex; take a simpler one", e);
        }
    }

    /**
     * All texts of some characters.
     *
     * @param kinds what stands between the brackets of a character class of {@link Pattern}, such as {@code a-z \\d\\p{Lu}}
     * @throws IllegalArgumentException in one line, where it is none, or holds no character that the vocabulary has
     */
    public static Language of(String kinds, Vocabulary vocabulary) {
        Pattern pattern;
        try {
            pattern = Pattern.compile("[" + kinds + "]");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected characters such as a-z, found '" + kinds + "': " + e.getDescription(), e);
        }
        IntStream candidates = vocabulary.unit() == Unit.BYTE
                ? IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                : IntStream.range(0, vocabulary.size()).map(vocabulary::codePoint);
        int[] allowed = candidates
                .filter(c -> pattern.matcher(Character.toString(c)).matches())
                .sorted()
                .toArray();
        Language language = new Language(Operations.repeat(anyOf(allowed)), vocabulary);
        if (IntStream.range(0, vocabulary.size()).noneMatch(token -> language.step(0, token) >= 0)) {
            throw new IllegalArgumentException("the model knows no character that is in '" + kinds + "'");
        }
        return language;
    }

    /** One of some code points in rising order: neighbours are a range. */
    private static Automaton anyOf(int[] codePoints) {
        Automaton automaton = new Automaton();
        int from = automaton.createState();
        int to = automaton.createState();
        automaton.setAccept(to, true);
        int first = 0;
        for (int i = 0; i < codePoints.length; i++) {
            if (i + 1 == codePoints.length || codePoints[i + 1] != codePoints[i] + 1) {
                automaton.addTransition(from, to, codePoints[first], codePoints[i]);
                first = i + 1;
            }
        }
        automaton.finishState();
        return codePoints.length == 0 ? Automata.makeEmpty() : automaton;
    }

    /** The texts that are in both. */
    public Language and(Language other) {
        return new Language(Operations.intersection(characters, other.characters), vocabulary);
    }

    /**
     * Follows one text of at most so many tokens, which ends before the first token that would leave the language.
     *
     * @throws IllegalArgumentException where no text is so short
     */
    public Rule rule(long length) {
        if (needed.length == 0 || needed[0] > length) {
            throw new IllegalArgumentException(
                    "no text of up to " + length + " characters that the model knows matches the expression");
        }
        return new LanguageRule(this, length, true);
    }

    /** Follows one text that may end anywhere, and holds no token that would leave the language. */
    public Rule open() {
        return new LanguageRule(this, Long.MAX_VALUE, false);
    }

    /** The state behind a token; -1 where no text goes on so. */
    int step(int state, int token) {
        int next = runner.step(state, vocabulary.codePoint(token));
        return next < 0 || needed[next] == NEVER ? -1 : next;
    }

    /** How many more tokens complete a text. */
    int needed(int state) {
        return needed[state];
    }

    /** From every state to the nearest one that accepts, by symbols that the vocabulary has; relaxed until nothing changes. */
    private int[] needed(Automaton automaton) {
        int[] symbols = IntStream.range(0, vocabulary.size())
                .map(vocabulary::codePoint)
                .sorted()
                .toArray();
        int[] nearest = new int[automaton.getNumStates()];
        Arrays.setAll(nearest, state -> automaton.isAccept(state) ? 0 : NEVER);
        Transition transition = new Transition();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = nearest.length - 1; state >= 0; state--) {
                int count = automaton.initTransition(state, transition);
                for (int i = 0; i < count; i++) {
                    automaton.getNextTransition(transition);
                    int beyond = nearest[transition.dest];
                    if (beyond < nearest[state] - 1 && holds(symbols, transition.min, transition.max)) {
                        nearest[state] = beyond + 1;
                        changed = true;
                    }
                }
            }
        }
        return nearest;
    }

    private static boolean holds(int[] symbols, int min, int max) {
        int at = Arrays.binarySearch(symbols, min);
        int first = at >= 0 ? at : -at - 1;
        return first < symbols.length && symbols[first] <= max;
    }
}
