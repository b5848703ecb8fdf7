package lstm.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import lstm.inspect.Feature;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: the REPL in a terminal, help elsewhere. */
@Command(
        name = "lstm",
        description = "Learns to write like the text it is given, one character at a time.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  lstm sample                     text from the checkpoint that comes with lstm",
            "  lstm train my.txt               learns, into checkpoints/my.safetensors",
            "  lstm sample --temp 0.8          text from the newest checkpoint",
            "  lstm                            completes what you type"
        })
final class Lstm extends BaseCommand {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    private static final String REPL = "repl";

    /** The commands below by name, in the order of the help. */
    private static final Map<String, Function<Console, BaseCommand>> COMMANDS = commands();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Lstm(Console console) {
        super(console);
    }

    private static Map<String, Function<Console, BaseCommand>> commands() {
        Map<String, Function<Console, BaseCommand>> commands = new LinkedHashMap<>();
        commands.put("train", TrainCommand::new);
        commands.put("sample", SampleCommand::new);
        commands.put(REPL, ReplCommand::new);
        commands.put("eval", EvalCommand::new);
        commands.put("score", ScoreCommand::new);
        commands.put("info", InfoCommand::new);
        commands.put("ls", ListCommand::new);
        commands.put("gradients", GradientsCommand::new);
        commands.put("neurons", NeuronsCommand::new);
        commands.put("baseline", BaselineCommand::new);
        commands.put("plot", PlotCommand::new);
        commands.put("report", ReportCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("import", ImportCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("generate", GenerateCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        return commands;
    }

    /** Runs a command line and returns the exit code. */
    static int run(Console console, String... args) {
        Failures failures = new Failures(console);
        int code;
        try {
            String[] words = helpAsOption(args);
            code = commandLine(console, reached(console, words)).execute(words);
        } catch (Throwable e) { // picocli looks after exceptions, not after errors
            code = failures.handleFailure(e, List.of(args).contains("--debug"));
        }
        return failures.handleOutput(code);
    }

    /** Whoever knows other commands may ask for {@code help sample} and means {@code sample --help}. */
    private static String[] helpAsOption(String... args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        String[] words = Arrays.copyOfRange(args, 1, args.length + 1);
        words[args.length - 1] = "--help";
        return words;
    }

    /**
     * The names of the commands below that a command line can come to. For picocli to read the options of all would take
     * longer than all else that goes before the first word of an answer.
     */
    private static Collection<String> reached(Console console, String... args) {
        if (args.length == 0) {
            return console.interactive() ? List.of(REPL) : COMMANDS.keySet();
        }
        if (COMMANDS.containsKey(args[0])) {
            return List.of(args[0]);
        }
        boolean version = args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
        return version ? List.of() : COMMANDS.keySet();
    }

    /** The command and all below it. */
    static CommandLine commandLine(Console console) {
        return commandLine(console, COMMANDS.keySet());
    }

    private static CommandLine commandLine(Console console, Collection<String> names) {
        CommandLine line = new CommandLine(new Lstm(console));
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                line.addSubcommand(name, command.apply(console));
            }
        });
        Failures failures = new Failures(console);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, NamedFile::path);
        line.registerConverter(UnitName.class, UnitName::of);
        line.registerConverter(Feature.class, FeatureName::feature);
        line.setOverwrittenOptionsAllowed(true); // the last one counts
        line.setExecutionStrategy(parsed -> {
            RepeatedOptions.settle(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // which would warn of that
        line.setExpandAtFiles(false); // a prompt may begin with @
        line.setResourceBundle(new Defaults());
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(96);
        // In the order in which they stand in the classes: what belongs together stands together.
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .usageMessage()
                        .sortOptions(false)
                        .sortSynopsis(false));
        return line;
    }

    @Override
    public Integer call() {
        if (console.interactive()) {
            return Objects.requireNonNull(spec.subcommands().get(REPL)).execute();
        }
        spec.commandLine().usage(console.err());
        return USAGE;
    }
}
