package lstm.train;

import lstm.batch.Split;
import lstm.text.Corpus;
import lstm.text.Tokens;
import lstm.text.Vocabulary;

/**
 * A text, ready for a training.
 *
 * @param vocabulary of its symbols
 * @param training what is learnt from
 * @param validation what is held out; may be empty
 * @param digest of the whole text, by which it is known again
 */
public record TrainingData(Vocabulary vocabulary, Tokens training, Tokens validation, String digest) {

    /** Cuts a text as a configuration says. */
    public static TrainingData of(Corpus corpus, TrainingConfig config) {
        Split split = Split.of(corpus.tokens(), config.validation());
        return new TrainingData(
                corpus.vocabulary(),
                split.training(),
                split.validation(),
                corpus.tokens().digest());
    }
}
