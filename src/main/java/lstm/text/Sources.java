package lstm.text;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts that a user named, read one after another as if they were one. */
public final class Sources {

    /** The argument that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    /** A training may save its checkpoint into the folder that it reads; checkpoints are no text, and neither are kept ones. */
    private static final Pattern CHECKPOINT = Pattern.compile(".*\\.safetensors(\\.\\d+\\.bak)?", Pattern.DOTALL);

    private static final int MOST_NAMES = 3;

    /** Devices that never come to an end. */
    private static final Set<String> ENDLESS = Set.of("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

    /**
     * A text.
     *
     * @param file of it; null of standard input
     * @param isFound whether it was found in a directory, and not named
     */
    private record Source(String name, @Nullable Path file, boolean isFound, Opener opener) {}

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final List<Source> sources;
    private final String name;
    private final String place;
    private final Consumer<String> notes;
    private boolean hasToldLeftOut;

    private Sources(List<Source> sources, String name, String place, Consumer<String> notes) {
        this.sources = List.copyOf(sources);
        this.name = name;
        this.place = place;
        this.notes = notes;
    }

    /** The texts of these arguments, with nobody to hear notes. */
    public static Sources of(List<String> arguments, InputStream standardInput) {
        return of(arguments, standardInput, note -> {});
    }

    /**
     * The texts of these arguments: files; directories, of which all files below are taken in the order of their paths,
     * hidden ones, checkpoints and linked directories left out; {@link #STANDARD_INPUT}, which is closed when it has been read.
     *
     * <p>A file that is in a directory and is no text, such as a picture, is left out as well, unless bytes are read.
     *
     * @param notes hears, while the texts are read, a line about files that are left out or become longer
     * @throws TextException where nothing is named, a file cannot be read, a directory holds none, or standard input is
     *     named twice
     */
    public static Sources of(List<String> arguments, InputStream standardInput, Consumer<String> notes) {
        if (arguments.isEmpty()) {
            throw new TextException("no text is named; name files or directories, or - for standard input");
        }
        if (Collections.frequency(arguments, STANDARD_INPUT) > 1) {
            throw new TextException("standard input (-) is named twice, and can be read once");
        }
        List<Source> sources = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals(STANDARD_INPUT)) {
                sources.add(new Source("standard input", null, false, () -> standardInput));
            } else {
                Path named = path(argument);
                boolean isFound = Files.isDirectory(named);
                files(named)
                        .forEach(file -> sources.add(new Source(file.toString(), file, isFound, opener(file, notes))));
            }
        }
        return new Sources(sources, firstOf(arguments.stream().map(Sources::name)), place(arguments), notes);
    }

    private static String place(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.equals(STANDARD_INPUT)
                        ? argument
                        : String.valueOf(path(argument).toAbsolutePath()))
                .collect(Collectors.joining("\0"));
    }

    /**
     * The last part of an argument's path, or "stdin": what says which text it is, but not where on which machine; of the
     * current folder just ".".
     */
    public static String name(String argument) {
        if (argument.equals(STANDARD_INPUT)) {
            return "stdin";
        }
        Path path = path(argument).normalize();
        String last = String.valueOf(path.getFileName() == null ? path : path.getFileName());
        String name = last.isEmpty() ? "." : last;
        // A file system's name may hold what no UTF-8 can.
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Opener opener(Path file, Consumer<String> notes) {
        return () -> Files.isRegularFile(file)
                ? new SnapshotStream(
                        file,
                        () -> notes.accept(file + " became longer while it was read; what was there at first is taken"))
                : Files.newInputStream(file);
    }

    private static Path path(String argument) {
        // The empty path is the current directory, which an unset shell variable does not mean.
        if (argument.isEmpty()) {
            throw new TextException("the name of a text is empty; name files or directories, or - for standard input");
        }
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new TextException("not the name of a file: " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path path) {
        try {
            path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
        if (ENDLESS.contains(path.toAbsolutePath().normalize().toString())) {
            throw new TextException(
                    path + " never ends; name a text, or take a part: head -c 1000000 " + path + " | lstm ... -");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        collect(path, files);
        if (files.isEmpty()) {
            throw new TextException("the directory " + path + " holds no files");
        }
        // With one separator on all systems, so that the order is one too.
        files.sort(Comparator.comparing(file -> file.toString().replace(File.separatorChar, '/')));
        return files;
    }

    private static void collect(Path directory, List<Path> files) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (String.valueOf(entry.getFileName()).startsWith(".")) {
                    continue;
                }
                // Links to files are followed; links to directories are not, so that there are no cycles.
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, files);
                } else if (Files.isRegularFile(entry) && !isCheckpoint(entry.toString())) {
                    files.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(directory.toString(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(directory.toString(), e);
        }
    }

    /** Whether a file of this name is a checkpoint, or a kept one, which is no text. */
    public static boolean isCheckpoint(String name) {
        return CHECKPOINT.matcher(name).matches();
    }

    /** The names of what the user named, without folders, the first few of many. */
    public String name() {
        return name;
    }

    /** The full paths of what the user named: by it texts are found again. */
    public String place() {
        return place;
    }

    /**
     * The bytes of all files together; -1 where something is no file, such as standard input, whose length nobody knows and
     * which can be read once.
     *
     * @throws TextException where a file is not there any more
     */
    public long bytes() {
        long bytes = 0;
        for (Source source : sources) {
            if (source.file == null || !Files.isRegularFile(source.file)) {
                return -1;
            }
            try {
                bytes += Files.size(source.file);
            } catch (IOException e) {
                throw unreadable(source.name, e);
            }
        }
        return bytes;
    }

    /** How many texts there are. */
    int size() {
        return sources.size();
    }

    /** Whether the i-th text was found in a directory, so that it may be none. */
    boolean isFound(int i) {
        return sources.get(i).isFound;
    }

    /** Tells of files that were left out, where there are any. */
    void tellLeftOut(List<String> names) {
        if (!names.isEmpty() && !hasToldLeftOut) {
            hasToldLeftOut = true;
            notes.accept("left out " + (names.size() == 1 ? "a file that is" : names.size() + " files that are")
                    + " no text: " + firstOf(names.stream()));
        }
    }

    /** Opens the i-th text. */
    SymbolReader open(int i, Unit unit, @Nullable TextIdentity identity) {
        Source source = sources.get(i);
        try {
            return new SymbolReader(source.opener.open(), source.name, unit, SymbolReader.BLOCK, identity);
        } catch (IOException e) {
            throw unreadable(source.name, e);
        }
    }

    /** A failure in words: the message of a java.nio exception is often the path alone. */
    static TextException unreadable(String name, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return new TextException("no such file or directory: " + name, failure);
        }
        if (failure instanceof AccessDeniedException) {
            return new TextException("permission denied: " + name, failure);
        }
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return new TextException("cannot read " + name + ": " + (reason == null ? failure : reason), failure);
    }

    /** The texts' names for messages. */
    @Override
    public String toString() {
        return firstOf(sources.stream().map(Source::name));
    }

    private static String firstOf(Stream<String> names) {
        List<String> all = names.toList();
        return all.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (all.size() > MOST_NAMES ? " and " + (all.size() - MOST_NAMES) + " more" : "");
    }
}
