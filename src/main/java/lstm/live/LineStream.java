package lstm.live;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written to it line by line. */
final class LineStream extends OutputStream {

    private final Consumer<String> lines;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** Lines come in UTF-8, and are handed on with their ends. */
    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        open.write(b);
    }

    /** Hands on whole lines, several of them together. */
    @Override
    public synchronized void flush() {
        byte[] bytes = open.toByteArray();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end > 0) {
            open.reset();
            open.write(bytes, end, bytes.length - end);
            lines.accept(new String(bytes, 0, end, StandardCharsets.UTF_8));
        }
    }
}
