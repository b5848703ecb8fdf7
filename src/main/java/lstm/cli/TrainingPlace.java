package lstm.cli;

import java.util.List;
import lstm.model.LanguageModel;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.TokenStore;
import lstm.text.Vocabulary;
import lstm.train.Cluster;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;

/** Where a text is read and a model trained. */
interface TrainingPlace extends AutoCloseable {

    /** The text, in the tokens of a vocabulary that may be extended. */
    Corpus read(Vocabulary known, Records kind);

    /** The training as this place can do it. */
    TrainingConfig fitted(TrainingConfig config);

    Trainer trainer(LanguageModel model, TrainingData data, TrainingConfig config);

    @Override
    void close();

    /**
     * This machine.
     *
     * @param sources of the text
     * @param chat hears of a text that is too long for the memory
     */
    record Here(Sources sources, Console chat) implements TrainingPlace {

        @Override
        public Corpus read(Vocabulary known, Records kind) {
            // The records of a list are put into order in memory.
            return Corpus.read(sources, known, kind == Records.NONE ? TokenCache.ofUser(chat) : TokenStore.NONE);
        }

        @Override
        public TrainingConfig fitted(TrainingConfig config) {
            return config;
        }

        @Override
        public Trainer trainer(LanguageModel model, TrainingData data, TrainingConfig config) {
            return new Trainer(model, data, config);
        }

        @Override
        public void close() {}
    }

    /**
     * Many machines.
     *
     * @param corpora that they read
     */
    record There(Cluster cluster, List<String> corpora) implements TrainingPlace {

        @Override
        public Corpus read(Vocabulary known, Records kind) {
            return cluster.read(corpora, known);
        }

        @Override
        public TrainingConfig fitted(TrainingConfig config) {
            return cluster.fitted(config);
        }

        @Override
        public Trainer trainer(LanguageModel model, TrainingData data, TrainingConfig config) {
            return new Trainer(model, data, config, cluster.learner(model, data, config));
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
