package lstm.repl;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import lstm.text.TerminalText;
import org.jline.utils.Levenshtein;

/** The lines that begin with a colon: the texts, settings to show or change, files, and help. */
final class Commands {

    /** What the argument of a command is, for whoever completes it. */
    enum Argument {
        PLAIN,
        SETTING,
        FILE
    }

    private record Command(String argument, Argument kind, String description, Function<String, Outcome> action) {}

    private static final String MODEL = ":model";

    private static final Map<String, String> OTHER_NAMES =
            Map.of(":q", ":quit", ":exit", ":quit", ":h", ":help", ":temperature", ":temp", ":branches", ":branch");

    private static final String KEYS = """
            Type the beginning of a text; what the model would write stands behind it in grey.
              Enter          goes on with it, and on an empty line where the last text stopped; Ctrl-C stops
              Right, End     takes what stands behind the cursor; Ctrl-Right a word, Ctrl-F a character
              Tab            a menu of the likeliest words: Tab and arrows move, Enter takes
              Alt-Enter      another line of the same text; so does a backslash before Enter
            """;

    private final Session session;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    /**
     * The commands of a session.
     *
     * @param stop asked by what takes long, whether anybody still waits
     * @param colours whether a text can be painted
     */
    Commands(Session session, BooleanSupplier stop, boolean colours) {
        this.session = session;
        TextCommands texts = new TextCommands(session, stop, colours);
        add(Lines.MORE, "TEXT", "goes on with the last text, perhaps behind some more of yours", texts::more);
        add(":retry", "", "another continuation in place of the last one, which stays a branch", texts::retry);
        add(":undo", "", "back to before the last continuation, or what you wrote", texts::undo);
        add(":branch", "", "the texts and continuations that there are, by number", texts::branch);
        add(":switch", "N", "back to one of them", texts::switchTo);
        add(":top", "N", "the N likeliest next characters, as bars", texts::top);
        add(":score", "", "how surprising the model finds the last text", texts::score);
        Setting.ALL.forEach(setting ->
                add(":" + setting.name(), setting.argument(), setting.description(), value -> set(setting, value)));
        add(":forget", "", "has the model forget what it learnt with :adapt", this::forget);
        put(":set", "NAME X", Argument.SETTING, "all settings, or a change of one", this::set);
        put(MODEL, "FILE", Argument.FILE, "another checkpoint, for the same texts", this::model);
        put(":prompt", "FILE", Argument.FILE, "begins a text with a file's", file -> texts.prompt(path(file)));
        put(":save", "FILE", Argument.FILE, "writes texts, settings and the model's name to a file", this::save);
        put(":load", "FILE", Argument.FILE, "goes on with what was saved", this::load);
        add(":help", "", "this list", argument -> Outcome.say(help()));
        add(":quit", "", "leave (so does Ctrl-D)", argument -> Outcome.end());
    }

    private void add(String name, String argument, String description, Function<String, Outcome> action) {
        put(name, argument, Argument.PLAIN, description, action);
    }

    private void put(
            String name, String argument, Argument kind, String description, Function<String, Outcome> action) {
        commands.put(name, new Command(argument, kind, description, action));
    }

    /** The commands' names, each with its colon. */
    List<String> names() {
        return List.copyOf(commands.keySet());
    }

    String description(String name) {
        Command command = commands.get(name);
        return command == null ? "" : command.description;
    }

    /** What a command takes. */
    Argument argument(String name) {
        Command command = commands.get(name);
        return command == null ? Argument.PLAIN : command.kind;
    }

    /**
     * Obeys a line.
     *
     * @throws CommandException in one line, where it cannot be
     */
    Outcome run(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        Command command = commands.get(OTHER_NAMES.getOrDefault(parts[0], parts[0]));
        if (command == null) {
            throw new CommandException("unknown command " + parts[0] + "; did you mean "
                    + nearest(parts[0], commands.keySet())
                    + "? (:help lists the commands; a text that begins with a colon begins with two)");
        }
        return command.action.apply(parts.length > 1 ? parts[1].strip() : "");
    }

    private Outcome forget(String none) {
        return Outcome.say(
                session.forget() ? "the model is again as it is in its file" : "the model has learnt nothing");
    }

    private Outcome set(String argument) {
        if (argument.isEmpty()) {
            String all = Setting.ALL.stream()
                    .map(setting -> String.format(
                            "  %-19s %-8s %s",
                            setting.name(), setting.value().apply(session.settings()), setting.description()))
                    .collect(Collectors.joining("\n"));
            return Outcome.say(all + "\n  model               "
                    + TerminalText.line(session.model().file().toString()));
        }
        String[] parts = argument.split("\\s*=\\s*|\\s+", 2);
        Setting setting = Setting.ALL.stream()
                .filter(known -> known.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new CommandException("unknown setting " + parts[0] + "; did you mean "
                        + nearest(
                                parts[0],
                                Setting.ALL.stream().map(Setting::name).toList())
                        + "? (:set shows them all)"));
        return set(setting, parts.length > 1 ? parts[1] : "");
    }

    private Outcome set(Setting setting, String value) {
        if (!value.isEmpty()) {
            setting.set(session, value);
        }
        return Outcome.say(setting.shown(session));
    }

    private Outcome model(String argument) {
        if (!argument.isEmpty()) {
            session.load(path(argument));
        }
        return Outcome.say("model " + session.model().name());
    }

    private Outcome save(String argument) {
        Path file = path(argument);
        SessionFile.save(session, file);
        return Outcome.say("saved " + TerminalText.line(file.toString()));
    }

    private Outcome load(String argument) {
        SessionFile.load(session, path(argument));
        return new Outcome(
                Outcome.say("model " + session.model().name()).said(),
                session.texts().text(),
                Outcome.Then.NEXT);
    }

    private static Path path(String argument) {
        if (argument.isEmpty()) {
            throw new CommandException("which file? Tab offers their names");
        }
        try {
            return Path.of(Home.expanded(argument));
        } catch (InvalidPathException e) {
            throw new CommandException(argument + ": " + e.getReason());
        }
    }

    private String help() {
        StringBuilder help = new StringBuilder(KEYS);
        commands.forEach((name, command) ->
                help.append(String.format("%n  %-20s%-6s %s", name, command.argument, command.description)));
        return help.toString();
    }

    private static String nearest(String name, Collection<String> known) {
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream()
                // Letters are left out more often than added, so of equals the longest.
                .min(Comparator.comparingInt((String candidate) -> Levenshtein.distance(candidate, typed))
                        .thenComparing(Comparator.comparingInt(String::length).reversed()))
                .orElseThrow();
    }
}
