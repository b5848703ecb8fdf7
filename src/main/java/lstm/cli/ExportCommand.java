package lstm.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import lstm.checkpoint.Checkpoint;
import lstm.onnx.OnnxExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm export}: a checkpoint for others. */
@Command(
        versionProvider = Version.class,
        description = "Writes a model in a form to give away.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm export --slim small.safetensors       the newest model's weights alone",
            "  lstm export --onnx my.onnx my.safetensors  for ONNX runtimes"
        })
final class ExportCommand extends BaseCommand {

    @Option(
            names = "--slim",
            paramLabel = "FILE",
            description =
                    "Write a checkpoint with the weights alone, about a quarter of the size: it can be sampled and"
                            + " evaluated, and be started from with --init-from, but not resumed.")
    private @Nullable Path slim;

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "Write the model in the ONNX format, opset 14: from tokens and states to logits and states.")
    private @Nullable Path onnx;

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
        if (slim == null && onnx == null) {
            throw new ParameterException(spec.commandLine(), "say what to write: --slim FILE or --onnx FILE");
        }
        Path from = checkpoint.file();
        requireOther("--slim", slim, from);
        requireOther("--onnx", onnx, from);
        if (slim != null && onnx != null && NamedFile.isSame(slim, onnx)) {
            throw new ParameterException(
                    spec.commandLine(), "--slim and --onnx are one file, " + slim + "; name another file");
        }
        Checkpoint loaded = Checkpoint.load(from);
        requireWritable(slim);
        requireWritable(onnx);
        Path weights = slim;
        if (weights != null) {
            TrainingLock.holding(weights, () -> write("the weights of " + from, weights, loaded.slim()::save));
        }
        if (onnx != null) {
            write("the model of " + from, onnx, file -> OnnxExport.save(loaded, file));
        }
        return Lstm.DONE;
    }

    private void requireOther(String option, @Nullable Path file, Path from) {
        if (file != null && NamedFile.isSame(from, file)) {
            throw new ParameterException(
                    spec.commandLine(), option + " would write over " + from + " itself; name another file");
        }
    }

    private static void requireWritable(@Nullable Path file) {
        if (file != null) {
            NamedFile.requireWritable(file);
        }
    }

    private void write(String what, Path file, Consumer<Path> save) {
        Backup.keep(file, console);
        save.accept(file);
        console.note("wrote " + what + " to " + file);
    }
}
