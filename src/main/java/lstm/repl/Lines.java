package lstm.repl;

/** What a typed line is: a command after one colon, a text otherwise; a text that begins with a colon doubles it. */
final class Lines {

    private Lines() {}

    static boolean isCommand(String line) {
        return line.startsWith(":") && !line.startsWith("::");
    }

    static String text(String line) {
        return line.startsWith("::") ? line.substring(1) : line;
    }
}
