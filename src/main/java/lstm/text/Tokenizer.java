package lstm.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Text to tokens and back. */
public final class Tokenizer {

    private final Vocabulary vocabulary;

    /** For texts in these symbols. */
    public Tokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The symbols. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Those symbols of a text that the vocabulary lacks, each once, in order. */
    public List<Integer> unknown(String text) {
        Set<Integer> unknown = new LinkedHashSet<>();
        symbols(text).filter(symbol -> vocabulary.token(symbol) < 0).forEach(unknown::add);
        return List.copyOf(unknown);
    }

    /**
     * The tokens of a text.
     *
     * @throws TextException with {@link Unknown#ERROR}, where the vocabulary lacks a symbol; the message names it
     */
    public int[] encode(String text, Unknown policy) {
        List<Integer> unknown = policy == Unknown.ERROR ? unknown(text) : List.of();
        if (!unknown.isEmpty()) {
            throw new TextException("the model has never seen " + Symbols.describe(vocabulary.unit(), unknown)
                    + "; leave it out of the text, or use --unknown skip");
        }
        return symbols(text).map(vocabulary::token).filter(token -> token >= 0).toArray();
    }

    /** The text of tokens; bytes that are not UTF-8 become U+FFFD. */
    public String decode(int[] tokens) {
        if (vocabulary.unit() == Unit.BYTE) {
            byte[] bytes = new byte[tokens.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) vocabulary.codePoint(tokens[i]);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int[] codePoints = Arrays.stream(tokens).map(vocabulary::codePoint).toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    /** The code points or bytes of a text. */
    IntStream symbols(String text) {
        if (vocabulary.unit() == Unit.CHARACTER) {
            return text.codePoints();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).map(i -> Byte.toUnsignedInt(bytes[i]));
    }
}
