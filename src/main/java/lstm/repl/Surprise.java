package lstm.repl;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How surprising a text is: on the whole, where the most, and painted from green over yellow to red. */
final class Surprise {

    private static final int NAMED = 3;

    /** Of the 256 colours, one for each bit more; terminals that have fewer show the nearest. */
    private static final int[] COLOURS = {34, 70, 106, 142, 178, 172, 166, 160, 196};

    private Surprise() {}

    /**
     * A summary, and the text below where it can be painted.
     *
     * @param bits of the text's first tokens, or of them all
     */
    static AttributedString paint(Vocabulary vocabulary, int[] text, double[] bits, boolean colours) {
        AttributedStringBuilder painted = new AttributedStringBuilder();
        painted.append(summary(vocabulary, text, bits));
        if (colours) {
            painted.append('\n');
            TerminalText shown = new TerminalText();
            for (int i = 0; i < bits.length; i++) {
                int colour = COLOURS[(int) Math.min(bits[i], COLOURS.length - 1)];
                painted.styled(AttributedStyle.DEFAULT.foreground(colour), shown.show(vocabulary, text[i]));
            }
        }
        return painted.toAttributedString();
    }

    private static String summary(Vocabulary vocabulary, int[] text, double[] bits) {
        Unit unit = vocabulary.unit();
        String named = IntStream.range(0, bits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -bits[i]))
                .limit(NAMED)
                .map(i -> String.format(
                        Locale.ROOT, "%s (%.1f)", Symbols.describe(unit, vocabulary.codePoint(text[i])), bits[i]))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%.2f bits per %s over %,d; the most surprising: %s",
                Arrays.stream(bits).average().orElse(0),
                unit == Unit.BYTE ? "byte" : "character",
                bits.length,
                named);
    }
}
