package lstm.cli;

/** Where the process begins and ends. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    // Nothing of picocli may stand in this class's signatures: what fails while the class is loaded is lost, since
    // standard error is not yet the user's.
    public static void main(String[] args) {
        System.setErr(StandardStreams.error());
        System.setOut(StandardStreams.output());
        System.exit(Lstm.run(Console.ofProcess(), args));
    }
}
