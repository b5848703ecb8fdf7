package lstm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lstm.text.Sources;

/** A page's way to a file, or to standard output where that is called {@code -}. */
final class PageFile {

    /** Writes the page. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    private PageFile() {}

    /** Whether it is a file, not standard output. */
    static boolean isFile(Path file) {
        return !file.toString().equals(Sources.STANDARD_INPUT);
    }

    /**
     * Writes a page, and says so. What it takes time to find out is to be known before: the file that was there is gone then.
     *
     * @throws CommandException where the file cannot be written
     */
    static void write(Path file, Console console, Content content) throws IOException {
        if (!isFile(file)) {
            writeBuffered(console.out(), content);
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            writeBuffered(out, content);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + NamedFile.reason(e) + "; name another file");
        }
        console.note("wrote " + file);
    }

    private static void writeBuffered(OutputStream to, Content content) throws IOException {
        OutputStream buffered = new BufferedOutputStream(to);
        content.write(buffered);
        buffered.flush();
    }
}
