package lstm.repl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToIntFunction;
import lstm.generate.Completions;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Reads lines, and shows behind the cursor what the model would write there, for a key to take.
 *
 * <p>JLine's own suggestions come from the history or from a completer, and are looked for on the thread that reads the keys.
 */
final class GhostReader extends LineReaderImpl implements AutoCloseable {

    private static final String TAKE_CHARACTER = "take-character";
    /** Of the line, in characters: from here on, what is pasted without brackets is drawn once and not at every character. */
    private static final int LONG = 256;

    private final Ghost ghost;
    private final AttributedStyle style;
    private final boolean visible;

    /**
     * A reader with a ghost.
     *
     * @param style of the ghost; {@link AttributedStyle#HIDDEN} for none, where it could not be told from what is typed
     */
    GhostReader(Terminal terminal, Session session, AttributedStyle style) {
        super(terminal, "lstm", null);
        this.style = style;
        visible = !style.equals(AttributedStyle.HIDDEN);
        ghost = new Ghost(session, this::repaint);
        getWidgets().put(TAKE_CHARACTER, () -> take(text -> text.offsetByCodePoints(0, 1)) || super.forwardChar());
        KeyMap<Binding> keys = Objects.requireNonNull(getKeyMaps().get(MAIN));
        keys.bind(new Reference(TAKE_CHARACTER), KeyMap.ctrl('F'));
        // Alt with an arrow, as xterm and those like it send it.
        keys.bind(new Reference(FORWARD_WORD), "\033[1;3C");
        keys.bind(new Reference(BACKWARD_WORD), "\033[1;3D");
    }

    /** Stops the ghost until the next line is read: the session is the caller's. */
    void rest() {
        ghost.rest();
    }

    /** The likeliest words to follow on a line, unless a key is typed before they are found. */
    List<Completions.Completion> continuations(String line, int count) {
        return ghost.continuations(line, count, () -> peekCharacter(1) >= 0);
    }

    @Override
    public void close() {
        ghost.close();
    }

    /** Whether this terminal can show it. */
    boolean showsGhost() {
        return visible;
    }

    /** Shows what was found, unless the line is another by now. */
    private void repaint(String line) {
        lock.lock();
        try {
            if (reading && buf.toString().equals(line)) {
                redisplay();
            }
        } catch (IllegalStateException e) {
            // The terminal is gone, which who reads from it is told.
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void redisplay(boolean flush) {
        super.redisplay(flush);
        if (mayFollow()) {
            ghost.want(buf.toString());
        }
    }

    /** Whether there may be a ghost: somebody types at the end of a text, and no menu or search is open. */
    private boolean mayFollow() {
        return visible
                && reading
                && state == State.NORMAL
                && post == null
                && searchTerm == null
                && buf.length() > 0
                && buf.cursor() == buf.length()
                && Lines.hasText(buf.toString());
    }

    private String shown() {
        return mayFollow() ? ghost.behind(buf.toString()) : "";
    }

    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        AttributedString line = super.getDisplayedBufferWithPrompts(secondaryPrompts);
        String text = shown();
        return text.isEmpty()
                ? line
                : new AttributedStringBuilder().append(line).styled(style, text).toAttributedString();
    }

    /** Makes the beginning of the ghost part of the line, up to an index in it; false where there is none. */
    private boolean take(ToIntFunction<String> end) {
        String text = shown();
        if (text.isEmpty()) {
            return false;
        }
        buf.write(text.substring(0, end.applyAsInt(text)));
        return true;
    }

    @Override
    protected boolean forwardChar() {
        return take(String::length) || super.forwardChar();
    }

    @Override
    protected boolean endOfLine() {
        return take(String::length) || super.endOfLine();
    }

    @Override
    protected boolean forwardWord() {
        return take(GhostReader::wordEnd) || super.forwardWord();
    }

    /** Behind the first word and what stands before it. */
    private static int wordEnd(String text) {
        int end = 0;
        while (end < text.length() && !Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A backslash at the end of a line takes the next line to the same text. */
    @Override
    protected boolean acceptLine() {
        if (buf.cursor() == buf.length() && buf.prevChar() == '\\') {
            buf.backspace();
            buf.write('\n');
            return true;
        }
        return super.acceptLine();
    }

    /** Words come in a menu at once; commands and files are first completed as far as they agree. */
    @Override
    protected boolean expandOrComplete() {
        option(Option.MENU_COMPLETE, Lines.hasText(buf.upToCursor()));
        return super.expandOrComplete();
    }

    @Override
    protected boolean selfInsert() {
        boolean inserted = super.selfInsert();
        // Drawing takes the longer, the longer the line; so does the wait for more to draw at once.
        skipRedisplay = buf.length() > LONG && peekCharacter(1 + buf.length() / 10_000) >= 0;
        return inserted;
    }

    /** A menu keeps the order of what it offers. */
    @Override
    protected Comparator<Candidate> getCandidateComparator(boolean caseInsensitive, String word) {
        return Comparator.comparingInt(Candidate::sort)
                .thenComparing(
                        Candidate::value, Comparator.comparing((String value) -> value.toLowerCase(Locale.ROOT)));
    }
}
