package lstm.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import lstm.checkpoint.GrowingFile;

/**
 * A file of records in TensorFlow's format (TFRecord): a record is its length in 8 bytes, their checksum in 4, the data, and
 * their checksum, all little-endian. Each is written in one piece, so that a reader finds whole ones while it grows, and after
 * a kill.
 */
final class EventFile implements AutoCloseable {

    /** What TensorBoard knows an event file by. */
    static final String MARK = "tfevents";

    private static final Pattern SECOND = Pattern.compile("events\\.out\\." + MARK + "\\.(\\d{10,11})\\.");

    private static final int MASK_ROTATION = 15;
    private static final int MASK_DELTA = 0xa282ead8;

    private final GrowingFile out;

    private EventFile(GrowingFile out) {
        this.out = out;
    }

    /**
     * A new file, whose name stands behind those of older ones in a folder, whatever the clock says: readers go by the names, and of
     * two in one second the numbers of their processes may be in any order.
     */
    static EventFile create(Path folder, Instant time) throws IOException {
        for (long second = Math.max(time.getEpochSecond(), newest(folder) + 1); ; second++) {
            Path file = folder.resolve(String.format(
                    Locale.ROOT,
                    "events.out.%s.%010d.lstm.%d",
                    MARK,
                    second,
                    ProcessHandle.current().pid()));
            try {
                return new EventFile(GrowingFile.open(Files.createFile(file), true));
            } catch (FileAlreadyExistsException e) {
                // The next second, then.
            }
        }
    }

    /** The latest second in the names of a folder's files; 0 where there is none. */
    private static long newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> SECOND.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::lookingAt)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    /** Appends a record. */
    void add(byte[] data) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(checksum(record.array(), Long.BYTES));
        record.put(data);
        record.putInt(checksum(data, data.length));
        out.add(record.array());
    }

    /** Masked, as the checksum of data that hold checksums has to be. */
    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
