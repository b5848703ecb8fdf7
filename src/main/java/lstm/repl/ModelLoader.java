package lstm.repl;

import java.nio.file.Path;

/** Loads another model in the middle of a session. */
@FunctionalInterface
public interface ModelLoader {

    /**
     * Loads a checkpoint.
     *
     * @throws RuntimeException whose message is one line for the user
     */
    LoadedModel load(Path file);
}
