package lstm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts to train on. */
final class Texts {

    /** 43 characters, an emoji and accents among them. */
    private static final String SENTENCE = "Der Fuchs 🦊 frißt süße Beeren, \"sagt\" man.\n";

    private Texts() {}

    /** A file with this many characters. */
    static Path file(Path folder, String name, int characters) {
        return write(folder.resolve(name), characters(characters));
    }

    static String characters(int count) {
        int[] points = SENTENCE.repeat(count / 40 + 1).codePoints().limit(count).toArray();
        return new String(points, 0, count);
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
