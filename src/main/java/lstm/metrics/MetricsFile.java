package lstm.metrics;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a metrics file. */
final class MetricsFile {

    private static final String HINT = "; expected the lines that train --metrics writes";

    private MetricsFile() {}

    /**
     * The points of a file, one for each step, by rising step.
     *
     * <p>A last line without its newline that makes no sense is one that is still being written, and is left out.
     *
     * @throws MetricsException where the file cannot be read, or with the number of a line that makes no sense
     */
    static List<Point> read(Path file) {
        String text = text(file);
        List<Point> points = new ArrayList<>();
        int begin = 0;
        for (int number = 1; begin < text.length(); number++) {
            int newline = text.indexOf('\n', begin);
            String line = text.substring(begin, newline < 0 ? text.length() : newline);
            try {
                if (!line.isBlank()) {
                    points.add(MetricsLine.parse(line));
                }
            } catch (IllegalArgumentException e) {
                if (newline >= 0) {
                    throw new MetricsException(file + ", line " + number + ": " + e.getMessage() + HINT);
                }
            }
            begin = newline < 0 ? text.length() : newline + 1;
        }
        return Resumes.joined(points);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new MetricsException(file + " is not text" + HINT);
        } catch (IOException e) {
            throw MetricsException.of("read", file, e);
        }
    }
}
