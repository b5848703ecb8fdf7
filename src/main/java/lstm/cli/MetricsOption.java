package lstm.cli;

import java.nio.file.Path;
import lstm.metrics.MetricsWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the course of a training is written. */
final class MetricsOption {

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Write the course of the training as JSON Lines, - for standard output.")
    private @Nullable Path file;

    /** The file; null where the user asks for none, or for standard output. */
    @Nullable
    Path file() {
        return file == null || !PageFile.isFile(file) ? null : file;
    }

    /** Whether the lines come to stand where the progress is shown. */
    boolean shareTerminal(Console console) {
        return file != null && !PageFile.isFile(file) && console.outIsTerminal();
    }

    /** The listener that writes, once the file of an earlier training is kept; null where the user asks for none. */
    @Nullable
    MetricsWriter open(boolean goesOn, Console console) {
        if (file == null) {
            return null;
        }
        if (!PageFile.isFile(file)) {
            return new MetricsWriter(console.out());
        }
        if (!goesOn) {
            Backup.keep(file, console);
        }
        return new MetricsWriter(file, goesOn);
    }
}
