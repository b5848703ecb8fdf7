package lstm.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * The standard streams of the process, in UTF-8 whatever the locale is.
 *
 * <p>A JVM with an incubator module warns about it on file descriptor 2 before {@code main} runs, and no option keeps
 * it from that. So the launcher copies standard error to another descriptor, which {@code lstm.stderr} names, and
 * leaves the JVM {@code /dev/null} as its descriptor 2. With that the JVM can no longer tell which streams are
 * terminals: {@code lstm.terminals} holds the descriptors, as the digits 0, 1 and 2, that were. Nor can it tell what the user's locale
 * was, once the launcher has chosen one in which Java loses no character: {@code lstm.charmap} holds its character set.
 */
final class StandardStreams {

    static final int OUTPUT_DESCRIPTOR = 1;

    private static final String UTF_8 = "UTF-8";
    private static final String TERMINALS = System.getProperty("lstm.terminals", "");

    private StandardStreams() {}

    /** Standard output; what is printed is written at once. */
    static PrintStream output() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /** The user's standard error, whether or not the launcher moved it; what is printed is written at once. */
    static PrintStream error() {
        return open(System.getProperty("lstm.stderr") == null ? FileDescriptor.err : descriptorOf(errorDescriptor()));
    }

    /** The number of the descriptor that the user's standard error is. */
    static int errorDescriptor() {
        return Integer.getInteger("lstm.stderr", 2);
    }

    /** Whether the user's locale, of which the launcher tells, has more characters than ASCII. */
    static boolean unicode() {
        return System.getProperty("lstm.charmap", UTF_8).equalsIgnoreCase(UTF_8);
    }

    /** Whether standard output is a terminal, where a text should end with its line. */
    static boolean outputIsTerminal() {
        return TERMINALS.contains("1");
    }

    /** Whether standard error is a terminal, where a line of progress can be written over. */
    static boolean errorIsTerminal() {
        return TERMINALS.contains("2");
    }

    /** Whether somebody is there to type and to read: standard input and output are both terminals. */
    static boolean interactive() {
        return TERMINALS.contains("0") && TERMINALS.contains("1");
    }

    // PrintStream makes one write of each print, so a buffer below it would only hold text back.
    private static PrintStream open(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    // There is no public way: opening /dev/fd/3 would truncate the file that standard error is redirected to, and
    // fails on a socket and on another user's terminal. The jar's manifest opens java.io.
    private static FileDescriptor descriptorOf(int number) {
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return FileDescriptor.err;
        }
    }
}
