package lstm.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one training's event files, which TensorBoard shows as a run of its name. */
public final class RunFolder {

    private RunFolder() {}

    /**
     * Moves the event files of an earlier training, which TensorBoard would take for one with the new one, to the first free of
     * NAME.1, NAME.2, ... beside the folder, where they are a run of their own.
     *
     * @return where they are now; null where there were none
     */
    public static @Nullable Path clear(Path folder) throws IOException {
        List<Path> events = events(folder);
        if (events.isEmpty()) {
            return null;
        }
        int number = 1;
        while (Files.exists(earlier(folder, number))) {
            number++;
        }
        Path earlier = Files.createDirectory(earlier(folder, number));
        for (Path event : events) {
            Files.move(event, earlier.resolve(event.getFileName()));
        }
        return earlier;
    }

    private static List<Path> events(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).contains(EventFile.MARK))
                    .toList();
        }
    }

    private static Path earlier(Path folder, int number) {
        return folder.resolveSibling(folder.getFileName() + "." + number);
    }
}
