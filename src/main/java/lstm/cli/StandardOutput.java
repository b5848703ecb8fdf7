package lstm.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Standard output in UTF-8 that remembers why it could not be written: a print stream keeps only that it could not. */
final class StandardOutput extends PrintStream {

    private final Remembering below;

    /** On a stream, to which each print goes at once. */
    StandardOutput(OutputStream to) {
        this(new Remembering(to));
    }

    private StandardOutput(Remembering below) {
        super(below, false, StandardCharsets.UTF_8);
        this.below = below;
    }

    private static final class Remembering extends FilterOutputStream {

        private @Nullable IOException first;

        Remembering(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                first = first == null ? e : first;
                throw e;
            }
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }
    }

    /** Why something was lost; null where nothing was, or where the reader had enough and closed the pipe. */
    @Nullable
    IOException failure() {
        flush();
        IOException failure = below.first;
        return failure == null || isClosedPipe(failure) ? null : failure;
    }

    /** The system's words for it are in the user's language, so a pipe that nobody reads is asked for them. */
    private static boolean isClosedPipe(IOException failure) {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                pipe.source().close();
                sink.write(ByteBuffer.allocate(1));
                return false;
            }
        } catch (IOException closed) {
            return Objects.equals(closed.getMessage(), failure.getMessage());
        }
    }
}
