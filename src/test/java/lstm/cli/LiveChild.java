package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import lstm.live.Emulator;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.junit.jupiter.api.Assumptions;

/** A command line in a process of its own, whose standard error is a pseudo-terminal of the system's. */
final class LiveChild implements AutoCloseable {

    private final JniNativePty pty;
    private final Process process;
    private final Emulator screen;
    private final Thread reader;

    private LiveChild(JniNativePty pty, Process process, Emulator screen) {
        this.pty = pty;
        this.process = process;
        this.screen = screen;
        reader = new Thread(this::read, "pseudo-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command line in a folder, at a terminal of this size, with nothing as its standard input. */
    static LiveChild start(Path folder, int columns, int rows, Map<String, String> environment, Object... words)
            throws IOException {
        return start(Main.class, folder, columns, rows, environment, words);
    }

    /** Starts a main class likewise. */
    static LiveChild start(
            Class<?> main, Path folder, int columns, int rows, Map<String, String> environment, Object... words)
            throws IOException {
        JniNativePty pty = pty(columns, rows);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dlstm.terminals=2"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(Run.words(words)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(Path.of(pty.getName()).toFile());
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new LiveChild(pty, process, new Emulator(columns, rows));
    }

    private static JniNativePty pty(int columns, int rows) throws IOException {
        Attributes usual = new Attributes();
        usual.setOutputFlags(EnumSet.of(OutputFlag.OPOST, OutputFlag.ONLCR));
        usual.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON, LocalFlag.ISIG));
        try {
            return (JniNativePty) new JniTerminalProvider().open(usual, Size.of(columns, rows));
        } catch (LinkageError | ClassCastException e) {
            return Assumptions.abort("JLine opens no pseudo-terminal here: " + e);
        }
    }

    private void read() {
        try (InputStream in = pty.getMasterInput()) {
            byte[] bytes = new byte[4096];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                screen.write(bytes, 0, count);
            }
        } catch (IOException e) {
            return; // the terminal is closed
        }
    }

    Emulator screen() {
        return screen;
    }

    /** Whether the terminal shows what is typed. */
    boolean echoes() throws IOException {
        return pty.getAttr().getLocalFlag(LocalFlag.ECHO);
    }

    /** Gives the window another size. */
    void resize(int columns, int rows) throws IOException {
        screen.resize(columns, rows);
        pty.setSize(Size.of(columns, rows));
    }

    /** Sends a signal: INT is Ctrl-C. */
    void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    /** Waits for the end, and returns the exit code. */
    int end() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        pty.close();
    }
}
