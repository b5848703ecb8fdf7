package lstm.score;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import lstm.model.LanguageModel;
import lstm.text.Sources;
import lstm.text.SymbolStream;
import lstm.text.TextException;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * The lines of texts of any length, one after another, each with how surprising it is to a model.
 *
 * <p>Lines that can be read without waiting are scored together, so that a file goes fast and a line of a live stream is
 * scored as soon as it has come. Neither changes a bit of any score. What is kept is bounded, however long a stream or a line.
 */
public final class LineScorer implements Closeable {

    /** What a line is foreseen from. */
    public enum Context {
        /** Itself: it begins behind what stands {@linkplain Vocabulary#beforeText before any text}. */
        LINE,
        /** All lines before it in its text too, as in {@code lstm eval} of the text behind a newline. */
        TEXT
    }

    private static final int MOST_LINES = 1024;
    private static final int MOST_SYMBOLS = 1 << 18;

    private final SymbolStream symbols;
    private final Vocabulary vocabulary;
    private final Context context;
    private final OneStream oneStream;
    private final ManyStreams manyStreams;

    private final Queue<ScoredLine> scored = new ArrayDeque<>();
    private final List<OpenLine> waiting = new ArrayList<>();
    private int waitingSymbols;
    private @Nullable OpenLine line;
    private long number;
    private int text;
    private boolean ended;
    private @Nullable TextException failure;

    /**
     * Opens the first text.
     *
     * @throws TextException where it cannot be read
     */
    public LineScorer(LanguageModel model, Vocabulary vocabulary, Sources sources, Context context) {
        this.vocabulary = vocabulary;
        this.context = context;
        oneStream = new OneStream(model);
        manyStreams = new ManyStreams(model, oneStream);
        symbols = new SymbolStream(sources, vocabulary.unit());
        oneStream.begin(vocabulary.beforeText());
    }

    /**
     * The next line; null at the end. Every text ends its last line.
     *
     * @throws TextException where a text cannot be read or is not UTF-8, behind all lines before that place
     */
    public @Nullable ScoredLine next() throws IOException {
        while (scored.isEmpty() && !ended) {
            read();
        }
        if (scored.isEmpty() && failure != null) {
            throw failure;
        }
        return scored.poll();
    }

    /** Whether the next line is there, so that {@link #next} neither works nor waits. */
    public boolean hasScored() {
        return !scored.isEmpty();
    }

    /** Reads lines as long as they come without waiting, and at least a symbol, and scores them. */
    private void read() throws IOException {
        try {
            do {
                take(symbols.read());
            } while (!ended && scored.isEmpty() && hasRoom() && symbols.ready());
        } catch (TextException e) {
            failure = e;
            ended = true;
            if (symbols.index() != text) {
                endText();
            }
        }
        scoreWaiting();
    }

    private boolean hasRoom() {
        return waiting.size() < MOST_LINES && waitingSymbols < MOST_SYMBOLS;
    }

    private void take(int symbol) {
        ended = symbol < 0;
        if (ended || symbols.index() != text) {
            endText();
        }
        if (ended) {
            return;
        }
        if (line == null) {
            line = new OpenLine(vocabulary, symbols.name(), ++number);
        }
        if (symbol == '\n') {
            line.endWithNewline();
            end(line);
        } else {
            line.add(symbol);
            if (line.isFull()) {
                scoreInOneStream(line);
            }
        }
    }

    private void endText() {
        if (line != null) {
            line.endWithoutNewline();
            end(line);
        }
        text = symbols.index();
        number = 0;
        oneStream.begin(vocabulary.beforeText());
    }

    private void end(OpenLine complete) {
        line = null;
        if (context == Context.TEXT || complete.isBegun()) {
            scoreInOneStream(complete);
            scored.add(complete.close());
        } else {
            waiting.add(complete);
            waitingSymbols += complete.size();
        }
    }

    private void scoreInOneStream(OpenLine part) {
        scoreWaiting();
        if (context == Context.LINE && !part.isBegun()) {
            oneStream.begin(vocabulary.beforeText());
        }
        part.score(oneStream.losses(part.tokens()));
    }

    /** Scores the lines that were read, which each begin anew. */
    private void scoreWaiting() {
        List<int[]> tokens = waiting.stream().map(OpenLine::tokens).toList();
        float[][] losses = manyStreams.losses(vocabulary.beforeText(), tokens);
        for (int i = 0; i < losses.length; i++) {
            waiting.get(i).score(losses[i]);
            scored.add(waiting.get(i).close());
        }
        waiting.clear();
        waitingSymbols = 0;
    }

    @Override
    public void close() throws IOException {
        symbols.close();
    }
}
