package lstm.repl;

import java.nio.file.Path;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/** Sets up how lines are read: keys, lists, history and what is painted. */
final class LineReaders {

    /** Characters of a line up to which it is marked, and its changes can be undone. */
    private static final int HIGHLIGHTED = 4000;
    /** What of JLine's lists has a colour unless told otherwise. */
    private static final List<String> COLOURED = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_STARTING,
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

    private LineReaders() {}

    /**
     * A reader at a terminal.
     *
     * @param history file of the lines typed, kept between runs; null for none
     * @param colours whether the person wants any
     */
    static GhostReader reader(
            Terminal terminal, Session session, Commands commands, @Nullable Path history, boolean colours) {
        boolean styled = colours && !Repl.isDumb(terminal);
        GhostReader made = new GhostReader(terminal, session, ghostStyle(terminal, colours));
        made.setHistory(new DefaultHistory());
        made.setParser(new WholeLineParser());
        made.setCompleter(new ModelCompleter(session, commands));
        AttributedStyle unknown = AttributedStyle.DEFAULT.underline();
        made.setHighlighter(
                new UnknownHighlighter(session, styled ? unknown.foreground(AttributedStyle.RED) : unknown));
        if (history != null) {
            made.setVariable(LineReader.HISTORY_FILE, history);
        }
        made.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(Repl.PROMPT.length()));
        made.setVariable(LineReader.FEATURES_MAX_BUFFER_SIZE, HIGHLIGHTED);
        made.setVariable(LineReader.BLINK_MATCHING_PAREN, 0); // prose has no brackets to check
        made.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        made.option(LineReader.Option.AUTO_MENU_LIST, true);
        made.option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        // Every space counts: it is the model's text.
        made.option(LineReader.Option.HISTORY_IGNORE_SPACE, false);
        made.option(LineReader.Option.HISTORY_REDUCE_BLANKS, false);
        made.setVariable(LineReader.COMPLETION_STYLE_LIST_BACKGROUND, "bg:default");
        if (!styled) {
            COLOURED.forEach(style -> made.setVariable(style, "fg:default"));
        }
        return made;
    }

    /** Grey; faint, which is no colour, where there is no grey or none is wanted. */
    private static AttributedStyle ghostStyle(Terminal terminal, boolean colours) {
        Integer count = terminal.getNumericCapability(Capability.max_colors);
        if (colours && count != null && count >= 16) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
        }
        boolean faint = !Repl.isDumb(terminal) && terminal.getStringCapability(Capability.enter_dim_mode) != null;
        return faint ? AttributedStyle.DEFAULT.faint() : AttributedStyle.HIDDEN;
    }
}
