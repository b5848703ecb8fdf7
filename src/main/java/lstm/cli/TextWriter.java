package lstm.cli;

import lstm.generate.TextListener;
import lstm.text.TerminalText;
import lstm.text.Vocabulary;

/** Writes texts to standard output as they come about, one after the other. */
final class TextWriter implements TextListener {

    private final Console console;
    private final Vocabulary vocabulary;
    private final int[] beginning;
    private final boolean endsLine;
    private final String between;
    private final boolean spelledOut;
    private TerminalText shown = new TerminalText();
    private long begun;
    private boolean lineOpen;
    private boolean isEmpty = true;

    /**
     * A writer.
     *
     * @param beginning tokens that stand before every text
     * @param endsLine whether a text that does not end with a line does so now
     * @param between what stands between two texts
     * @param raw whether a terminal gets control characters as they are, too
     */
    TextWriter(Console console, Vocabulary vocabulary, int[] beginning, boolean endsLine, String between, boolean raw) {
        this.console = console;
        this.vocabulary = vocabulary;
        this.beginning = beginning;
        this.endsLine = endsLine;
        this.between = between;
        spelledOut = console.outIsTerminal() && !raw;
    }

    /** Begins a text, where it has not begun yet. */
    void begin(long text) {
        if (text < begun) {
            return;
        }
        if (text > 0) {
            console.out().print(between);
        }
        begun = text + 1;
        shown = new TerminalText();
        isEmpty = true;
        for (int token : beginning) {
            put(token);
        }
    }

    @Override
    public void written(long text, int token) {
        begin(text);
        put(token);
    }

    @Override
    public void ended(long text, boolean stuck) {
        begin(text);
        if (stuck) {
            console.note("the text ends here: nothing that it has to keep to could follow");
        }
        if (endsLine && (lineOpen || isEmpty)) {
            console.out().println();
            lineOpen = false;
        }
    }

    private void put(int token) {
        lineOpen = vocabulary.codePoint(token) != '\n';
        isEmpty = false;
        if (spelledOut) {
            console.out().print(shown.show(vocabulary, token));
        } else {
            byte[] bytes = vocabulary.bytes(token);
            console.out().write(bytes, 0, bytes.length);
        }
    }
}
