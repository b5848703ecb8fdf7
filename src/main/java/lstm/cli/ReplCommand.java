package lstm.cli;

import java.io.IOException;
import java.nio.file.Path;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.repl.Home;
import lstm.repl.LoadedModel;
import lstm.repl.PipedRepl;
import lstm.repl.Repl;
import lstm.repl.Session;
import lstm.text.Unknown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lstm repl}: completes what is typed. */
@Command(
        versionProvider = Version.class,
        description = {
            "Writes with you: what may follow stands behind the cursor in grey, and Enter goes on with your text.",
            "With piped input every line is a text to go on with, or a command."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lstm repl --temp 0.5 -n 200  shorter, safer completions; :help tells of the commands"})
final class ReplCommand extends BaseCommand {

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final TextOptions texts = new TextOptions();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    ReplCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        try (Workers workers = kernel.workers(console)) {
            Session session = new Session(
                    load(checkpoint.file(), workers),
                    file -> load(file, workers),
                    sampling.settings(),
                    sampling.seed(),
                    // Who types sees it marked.
                    console.interactive() ? Unknown.SKIP : sampling.unknown());
            texts.applyTo(session);
            if (console.interactive()) {
                Repl.run(session, Home.history(), System.getenv("NO_COLOR") == null);
                return Lstm.DONE;
            }
            boolean served =
                    new PipedRepl(session, console.in(), console.out(), console.outIsTerminal(), console.err()).run();
            return served ? Lstm.DONE : Lstm.FAILED;
        }
    }

    private static LoadedModel load(Path file, Workers workers) {
        Checkpoint loaded = Checkpoint.load(file);
        return new LoadedModel(file, loaded.model(workers), loaded.vocabulary());
    }
}
