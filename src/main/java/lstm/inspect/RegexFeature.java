package lstm.inspect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.BitSet;
import java.util.stream.LongStream;
import lstm.text.TextException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a character is part of a match of a regular expression; {@code ^} and {@code $} match at lines.
 *
 * <p>The notation is RE2's (Cox, 2007), which knows neither references nor what stands around a match, and so finds a match, or
 * that there is none, in a time that grows no faster than the text, whatever the expression. All matches together can take as
 * often as long as there are matches, where each looks far ahead in vain: {@code a+b|a} in a text of nothing but a.
 */
public final class RegexFeature implements Feature {

    /** The most copies that repetitions may make of a part of an expression, as many as RE2 takes. */
    private static final long COPIES = 1_000;

    /** The last number counts: of {9,} nine are written out, and of {2,9} too. */
    private static final Pattern COUNT = Pattern.compile("\\{(?:[0-9]*,)?([0-9]+),?\\}");

    private final Pattern pattern;

    /**
     * Of an expression.
     *
     * @throws IllegalArgumentException in one line, where it is none that can be followed
     */
    public RegexFeature(String expression) {
        requireFewCopies(expression);
        try {
            pattern = Pattern.compile(expression, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw wrong(expression, e.getDescription(), e);
        } catch (StackOverflowError e) {
            throw wrong(expression, "it is nested too deep", e);
        }
    }

    /** RE2/J writes out repetitions of repetitions, as often as memory allows. */
    private static void requireFewCopies(String expression) {
        double copies = 1;
        Matcher counts = COUNT.matcher(expression);
        while (counts.find()) {
            copies *= Math.max(1, Double.parseDouble(counts.group(1)));
        }
        if (copies > COPIES) {
            throw wrong(expression, "it repeats more than " + COPIES + " times", null);
        }
    }

    private static IllegalArgumentException wrong(String expression, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException("expected a regular expression, found '" + expression + "': " + why, cause);
    }

    @Override
    public String label() {
        return "/" + pattern.pattern() + "/";
    }

    @Override
    public String toString() {
        return label();
    }

    @Override
    public String description() {
        return "part of a match";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    /**
     * Finds all matches.
     *
     * @throws TextException where the text is too long for it
     */
    @Override
    public Track track(InspectedText text) {
        BitSet matched = matched(characters(text));
        return new Track() {
            private int character = -1;

            @Override
            public double next(long i) {
                character += text.begins(i) ? 1 : 0;
                return matched.get(character) ? 1 : 0;
            }
        };
    }

    private static String characters(InspectedText text) {
        if (text.size() > Integer.MAX_VALUE / 4) {
            throw new TextException("the text is too long to be searched; take a part of it");
        }
        StringBuilder characters = new StringBuilder();
        LongStream.range(0, text.size())
                .filter(text::begins)
                .forEach(i -> characters.appendCodePoint(text.codePoint(i)));
        return characters.toString();
    }

    /** The characters that are matched, by their index. */
    private BitSet matched(String characters) {
        BitSet matched = new BitSet();
        Matcher matcher = pattern.matcher(characters);
        int read = 0;
        int character = 0;
        while (matcher.find()) {
            int start = character + characters.codePointCount(read, matcher.start());
            read = matcher.end();
            character = start + characters.codePointCount(matcher.start(), read);
            matched.set(start, character);
        }
        return matched;
    }
}
