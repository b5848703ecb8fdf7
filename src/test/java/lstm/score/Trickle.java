package lstm.score;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream whose writer writes it in parts: what has not been written cannot be read without waiting. */
final class Trickle extends InputStream {

    private final String[] parts;
    private byte[] part = {};
    private int position;
    private int begun;

    Trickle(String... parts) {
        this.parts = parts;
    }

    /** How many parts a reader has waited for; one more than there are where it waited for the end. */
    int begun() {
        return begun;
    }

    @Override
    public int available() {
        return part.length - position;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (available() == 0) {
            if (begun++ >= parts.length) {
                return -1;
            }
            part = parts[begun - 1].getBytes(StandardCharsets.UTF_8);
            position = 0;
        }
        int count = Math.min(length, available());
        System.arraycopy(part, position, into, from, count);
        position += count;
        return count;
    }
}
