package lstm.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import lstm.text.Sources;
import lstm.text.SymbolReader;
import lstm.text.TextException;
import lstm.text.Unit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The texts that a user named, found in Hadoop's file systems as {@link Sources} finds those of this machine. */
final class HadoopTexts {

    /** What a machine reads in a second, so that all have about as much to do. */
    private static final long PART = 1 << 25;

    private static final int LONGEST_CHARACTER = 4;

    private final Configuration configuration;
    private final Unit unit;
    private final Consumer<String> notes;
    private final List<TextPart> parts = new ArrayList<>();
    private final long partBytes;
    private int leftOut;

    private HadoopTexts(Configuration configuration, Unit unit, Consumer<String> notes, long partBytes) {
        this.configuration = configuration;
        this.unit = unit;
        this.notes = notes;
        this.partBytes = partBytes;
    }

    /**
     * The texts of these arguments, cut into parts.
     *
     * @param notes hears of files that are left out
     * @throws TextException in one line, where one cannot be read, or nothing is there
     */
    static List<TextPart> parts(
            List<String> arguments, Configuration configuration, Unit unit, Consumer<String> notes) {
        return parts(arguments, configuration, unit, notes, PART);
    }

    /** Likewise, of so many bytes. */
    static List<TextPart> parts(
            List<String> arguments, Configuration configuration, Unit unit, Consumer<String> notes, long partBytes) {
        HadoopTexts texts = new HadoopTexts(configuration, unit, notes, partBytes);
        arguments.forEach(texts::add);
        texts.tellLeftOut();
        return texts.parts;
    }

    private void add(String argument) {
        try {
            Path path = new Path(argument);
            FileSystem system = systemOf(path);
            FileStatus found = system.getFileStatus(path);
            if (found.isFile()) {
                cut(system, found);
                return;
            }
            List<FileStatus> files = new ArrayList<>();
            collect(system, path, files);
            if (files.isEmpty()) {
                throw new TextException("the directory " + argument + " holds no files");
            }
            files.sort(Comparator.comparing(file -> file.getPath().toString()));
            for (FileStatus file : files) {
                cutUnlessBinary(system, file);
            }
        } catch (FileNotFoundException e) {
            throw new TextException("no such file or directory: " + argument, e);
        } catch (IOException
                | IllegalArgumentException
                | UncheckedIOException e) { // of addresses, and file systems that are not there
            throw TextPart.unreadable(argument, e);
        }
    }

    private FileSystem systemOf(Path path) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (RuntimeException | LinkageError e) {
            // Known to Hadoop by name, and not there, or what it needs is not.
            if (e instanceof LinkageError || OneLine.cause(ClassNotFoundException.class, e) != null) {
                String scheme = path.toString().replaceFirst(":.*", ":");
                throw new TextException(
                        "cannot read " + path + ": this Spark has no library for addresses that begin with " + scheme,
                        e);
            }
            throw e;
        }
    }

    private static void collect(FileSystem system, Path directory, List<FileStatus> files) throws IOException {
        for (FileStatus entry : system.listStatus(directory)) {
            String name = entry.getPath().getName();
            if (name.startsWith(".")) {
                continue;
            }
            if (entry.isDirectory()) {
                collect(system, entry.getPath(), files);
            } else if (!Sources.isCheckpoint(name)) {
                files.add(entry);
            }
        }
    }

    private void cutUnlessBinary(FileSystem system, FileStatus file) throws IOException {
        TextPart whole = new TextPart(file.getPath().toString(), 0, file.getLen());
        boolean isBinary = false;
        if (unit == Unit.CHARACTER) {
            try (SymbolReader reader = whole.open(configuration, unit)) {
                isBinary = reader.isBinary();
            }
        }
        if (isBinary) {
            leftOut++;
        } else {
            cut(system, file);
        }
    }

    private void tellLeftOut() {
        if (leftOut > 0) {
            notes.accept("left out " + (leftOut == 1 ? "a file that is" : leftOut + " files that are") + " no text");
        }
    }

    private void cut(FileSystem system, FileStatus file) throws IOException {
        long length = file.getLen();
        try (FSDataInputStream in = system.open(file.getPath())) {
            for (long from = 0; from < length; ) {
                long to = from + partBytes < length ? beginOfCharacter(in, from + partBytes) : length;
                parts.add(new TextPart(file.getPath().toString(), from, to));
                from = to;
            }
        }
    }

    /** The first place from here on that is not within a character of UTF-8; where there is none, the text is not UTF-8. */
    private long beginOfCharacter(FSDataInputStream in, long at) throws IOException {
        if (unit == Unit.BYTE) {
            return at;
        }
        byte[] bytes = new byte[LONGEST_CHARACTER];
        int count = in.read(at, bytes, 0, bytes.length);
        int within = 0;
        while (within < count && (bytes[within] & 0xC0) == 0x80) {
            within++;
        }
        return at + within;
    }
}
