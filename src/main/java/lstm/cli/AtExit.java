package lstm.cli;

/** What is to be tidied up where the process is ended in the middle of its work, by Ctrl-C or a request to terminate. */
final class AtExit implements AutoCloseable {

    private final Thread hook;

    /** Does so from now on, until it is closed. */
    AtExit(Runnable tidying) {
        hook = new Thread(tidying, "lstm-at-exit");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already, and nothing has begun
        }
    }

    /** The work is done, or somebody else looks after it. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already
        }
    }
}
