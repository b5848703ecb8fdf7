package lstm.metrics;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Names of courses, from those of their files: as short as tells them apart. */
public final class CourseNames {

    private CourseNames() {}

    /** The file's name without its ending. */
    static String of(Path file) {
        return withFolders(file, 0);
    }

    /** With as many folders as make them differ; a file that is there twice is numbered. */
    public static List<String> of(List<Path> files) {
        int deepest = files.stream()
                .mapToInt(file -> file.toAbsolutePath().normalize().getNameCount())
                .max()
                .orElse(0);
        for (int folders = 0; folders < deepest; folders++) {
            int depth = folders;
            List<String> names =
                    files.stream().map(file -> withFolders(file, depth)).toList();
            if (new HashSet<>(names).size() == names.size()) {
                return names;
            }
        }
        return IntStream.range(0, files.size())
                .mapToObj(i -> fileName(files.get(i)) + " (" + (i + 1) + ")")
                .toList();
    }

    private static String withFolders(Path file, int folders) {
        Path whole = file.toAbsolutePath().normalize();
        int count = whole.getNameCount();
        Path folder = count - 1 - folders >= 0 && folders > 0 ? whole.subpath(count - 1 - folders, count - 1) : null;
        String stem = fileName(file).replaceFirst("(?<=.)\\.[^.]*$", "");
        return folder == null ? stem : folder.resolve(stem).toString();
    }

    private static String fileName(Path file) {
        return String.valueOf(file.toAbsolutePath().normalize().getFileName());
    }
}
