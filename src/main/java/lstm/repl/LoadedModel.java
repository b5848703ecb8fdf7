package lstm.repl;

import lstm.model.LanguageModel;
import lstm.text.Vocabulary;

/**
 * A model to talk to.
 *
 * @param name for people: the file it came from
 * @param model the model
 * @param vocabulary what its tokens stand for
 */
public record LoadedModel(String name, LanguageModel model, Vocabulary vocabulary) {}
