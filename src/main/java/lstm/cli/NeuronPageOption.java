package lstm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lstm.inspect.Feature;
import lstm.inspect.TextFeature;
import lstm.page.NeuronPage;
import lstm.page.NeuronViewer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The page in which one goes through all units. */
final class NeuronPageOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write a page that shows all of this of every unit, - for standard output; with --find also by"
                            + " what that names.")
    private @Nullable Path html;

    boolean isGiven() {
        return html != null;
    }

    /** Finds out whether the page can be written, and refuses to write over what is read. */
    void requireWritable(Stream<Path> read) {
        if (!writesFile()) {
            return;
        }
        read.filter(file -> NamedFile.isSame(file(), file)).findFirst().ifPresent(file -> {
            throw new ParameterException(
                    spec.commandLine(), "--html would write over " + file + " itself; name another file");
        });
        PageFile.requireWritable(file());
    }

    private boolean writesFile() {
        return html != null && PageFile.isFile(html);
    }

    private Path file() {
        if (html == null) {
            throw new IllegalStateException("--html was not given");
        }
        return html;
    }

    /** Has the model read the text, and writes the page. */
    void write(Path checkpoint, NeuronsReading reading, List<Feature> sought) throws IOException {
        String name = String.valueOf(checkpoint.getFileName());
        List<Feature> features = Stream.concat(sought.stream(), Stream.of(TextFeature.values()))
                .distinct()
                .toList();
        NeuronViewer viewer = new NeuronViewer(
                name, reading.model(), reading.text(), features, NeuronViewer.LARGE, reading.progress());
        reading.console().endProgress();
        PageFile.write(file(), reading.console(), out -> NeuronPage.write(out, "lstm neurons: " + name, name, viewer));
    }
}
