package lstm.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
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

        private static final int MOST_WORKERS = 10_000;

        /**
         * Checks every number.
         *
         * @throws IllegalArgumentException where one is out of its range
         */
        public Sharing {
            if (workers < 1 || workers > MOST_WORKERS) {
                throw new IllegalArgumentException("expected from 1 to 10,000 workers, found " + workers);
            }
            if (localSteps < 1) {
                throw new IllegalArgumentException("expected 1 local step or more, found " + localSteps);
            }
            if (threads < 1) {
                throw new IllegalArgumentException("expected 1 thread or more, found " + threads);
            }
        }
    }

    /**
     * How a training was shared out that is to go on: what a checkpoint says of it.
     *
     * @param workers whose states it holds
     * @param localSteps between two of their exchanges
     * @param windows of its share that every worker has read
     */
    record Shared(int workers, int localSteps, long windows) {

        /** Of the training tensor that holds it. */
        public static final String TENSOR = "cluster";

        /** Before a worker's index, a point and the name of what it alone carries. */
        public static final String WORKER = "worker.";

        /**
         * What a checkpoint's training tensors say.
         *
         * @return null where one machine trained
         * @throws TrainingException where it makes no sense
         */
        public static @Nullable Shared of(Map<String, Tensor> trainingTensors) {
            Tensor tensor = trainingTensors.get(TENSOR);
            if (tensor == null) {
                return null;
            }
            boolean isTriple = tensor.dtype() == DType.I64 && Arrays.equals(tensor.shape(), new int[] {3});
            long[] numbers = isTriple ? tensor.toLongs() : new long[3];
            if (numbers[0] < 1
                    || numbers[0] > Sharing.MOST_WORKERS
                    || numbers[1] < 1
                    || numbers[1] > Integer.MAX_VALUE
                    || numbers[2] < 0) {
                throw TrainingException.ofTensor(TENSOR, "makes no sense");
            }
            return new Shared((int) numbers[0], (int) numbers[1], numbers[2]);
        }

        /** For a checkpoint. */
        public Tensor toTensor() {
            return Tensor.longs(workers, localSteps, windows);
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
