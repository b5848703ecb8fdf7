package lstm.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file whole or not at all: the content goes to a temporary file beside it, {@code .name.<random>.tmp}, is
 * forced to the disk, and takes the target's name in one step.
 *
 * <p>Each save has a temporary file of its own, so that two processes that save to one target cannot mix their bytes:
 * the last one wins. A save holds a lock on its temporary file, and the system lets go of a dead process's locks; what
 * is found without a lock was left behind by a crash, and goes.
 */
public final class AtomicFile {

    private static final String SUFFIX = ".tmp";

    /** As many symbolic links in a row as Linux follows. */
    private static final int MAX_LINKS = 40;

    /** The temporary file of the replacement that is going on. */
    private static volatile @Nullable Path current;

    private AtomicFile() {}

    /** Writes the content of a file; after an interrupt it is asked again, from the beginning. */
    @FunctionalInterface
    public interface Content {
        /** Writes from the channel's beginning. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Makes a folder, and those above it, where they are missing. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // Only then: it would refuse a symbolic link to a directory (JDK-8294193).
            Files.createDirectories(folder);
        }
    }

    /**
     * Replaces the target. One at a time, for a process loses all its locks on a file when it closes the file once.
     *
     * @throws IOException if the target is what cannot be replaced, or writing fails; the target is then as it was
     */
    public static synchronized void replace(Path target, Content content) throws IOException {
        Path file = withoutLinks(target);
        requireReplaceable(file);
        Path directory = file.resolveSibling("");
        makeFolder(directory);
        try {
            directory.getFileSystem().provider().checkAccess(directory, AccessMode.WRITE);
        } catch (AccessDeniedException e) {
            throw new FileSystemException(directory.toString(), null, "the directory may not be written to");
        }
        String prefix = "." + file.getFileName() + ".";
        removeAbandoned(directory, prefix);
        // An interrupt closes a channel, and must not cost the save that is often the reason for it.
        boolean interrupted = Thread.interrupted();
        try {
            while (!isReplaced(directory, prefix, file, content)) {
                interrupted |= Thread.interrupted();
            }
            force(directory);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The file behind a chain of symbolic links, be it there or not. */
    static Path withoutLinks(Path target) throws IOException {
        Path file = target.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(target.toString(), null, "too many symbolic links");
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return file;
    }

    /** A rename would replace a device or a file without permission to write without a word. */
    private static void requireReplaceable(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    /** Removes what is there of a replacement that is going on, for a process that ends at once and does not wait for it. */
    public static void abandon() {
        Path temporary = current;
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                return; // the next replacement removes it
            }
        }
    }

    /** Returns false if an interrupt came between. */
    private static boolean isReplaced(Path directory, String prefix, Path file, Content content) throws IOException {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = directory.resolve(prefix + random + SUFFIX);
        current = temporary;
        // Not Files.createTempFile, whose files only their owner may read, whatever the umask says.
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SystemLock.on(channel);
            copyPermissions(file, temporary);
            content.writeTo(channel);
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        } finally {
            current = null;
            Files.deleteIfExists(temporary);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    private static void removeAbandoned(Path directory, String prefix) {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "[0-9a-f]+" + Pattern.quote(SUFFIX));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory,
                path -> name.matcher(String.valueOf(path.getFileName())).matches())) {
            for (Path file : files) {
                removeUnlocked(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Rubbish in a directory that cannot be listed or cleaned is no reason not to save.
            return;
        }
    }

    /** Removes a temporary file that nobody has locked; where the file system knows no locks, it stays. */
    public static void removeUnlocked(Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            if (SystemLock.on(channel) == SystemLock.TAKEN) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Makes the new name last through a power failure. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows and some file systems do not open directories; the file itself is safe by now.
            return;
        }
    }
}
