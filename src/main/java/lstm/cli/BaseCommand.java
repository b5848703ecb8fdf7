package lstm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What every command has: the streams of the run, and the options that all understand. */
abstract class BaseCommand implements Callable<Integer> {

    final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version, and which kernel works here and why.")
    boolean version;

    @Option(names = "--debug", description = "Show where an error came from.")
    boolean debug;

    BaseCommand(Console console) {
        this.console = console;
    }
}
