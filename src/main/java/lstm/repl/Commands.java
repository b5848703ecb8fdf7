package lstm.repl;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import lstm.generate.Cuts;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;

/** The lines that begin with a colon: settings to show or change, and help. */
final class Commands {

    /** What a command did: a line or more to show, and whether the session goes on. */
    record Outcome(String text, boolean goesOn) {}

    /** A command that cannot be obeyed; the message is one line for the user. */
    static final class CommandException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CommandException(String message) {
            super(message);
        }
    }

    private record Command(String argument, String description, Function<String, Outcome> action) {}

    private static final Map<String, String> SHORT = Map.of(":q", ":quit", ":exit", ":quit", ":h", ":help");

    private final Session session;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    Commands(Session session) {
        this.session = session;
        add(
                ":temp",
                "X",
                "the temperature: 0 always takes the likeliest, 1 draws as the model learnt",
                this::temperature);
        add(":length", "N", "characters that a completion has", this::length);
        add(":top-k", "N", "draw from the N likeliest characters only; 0 is all", this::topK);
        add(":typical", "X", "of these, from those about as surprising as the text is on the whole", this::typical);
        add(":top-p", "X", "of these, from the likeliest that make up the probability X", this::topP);
        add(":min-p", "X", "of these, from those with X times the likeliest one's probability", this::minP);
        add(":seed", "N|off", "the same text each time, or a new one", this::seed);
        add(":model", "FILE", "another checkpoint", this::model);
        add(":help", "", "this list", argument -> new Outcome(help(), true));
        add(":quit", "", "leave (so does Ctrl-D)", argument -> new Outcome("", false));
    }

    private void add(String name, String argument, String description, Function<String, Outcome> action) {
        commands.put(name, new Command(argument, description, action));
    }

    /** The commands' names, each with its colon. */
    List<String> names() {
        return List.copyOf(commands.keySet());
    }

    String description(String name) {
        Command command = commands.get(name);
        return command == null ? "" : command.description;
    }

    /**
     * Obeys a line.
     *
     * @throws CommandException in one line, where it cannot be
     */
    Outcome run(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        Command command = commands.get(SHORT.getOrDefault(parts[0], parts[0]));
        if (command == null) {
            throw new CommandException("unknown command " + parts[0] + "; did you mean " + nearest(parts[0])
                    + "? (:help lists the commands; a text that begins with a colon begins with two)");
        }
        try {
            return command.action.apply(parts.length > 1 ? parts[1].strip() : "");
        } catch (NumberFormatException e) {
            throw new CommandException(parts[0] + " takes a number, found " + parts[1]);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private Outcome temperature(String argument) {
        return setting(
                "temperature",
                argument,
                session.settings().temperature(),
                text -> session.settings().withTemperature(Temperature.parse(text)));
    }

    private Outcome length(String argument) {
        return setting(
                "length",
                argument,
                session.settings().length(),
                text -> session.settings().withLength(Long.parseLong(text)));
    }

    private Outcome topK(String argument) {
        return cut("top-k", argument, Cuts::topK, (cuts, text) -> cuts.withTopK(Integer.parseInt(text)));
    }

    private Outcome typical(String argument) {
        return cut("typical", argument, Cuts::typical, (cuts, text) -> cuts.withTypical(Double.parseDouble(text)));
    }

    private Outcome topP(String argument) {
        return cut("top-p", argument, Cuts::topP, (cuts, text) -> cuts.withTopP(Double.parseDouble(text)));
    }

    private Outcome minP(String argument) {
        return cut("min-p", argument, Cuts::minP, (cuts, text) -> cuts.withMinP(Double.parseDouble(text)));
    }

    private Outcome cut(
            String name, String argument, Function<Cuts, Object> value, BiFunction<Cuts, String, Cuts> change) {
        Cuts cuts = session.settings().cuts();
        return setting(
                name, argument, value.apply(cuts), text -> session.settings().withCuts(change.apply(cuts, text)));
    }

    private Outcome setting(String name, String argument, Object value, Function<String, SamplingSettings> change) {
        if (argument.isEmpty()) {
            return new Outcome(name + " " + value, true);
        }
        session.settings(change.apply(argument));
        return new Outcome(name + " " + argument, true);
    }

    private Outcome seed(String argument) {
        if (argument.equals("off")) {
            session.seed(OptionalLong.empty());
        } else if (!argument.isEmpty()) {
            session.seed(OptionalLong.of(Long.parseLong(argument)));
        }
        return new Outcome(session.seed().isPresent() ? "seed " + session.seed().getAsLong() : "seed off", true);
    }

    private Outcome model(String argument) {
        if (!argument.isEmpty()) {
            session.load(Path.of(argument));
        }
        return new Outcome("model " + session.model().name(), true);
    }

    private String help() {
        StringBuilder help = new StringBuilder("""
                Type the beginning of a text; Enter goes on with it, Tab shows the likeliest continuations.
                Enter on an empty line goes on where the last text stopped. Ctrl-C stops a completion.
                """);
        commands.forEach((name, command) ->
                help.append(String.format("%n  %-9s%-6s %s", name, command.argument, command.description)));
        return help.toString();
    }

    private String nearest(String name) {
        return commands.keySet().stream()
                .min(Comparator.comparingInt(known -> distance(known, name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    /** Levenshtein's distance: letters to insert, leave out or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
