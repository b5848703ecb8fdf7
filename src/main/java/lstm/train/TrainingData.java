package lstm.train;

import lstm.batch.Epochs;
import lstm.batch.Split;
import lstm.checkpoint.Checkpoint;
import lstm.text.Corpus;
import lstm.text.RecordList;
import lstm.text.Records;
import lstm.text.Tokens;
import lstm.text.Vocabulary;

/**
 * A text, ready for a training.
 *
 * @param vocabulary of its symbols
 * @param records into which it is parted
 * @param count of the records, held out or not; 0 where it is no list
 * @param training what is learnt from
 * @param validation what is held out; may be empty
 * @param digest of the whole text, by which it is known again
 * @param name of the text, for people
 */
public record TrainingData(
        Vocabulary vocabulary,
        Records records,
        int count,
        Epochs training,
        Tokens validation,
        String digest,
        String name) {

    /**
     * Cuts a text in a model's vocabulary as the model's training cut it; where the checkpoint tells of none, as a new
     * training would.
     *
     * @throws lstm.text.TextException where it should be a list and is none
     */
    public static TrainingData like(Checkpoint checkpoint, Corpus corpus) {
        TrainingConfig config;
        try {
            config = TrainingState.fromJson(checkpoint.training()).config();
        } catch (TrainingException e) {
            config = TrainingConfig.DEFAULT.holdingOutEnough(corpus.tokens().size());
        }
        return of(corpus, checkpoint.records(), config);
    }

    /** Whether this is the text that a model was trained on. */
    public boolean isOf(Checkpoint checkpoint) {
        try {
            return TrainingState.fromJson(checkpoint.training()).textDigest().equals(digest);
        } catch (TrainingException e) {
            return false;
        }
    }

    /** Cuts a text that is no list as a configuration says. */
    public static TrainingData of(Corpus corpus, TrainingConfig config) {
        return of(corpus, Records.NONE, config);
    }

    /**
     * Cuts a text as a configuration says.
     *
     * @throws lstm.text.TextException where it should be a list and is none
     */
    public static TrainingData of(Corpus corpus, Records records, TrainingConfig config) {
        String digest = corpus.tokens().digest();
        if (records == Records.NONE) {
            Split split = Split.of(corpus.tokens(), config.validation());
            return new TrainingData(
                    corpus.vocabulary(), records, 0, split.training(), split.validation(), digest, corpus.name());
        }
        RecordList list = new RecordList(corpus, records);
        Split split = Split.of(list, config.validation(), config.seed());
        return new TrainingData(
                corpus.vocabulary(), records, list.size(), split.training(), split.validation(), digest, corpus.name());
    }
}
