package lstm.repl;

/** What a typed line is: a command after one colon, a text otherwise; a text that begins with a colon doubles it. */
final class Lines {

    /** The command whose argument is text: what goes on from the last one. */
    static final String MORE = ":more";

    private static final String MORE_TEXT = MORE + " ";

    private Lines() {}

    static boolean isCommand(String line) {
        return line.startsWith(":") && !line.startsWith("::");
    }

    /** Whether the line holds text for the model: all do but most commands. */
    static boolean hasText(String line) {
        return !isCommand(line) || goesOn(line);
    }

    /** Whether the line's text goes on from the last one, rather than begin another. */
    static boolean goesOn(String line) {
        return line.startsWith(MORE_TEXT);
    }

    /** The text that a line holds. */
    static String text(String line) {
        return line.substring(textBegins(line));
    }

    /** Where in a line its text begins. */
    static int textBegins(String line) {
        return goesOn(line) ? MORE_TEXT.length() : line.startsWith("::") ? 1 : 0;
    }
}
