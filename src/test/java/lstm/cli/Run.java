package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A command line that has run in this process, its streams injected.
 *
 * @param code the exit code
 * @param bytes standard output
 * @param err standard error
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Run(int code, byte[] bytes, String err) {

    /** A model that takes next to no time. */
    private static final List<String> TINY =
            List.of("--hidden", "6", "--layers", "2", "--batch", "4", "--seq-length", "5");

    /** Runs a command line; its words are put into text. */
    static Run lstm(Object... words) {
        return lstm(InputStream.nullInputStream(), words);
    }

    /** Runs a command line with this as its standard input. */
    static Run piped(String input, Object... words) {
        return lstm(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), words);
    }

    private static Run lstm(InputStream in, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(in, stream(out), stream(err), false, false, false);
        int code = Lstm.run(console, words(words));
        return new Run(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    static String[] words(Object... words) {
        return Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    }

    /** Trains a tiny model, which must succeed. */
    static Run train(Object... words) {
        return lstm(trainWords(words)).succeeded();
    }

    /** A command line that trains a tiny model. */
    static Object[] trainWords(Object... words) {
        Object[] all = Arrays.copyOf(new Object[] {"train"}, 1 + TINY.size() + words.length);
        System.arraycopy(TINY.toArray(), 0, all, 1, TINY.size());
        System.arraycopy(words, 0, all, 1 + TINY.size(), words.length);
        return all;
    }

    /** Standard output as text. */
    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The exit code is 0, and nothing on standard error looks like a failure. */
    Run succeeded() {
        assertThat(err).doesNotContain("lstm: ");
        assertThat(code).as(err).isEqualTo(Lstm.DONE);
        return this;
    }

    /** The exit code is this one, and the only line on standard error is an error that holds these words. */
    Run failed(int expected, String... words) {
        assertThat(err).startsWith("lstm: ").contains(words).doesNotContain("Exception", "\tat ");
        assertThat(err.lines()).hasSize(1);
        return failedAfterNotes(expected, words);
    }

    /** The same, but notes may stand before the error. */
    Run failedAfterNotes(int expected, String... words) {
        assertThat(err.lines().filter(line -> line.startsWith("lstm: "))).hasSize(1);
        assertThat(err.lines().toList().get((int) err.lines().count() - 1))
                .startsWith("lstm: ")
                .contains(words)
                .doesNotContain("Exception", "a mistake in lstm");
        assertThat(err).doesNotContain("\tat ").endsWith("\n");
        assertThat(out()).isEmpty();
        assertThat(code).isEqualTo(expected);
        return this;
    }
}
