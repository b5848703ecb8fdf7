package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command line in a Java process of its own, in a folder of its own. */
final class Child implements AutoCloseable {

    private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

    private final Process process;
    private final BufferedReader err;
    private final StringBuilder read = new StringBuilder();

    private Child(Process process) {
        this.process = process;
        err = process.errorReader(StandardCharsets.UTF_8);
    }

    /** Starts a command line with these options of Java's. */
    static Child start(Path folder, List<String> options, Object... words) throws IOException {
        return start(Main.class, folder, options, words);
    }

    /** Starts a main class with these words. */
    static Child start(Class<?> main, Path folder, List<String> options, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MODULE);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(Run.words(words)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // What is kept goes below user.home, which an option sets.
        builder.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "HOME"));
        return new Child(builder.start());
    }

    /** Runs a command line to its end. */
    static Run run(Path folder, List<String> options, Object... words) throws IOException {
        try (Child child = start(folder, options, words)) {
            return child.end();
        }
    }

    /** Waits until standard error has a line that begins with this. */
    void awaitLine(String beginning) throws IOException {
        assertThat(sees(beginning))
                .as("a line \"%s\" after %s", beginning, read)
                .isTrue();
    }

    /** The same, and whether there was one before the end. */
    boolean sees(String beginning) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            read.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Waits until standard output has a line, and returns it. */
    String outLine() throws IOException {
        return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /** Gives it all of its standard input. */
    void type(String text) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The processes that it has begun, and theirs. */
    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    /** Sends a signal: INT is Ctrl-C. */
    void signal(String name) throws IOException {
        // The shell's own kill, for not every machine has another.
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    /** Whether Ctrl-C is not for processes of this one: without job control, a shell's background work ignores it. */
    static boolean interruptsAreIgnored() throws IOException {
        return isIgnored("INT");
    }

    /** Whether processes of this one inherit that they ignore a signal: below nohup, HUP is. */
    static boolean isIgnored(String signal) throws IOException {
        int bit = List.of("HUP", "INT", "QUIT").indexOf(signal);
        Path status = Path.of("/proc/self/status");
        return bit >= 0
                && Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(ignored -> (ignored & (1L << bit)) != 0);
    }

    /** The most memory that was ever resident. */
    long peakOfResidentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for the end. What it wrote to standard output must fit into a pipe. */
    Run end() throws IOException {
        // Both at once: who writes much to the one would wait for ever while only the other is read.
        CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(this::output);
        err.lines().forEach(line -> read.append(line).append('\n'));
        String text = read.toString().replaceFirst("(?m)^WARNING: .*incubator.*\n", "");
        return new Run(process.onExit().join().exitValue(), out.join(), text);
    }

    private byte[] output() {
        try {
            return process.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end, but no longer than this; returns whether it has come. */
    boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end, whatever it wrote. */
    int code() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
