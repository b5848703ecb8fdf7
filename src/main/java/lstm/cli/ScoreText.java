package lstm.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lstm.score.ScoredCharacter;
import lstm.score.ScoredLine;
import lstm.score.Surprise;
import lstm.text.TerminalText;
import org.jspecify.annotations.Nullable;

/** Scored lines for people and for other commands: bits per character, a tab, the line. */
final class ScoreText implements ScoreOutput {

    /** What is done about control characters, and about how surprising a character is. */
    enum Style {
        /** The line as it is. */
        PLAIN,
        /** What would drive a terminal is spelled out. */
        TERMINAL,
        /** And what is surprising is painted. */
        PAINTED
    }

    private static final String RESET = "\033[0m";

    private final OutputStream out;
    private final Style style;

    ScoreText(OutputStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /**
     * The style for a standard output.
     *
     * @param color what the user asked for, if anything
     * @param noColor the environment's NO_COLOR, which speaks for a user who asked for nothing
     */
    static Style style(boolean terminal, @Nullable Boolean color, @Nullable String noColor) {
        boolean painted = color == null ? terminal && (noColor == null || noColor.isEmpty()) : color;
        return painted ? Style.PAINTED : terminal ? Style.TERMINAL : Style.PLAIN;
    }

    @Override
    public void add(ScoredLine line) throws IOException {
        write(String.format(Locale.ROOT, "%.3f\t", line.bitsPerCharacter()));
        switch (style) {
            case PLAIN -> out.write(line.bytes());
            case TERMINAL -> write(TerminalText.show(line.text()));
            case PAINTED -> write(painted(line));
        }
        write(line.isCut() ? ScoredLine.CUT + "\n" : "\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String painted(ScoredLine line) {
        StringBuilder text = new StringBuilder();
        Surprise last = Surprise.EXPECTED;
        for (ScoredCharacter character : line.characters()) {
            last = paint(text, last, character.surprise());
            text.append(TerminalText.show(Character.toString(character.codePoint())));
        }
        Surprise atEnd = Surprise.of(line.endBits());
        if (atEnd != Surprise.EXPECTED) {
            last = paint(text, last, atEnd);
            text.append(ScoredLine.END);
        }
        paint(text, last, Surprise.EXPECTED);
        return text.toString();
    }

    private static Surprise paint(StringBuilder text, Surprise from, Surprise to) {
        if (from != to) {
            text.append(RESET).append(color(to));
        }
        return to;
    }

    /** Ink and paper of xterm's 256 colours, so that it can be read whatever the terminal's own are. */
    private static String color(Surprise surprise) {
        return switch (surprise) {
            case EXPECTED -> "";
            case NOTABLE -> "\033[38;5;16;48;5;229m";
            case HIGH -> "\033[38;5;16;48;5;214m";
            case EXTREME -> "\033[38;5;231;48;5;160m";
            case UNKNOWN -> "\033[38;5;231;48;5;91m";
        };
    }
}
