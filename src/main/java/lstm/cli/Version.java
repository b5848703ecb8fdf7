package lstm.cli;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Objects;
import lstm.kernel.KernelChoice;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        KernelChoice kernel = KernelChoice.of(KernelChoice.Request.AUTO);
        return new String[] {
            "lstm " + number(),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vendor"),
            "kernel " + kernel.name() + ": " + kernel.reason()
        };
    }

    /** The version of the jar. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(not packaged)");
    }

    /** The day that every entry of the jar carries, project.build.outputTimestamp of the pom. */
    static String date() throws IOException {
        URL own = Objects.requireNonNull(Version.class.getResource("Version.class"));
        return own.openConnection() instanceof JarURLConnection jar
                ? jar.getJarEntry().getTimeLocal().toLocalDate().toString()
                : "(not packaged)";
    }
}
