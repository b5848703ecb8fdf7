package lstm.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lstm rehearse}: what {@code make} runs for the JVM to see which classes its archive should hold. */
@Command(
        versionProvider = Version.class,
        hidden = true,
        description = "Runs the commands of every day once, on next to nothing.")
final class RehearseCommand extends BaseCommand {

    private static final String WRITTEN = "a rose is a rose is a rose\n".repeat(99);

    private static final List<String> LINES = List.of(
            "--version",
            "train TEXT -o MODEL --hidden 16 --batch 12 --seq-length 5 --steps 3",
            "info MODEL",
            "eval MODEL TEXT",
            "sample MODEL -n 20",
            "sample MODEL -n 20 --count 12",
            "repl MODEL -n 5");

    @Parameters(paramLabel = "DIRECTORY", description = "The directory for a text and a model, which stay.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    RehearseCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path text = directory.resolve("text.txt");
        Path model = directory.resolve("model.safetensors");
        PageFile.replace(text, out -> out.write(WRITTEN.getBytes(StandardCharsets.UTF_8)));
        for (String line : LINES) {
            String[] words = Stream.of(line.split(" "))
                    .map(word -> word.replace("TEXT", text.toString()).replace("MODEL", model.toString()))
                    .toArray(String[]::new);
            int code = Lstm.run(console, words);
            if (code != Lstm.DONE) {
                return code;
            }
        }
        return Lstm.DONE;
    }
}
