package lstm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import lstm.checkpoint.AtomicFile;
import lstm.text.Sources;

/** The way of a page or a picture to its file, or to standard output where that is called {@code -}. */
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

    /** Makes the folder, and finds out whether the file can be written, before the work begins. */
    static void requireWritable(Path file) {
        if (isFile(file) && !isStream(file)) {
            NamedFile.requireWritable(file);
        }
    }

    /** Whether it is a pipe or a device, such as a shell's {@code >(command)}, which cannot be replaced. */
    private static boolean isStream(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /**
     * Writes a page, and says so.
     *
     * @throws CommandException where the file cannot be written
     */
    static void write(Path file, Console console, Content content) throws IOException {
        if (isFile(file)) {
            replace(file, content);
            console.note("wrote " + file);
        } else {
            writeBuffered(console.out(), content);
        }
    }

    /**
     * Writes a file whole or not at all: where the disk is full, or the work fails or is interrupted, the one that was there stays.
     *
     * @throws CommandException where it cannot be written
     */
    static void replace(Path file, Content content) {
        AtExit atExit = new AtExit(AtomicFile::abandon);
        try {
            if (isStream(file)) {
                try (OutputStream out = Files.newOutputStream(file)) {
                    writeBuffered(out, content);
                }
            } else {
                AtomicFile.replace(file, channel -> writeBuffered(Channels.newOutputStream(channel), content));
            }
        } catch (IOException e) {
            throw NamedFile.unwritable(file, e);
        } finally {
            atExit.close();
        }
    }

    private static void writeBuffered(OutputStream to, Content content) throws IOException {
        OutputStream buffered = new BufferedOutputStream(to);
        content.write(buffered);
        buffered.flush();
    }
}
