package lstm.cli;

import java.nio.file.Path;
import lstm.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm export}: a checkpoint for others. */
@Command(versionProvider = Version.class, name = "export", description = "Writes a model in a form to give away.")
final class ExportCommand extends BaseCommand {

    @Option(
            names = "--slim",
            required = true,
            paramLabel = "FILE",
            description =
                    "Write a checkpoint with the weights alone, about a quarter of the size: it can be sampled and"
                            + " evaluated, and be started from with --init-from, but not resumed.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path slim;

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    ExportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path from = checkpoint.file();
        if (NamedFile.isSame(from, slim)) {
            throw new ParameterException(
                    spec.commandLine(), "--slim would write over " + from + " itself; name another file");
        }
        Checkpoint small = Checkpoint.load(from).slim();
        NamedFile.requireWritable(slim);
        Backup.keep(slim, console);
        small.save(slim);
        console.note("wrote the weights of " + from + " to " + slim);
        return Lstm.DONE;
    }
}
