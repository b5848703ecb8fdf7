package lstm.train;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import lstm.kernel.KernelChoice;
import lstm.model.LanguageModel;
import lstm.text.Corpus;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Machines that train a model together. */
public interface Cluster extends AutoCloseable {

    /**
     * How the machines share the work.
     *
     * @param workers that each learn from an equal part of the text
     * @param localSteps that each takes before the workers' weights are averaged
     * @param threads of a worker
     * @param kernel that each asks for
     */
    record Sharing(int workers, int localSteps, int threads, KernelChoice.Request kernel) {

        /** What a user gets who says nothing of it. */
        public static final int LOCAL_STEPS = 100;

        /**
         * Checks every number.
         *
         * @throws IllegalArgumentException where one is below 1
         */
        public Sharing {
            if (workers < 1 || localSteps < 1 || threads < 1) {
                throw new IllegalArgumentException("expected 1 worker, local step and thread or more, found " + workers
                        + ", " + localSteps + " and " + threads);
            }
        }
    }

    /** How a cluster is found; what can do it is not part of every build. */
    interface Connector {

        /**
         * The one of this build; null where it can train on this machine alone.
         */
        static @Nullable Connector find() {
            return ServiceLoader.load(Connector.class).findFirst().orElse(null);
        }

        /** Whether this process was begun by what knows its cluster already. */
        boolean isConnected();

        /**
         * Asks a cluster for its machines.
         *
         * @param master by which it is found; null where {@link #isConnected} tells it
         * @param notes hears a line for the user
         * @throws TrainingException in one line, where it cannot be reached
         */
        Cluster connect(@Nullable String master, Sharing sharing, Consumer<String> notes);
    }

    /**
     * Finds out what texts are made of: their tokens stay where the workers are.
     *
     * @param texts files and folders, as the cluster knows them
     * @param known symbols that have their tokens already, and the unit of the others
     * @throws lstm.text.TextException in one line, where they cannot be read
     */
    Corpus read(List<String> texts, Vocabulary known);

    /**
     * The same training with streams that can be shared out evenly, if need be with some more.
     *
     * @throws TrainingException in one line, where it is none for many machines
     */
    TrainingConfig fitted(TrainingConfig config);

    /**
     * What trains a model on such a text, in such windows.
     *
     * @throws TrainingException in one line, where that cannot be shared
     */
    Learner learner(LanguageModel model, TrainingData data, TrainingConfig config);

    @Override
    void close();
}
