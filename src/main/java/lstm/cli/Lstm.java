package lstm.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Lstm(Console console) {
        super(console);
    }

    /** Runs a command line and returns the exit code. */
    static int run(Console console, String... args) {
        Failures failures = new Failures(console);
        int code;
        try {
            code = commandLine(console).execute(args);
        } catch (Throwable e) { // picocli looks after exceptions, not after errors
            code = failures.handleFailure(e, List.of(args).contains("--debug"));
        }
        return failures.handleOutput(code);
    }

    /** The command and those below it. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Lstm(console));
        line.addSubcommand(new TrainCommand(console));
        line.addSubcommand(new SampleCommand(console));
        line.addSubcommand(new ReplCommand(console));
        line.addSubcommand(new EvalCommand(console));
        line.addSubcommand(new ScoreCommand(console));
        line.addSubcommand(new InfoCommand(console));
        line.addSubcommand(new ListCommand(console));
        line.addSubcommand(new GradientsCommand(console));
        line.addSubcommand(new NeuronsCommand(console));
        line.addSubcommand(new BaselineCommand(console));
        line.addSubcommand(new PlotCommand(console));
        line.addSubcommand(new ReportCommand(console));
        line.addSubcommand(new ExportCommand(console));
        line.addSubcommand(new ImportCommand(console));
        line.addSubcommand(new CompletionCommand(console));
        line.addSubcommand(new GenerateCommand(console));
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
            return Objects.requireNonNull(spec.subcommands().get("repl")).execute();
        }
        spec.commandLine().usage(console.err());
        return USAGE;
    }
}
