package lstm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lstm rehearse}: what {@code make} runs for the JVM to see which classes the archive should hold. */
@Command(
        versionProvider = Version.class,
        hidden = true,
        description = "Runs the commands of every day once, on next to nothing.")
final class RehearseCommand extends BaseCommand {

    private static final String TEXT = "a rose is a rose is a rose\n".repeat(99);

    @Parameters(paramLabel = "DIRECTORY", description = "The directory for the text and the checkpoint, which stay.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    RehearseCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        String text = Files.writeString(directory.resolve("text.txt"), TEXT).toString();
        String model = directory.resolve("model.safetensors").toString();
        List<String[]> lines = List.of(
                words("--version"),
                words(
                        "train",
                        text,
                        "--out",
                        model,
                        "--hidden",
                        "16",
                        "--batch",
                        "12",
                        "--seq-length",
                        "5",
                        "--steps",
                        "3"),
                words("info", model),
                words("eval", model, text),
                words("sample", model, "-n", "20"),
                words("sample", model, "-n", "20", "--count", "12"),
                words("repl", model, "-n", "5"));
        for (String[] line : lines) {
            int code = Lstm.run(console, line);
            if (code != Lstm.DONE) {
                return code;
            }
        }
        return Lstm.DONE;
    }

    private static String[] words(String... words) {
        return words;
    }
}
