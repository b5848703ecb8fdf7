package lstm.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import lstm.checkpoint.Checkpoint;
import lstm.ngram.Baseline;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.SymbolStream;
import lstm.text.TextException;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.TrainingData;
import org.jspecify.annotations.Nullable;

/**
 * The text that the models of a report read.
 *
 * @param passage what is shown of it
 * @param whole as much as is needed to see how far back gradients reach; begins with the passage
 * @param origin where it comes from, in a sentence
 * @param unit of which the symbols were counted
 * @param counts by symbol, code points or bytes, of the whole corpus; empty where there is none
 * @param baseline what n-grams reach on the part of the corpus that is held out; null where that is not known
 */
public record ReportText(
        String passage,
        String whole,
        String origin,
        Unit unit,
        Map<Integer, Long> counts,
        @Nullable Baseline baseline) {

    static final int PASSAGE = 1_500;
    private static final int WHOLE = 20_000;
    private static final int ORDERS = 6;
    /** Of which n-grams are counted within seconds. */
    private static final long MOST_COUNTED = 3_000_000;

    /**
     * The part of a corpus that a model's training held out, or else the end of the corpus.
     *
     * @throws TextException where it cannot be read
     */
    public static ReportText heldOut(Sources corpus, Checkpoint checkpoint) {
        Corpus read = Corpus.read(corpus, checkpoint.vocabulary());
        Tokens all = read.tokens();
        TrainingData data = TrainingData.like(checkpoint, read);
        boolean isHeldOut = data.validation().size() > 0;
        Tokens shown = isHeldOut ? data.validation() : all.slice(Math.max(0, all.size() - PASSAGE), all.size());
        String origin = (isHeldOut ? "Held out of " : "The end of ")
                + corpus
                + (data.isOf(checkpoint) ? "." : ", which is not the text that the first model learnt.");
        String whole = decode(read.vocabulary(), shown);
        return new ReportText(
                beginning(whole, PASSAGE), whole, origin, read.vocabulary().unit(), counts(read), baseline(read, data));
    }

    private static String decode(Vocabulary vocabulary, Tokens tokens) {
        int[] first = new int[(int) Math.min(WHOLE, tokens.size())];
        for (int i = 0; i < first.length; i++) {
            first[i] = tokens.get(i);
        }
        return new Tokenizer(vocabulary).decode(first);
    }

    private static Map<Integer, Long> counts(Corpus corpus) {
        long[] ofTokens = new long[corpus.vocabulary().size()];
        for (long i = 0; i < corpus.tokens().size(); i++) {
            ofTokens[corpus.tokens().get(i)]++;
        }
        Map<Integer, Long> counts = new LinkedHashMap<>();
        for (int token = 0; token < ofTokens.length; token++) {
            counts.put(corpus.vocabulary().codePoint(token), ofTokens[token]);
        }
        return counts;
    }

    /** Of a text that is no list, for a list's records come in another order in every epoch. */
    private static @Nullable Baseline baseline(Corpus corpus, TrainingData data) {
        long size = corpus.tokens().size();
        long heldOut = data.validation().size();
        if (data.records() != Records.NONE || heldOut < 2 || size > MOST_COUNTED) {
            return null;
        }
        Tokens training = corpus.tokens().slice(0, size - heldOut);
        return Baseline.measure(training, data.validation(), corpus.vocabulary().size(), 1, ORDERS);
    }

    /**
     * A text that somebody chose.
     *
     * @param unit as which it is read
     * @throws TextException where it cannot be read, is not UTF-8 or is empty
     */
    public static ReportText chosen(Sources sources, Unit unit) throws IOException {
        int[] symbols = new int[WHOLE];
        int count = 0;
        try (SymbolStream stream = new SymbolStream(sources, unit)) {
            for (int symbol = stream.read(); symbol >= 0 && count < WHOLE; symbol = stream.read()) {
                symbols[count++] = symbol;
            }
        }
        if (count == 0) {
            throw new TextException("nothing to read in " + sources + ": it is empty");
        }
        String whole = new String(symbols, 0, count);
        if (unit == Unit.BYTE) {
            whole = new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
        boolean isCut = whole.codePointCount(0, whole.length()) > PASSAGE;
        String origin = (isCut ? "The beginning of " : "") + sources + ".";
        return new ReportText(beginning(whole, PASSAGE), whole, origin, unit, new TreeMap<>(), null);
    }

    /** What a model wrote itself. */
    static ReportText written(String text, String name, double temperature) {
        String origin = "Written by " + name + " itself at temperature " + temperature
                + ", for no text was given: --corpus or --text would name one.";
        return new ReportText(text, text, origin, Unit.CHARACTER, new TreeMap<>(), null);
    }

    /** This text with the counts and the baseline of another. */
    public ReportText countedAs(ReportText corpus) {
        return new ReportText(passage, whole, origin, corpus.unit, corpus.counts, corpus.baseline);
    }

    private static String beginning(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
