package lstm.cli;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.CheckpointException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Files that are named on the command line, and those that will be written: what is wrong is said before the work begins. */
final class NamedFile {

    private NamedFile() {}

    /** The file of a name, for picocli. */
    static Path path(String name) {
        // The empty path is the current directory, which an unset shell variable does not mean.
        if (name.isEmpty()) {
            throw new TypeConversionException("the name of a file is empty");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + name + "' is not the name of a file here: " + e.getReason());
        }
    }

    /** The files of an argument that may stand any number of times, of which picocli would take a wrong one for an option. */
    static List<Path> paths(CommandSpec spec, List<String> names) {
        try {
            return names.stream().map(NamedFile::path).toList();
        } catch (TypeConversionException e) {
            String label = spec.positionalParameters().get(0).paramLabel();
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for positional parameter (" + label + "): " + e.getMessage());
        }
    }

    /** Makes the folder of a checkpoint that will be written, and finds out whether a save can succeed. */
    static void requireWritable(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a directory");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new FileSystemException(file.toString(), null, "it is not a regular file");
            }
            Path folder = file.toAbsolutePath().resolveSibling("");
            AtomicFile.makeFolder(folder);
            // Rather than ask whether they are: it says why not.
            folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
            if (Files.exists(file)) {
                file.getFileSystem().provider().checkAccess(file, AccessMode.WRITE);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** The failure to write a file, for the user. */
    static CommandException unwritable(Path file, IOException e) {
        return new CommandException(
                "cannot write " + file + ": " + CheckpointException.reason(e) + "; name another file");
    }

    /** Whether two names stand for one file, be it there or not. */
    static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        }
    }
}
