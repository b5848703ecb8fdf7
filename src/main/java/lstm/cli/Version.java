package lstm.cli;

import java.util.Objects;
import lstm.kernel.KernelChoice;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        KernelChoice kernel = KernelChoice.of(KernelChoice.Request.AUTO);
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "lstm " + Objects.requireNonNullElse(version, "(not packaged)"),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vendor"),
            "kernel " + kernel.name() + ": " + kernel.reason()
        };
    }
}
