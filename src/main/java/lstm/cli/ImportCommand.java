package lstm.cli;

import java.nio.file.Path;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.PyTorchFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm import}: a model of others as a checkpoint. */
@Command(
        versionProvider = Version.class,
        description =
                "Makes a checkpoint of a model that PyTorch wrote: the state of torch.nn.LSTM, GRU or (with tanh) RNN, a linear output"
                        + " layer and perhaps an embedding, in a safetensors file.",
        footerHeading = "%nExamples:%n",
        footer = {"  lstm import model.safetensors --vocabulary vocabulary.json -o my.safetensors"})
final class ImportCommand extends BaseCommand {

    @Parameters(paramLabel = "FILE", description = "The safetensors file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "The checkpoint.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description =
                    "The character of every token in JSON, [\"a\", \"b\", ...] or {\"a\": 0, \"b\": 1, ...} [what the"
                            + " file's metadata has under \"vocabulary\"].")
    private @Nullable Path vocabulary;

    @Option(
            names = "--tie",
            negatable = true,
            description = "Whether the first layer reads the output layer's weights [what the shapes tell].")
    private @Nullable Boolean tie;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    ImportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (NamedFile.isSame(file, out)) {
            throw new ParameterException(
                    spec.commandLine(), "--out would write over " + file + " itself; name another file");
        }
        if (vocabulary != null && NamedFile.isSame(vocabulary, out)) {
            throw new ParameterException(spec.commandLine(), "--out is the vocabulary, " + out + "; name another file");
        }
        Checkpoint checkpoint = PyTorchFile.read(file, vocabulary, tie);
        NamedFile.requireWritable(out);
        TrainingLock.holding(out, () -> {
            Backup.keep(out, console);
            checkpoint.save(out);
        });
        console.note("imported " + checkpoint.config().description() + " as " + out);
        return Lstm.DONE;
    }
}
