package lstm.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.SystemLock;
import lstm.repl.Home;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenFile;
import lstm.text.TokenStore;
import lstm.text.Unit;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of texts that are too long for Java's memory, in the folder for what can be made anew, {@code ~/.cache/lstm}.
 *
 * <p>A text that is named again finds its file, as when a training is resumed. A file takes its name when it is whole, and two
 * trainings may use one, or replace it: each keeps what it has mapped. What nobody has used for a month, and what a process that
 * was killed has left, goes when the next file is made. The text of a pipe cannot be found again, and its file has no name for
 * longer than it is written.
 */
final class TokenCache implements TokenStore {

    private static final String SUFFIX = ".tokens";
    private static final String TEMPORARY = ".tmp";
    private static final Duration KEPT = Duration.ofDays(30);
    private static final long MEGABYTE = 1 << 20;
    /** Left free on the disk, on which a checkpoint may be saved: so much, or a twentieth of a small one. */
    private static final long RESERVE = 1024 * MEGABYTE;

    /** Of tokens in memory, however little there is. */
    private static final long LEAST = 4 * MEGABYTE;

    private final Path folder;
    private final long memory;
    private final Console console;
    private boolean writing;

    /** For this folder, which need not exist, and so many bytes of tokens in memory. */
    TokenCache(Path folder, long memory, Console console) {
        this.folder = folder;
        this.memory = memory;
        this.console = console;
    }

    /**
     * The user's, which leaves half of the memory to the model; of it, the launcher gives 64 MB to what is young. Where there is no
     * place for one, all stays in memory.
     */
    static TokenStore ofUser(Console console) {
        Path folder = Home.cache();
        long old = Runtime.getRuntime().maxMemory() - 64 * MEGABYTE;
        return folder == null ? TokenStore.NONE : new TokenCache(folder, Math.max(LEAST, old / 2), console);
    }

    @Override
    public long memory() {
        return memory;
    }

    @Override
    public @Nullable Path find(Sources sources, Unit unit) {
        Path file = file(sources, unit);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return file; // somebody else's, which can be read all the same
        }
        return file;
    }

    /** A name that a person knows the text by, and after it what tells apart texts of one name. */
    private Path file(Sources sources, Unit unit) {
        String key = UUID.nameUUIDFromBytes((unit.label() + sources.place()).getBytes(StandardCharsets.UTF_8))
                .toString();
        String known = sources.name().replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}._-]+", "-");
        String shown = known.codePoints()
                .limit(40)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return folder.resolve(shown + "-" + key.replace("-", "").substring(0, 16) + SUFFIX);
    }

    @Override
    public TokenFile write(Sources sources, Unit unit, Content content) {
        boolean lasts = sources.bytes() >= 0;
        Path target = file(sources, unit);
        note(String.format(
                Locale.ROOT,
                "the text is long for the %,d MB that Java may take: its tokens go to %s",
                Runtime.getRuntime().maxMemory() / MEGABYTE,
                lasts ? target : "a file in " + folder + " that goes with the training"));
        try {
            prepare();
            return write(lasts ? target : null, content);
        } catch (IOException e) {
            throw noRoom(CheckpointException.reason(e));
        } finally {
            writing = false;
            console.endProgress();
        }
    }

    private TextException noRoom(String reason) {
        return new TextException("cannot keep the tokens of the text in " + folder + ": " + reason
                + "; make room there, name another folder in XDG_CACHE_HOME, or allow Java more memory, such as"
                + " LSTM_JAVA_OPTS=-Xmx8g");
    }

    /** Makes the folder, for the user alone, whose texts may be private, and cleans it. */
    private void prepare() throws IOException {
        if (!Files.isDirectory(folder)) {
            AtomicFile.makeFolder(folder.resolveSibling(""));
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                clean(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void clean(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (name.endsWith(SUFFIX)) {
                Instant used = Files.getLastModifiedTime(file).toInstant();
                if (used.isBefore(Instant.now().minus(KEPT))) {
                    Files.deleteIfExists(file);
                }
            } else if (name.startsWith(".") && name.endsWith(SUFFIX + TEMPORARY)) {
                AtomicFile.removeUnlocked(file);
            }
        } catch (IOException e) {
            return; // rubbish that cannot be cleaned away is no reason not to train
        }
    }

    /** Writes a file under another name, and gives it its own once it is whole; a null target gets none. */
    private TokenFile write(@Nullable Path target, Content content) throws IOException {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = folder.resolve("." + random + SUFFIX + TEMPORARY);
        temporary.toFile().deleteOnExit(); // at Ctrl-C
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SystemLock.on(channel);
            writing = true;
            TokenFile file = content.writeTo(channel);
            if (target != null) {
                channel.force(true);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return file;
        } finally {
            deleteIfPossible(temporary);
        }
    }

    private static void deleteIfPossible(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            return; // Windows keeps what is mapped; it goes when the process ends
        }
    }

    @Override
    public void progress(long bytes) {
        if (writing) {
            requireRoom();
        }
        if (console.errIsTerminal()) {
            console.progress(String.format(Locale.ROOT, "read %,d MB of the text", bytes / MEGABYTE));
        }
    }

    private void requireRoom() {
        try {
            FileStore store = Files.getFileStore(folder);
            if (store.getUsableSpace() < Math.min(RESERVE, store.getTotalSpace() / 20)) {
                throw noRoom("the disk is nearly full");
            }
        } catch (IOException e) {
            return; // then writing tells
        }
    }

    @Override
    public void note(String line) {
        console.note(line);
    }
}
