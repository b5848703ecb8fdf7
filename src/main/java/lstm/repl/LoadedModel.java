package lstm.repl;

import java.nio.file.Path;
import lstm.model.LanguageModel;
import lstm.text.TerminalText;
import lstm.text.Vocabulary;

/**
 * A model to talk to.
 *
 * @param file the checkpoint it came from
 * @param model the model
 * @param vocabulary what its tokens stand for
 */
public record LoadedModel(Path file, LanguageModel model, Vocabulary vocabulary) {

    /** For people. */
    String name() {
        return TerminalText.line(String.valueOf(file.getFileName()));
    }
}
