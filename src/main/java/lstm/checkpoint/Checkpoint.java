package lstm.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Vocabulary;
import org.ojalgo.matrix.store.R032Store;

/**
 * Everything one file holds: a model that can be used, and what a training needs to go on as if it had never stopped.
 *
 * @param config the model's shape
 * @param vocabulary what its tokens stand for
 * @param records into which its text is parted; a text that it writes begins behind their separator
 * @param training how it was trained, as a JSON object; its keys are {@code lstm.train}'s, or tell where it was imported from
 * @param weights the best weights on validation so far, or the last where there is no validation, by PyTorch's names
 * @param trainingTensors what only a training needs, without the prefix "training."; empty in a slim file
 */
public record Checkpoint(
        ModelConfig config,
        Vocabulary vocabulary,
        Records records,
        String training,
        Map<String, R032Store> weights,
        Map<String, Tensor> trainingTensors) {

    /** More tensors no file may have. */
    public static final int MOST_TENSORS = Header.MAX_NAMES;

    /**
     * Copies the maps, keeping their order.
     *
     * @throws IllegalArgumentException where there are records and no newline to part them
     */
    public Checkpoint {
        requireSeparator(records, vocabulary);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        trainingTensors = Collections.unmodifiableMap(new LinkedHashMap<>(trainingTensors));
    }

    static void requireSeparator(Records records, Vocabulary vocabulary) {
        if (records != Records.NONE && vocabulary.token('\n') < 0) {
            throw new IllegalArgumentException("its text is a list, and its vocabulary has no newline");
        }
    }

    /** Of a text that is no list. */
    public Checkpoint(
            ModelConfig config,
            Vocabulary vocabulary,
            String training,
            Map<String, R032Store> weights,
            Map<String, Tensor> trainingTensors) {
        this(config, vocabulary, Records.NONE, training, weights, trainingTensors);
    }

    /**
     * Reads a file and believes nothing in it.
     *
     * @throws CheckpointException in one line, where it cannot be read or used
     */
    public static Checkpoint load(Path file) {
        return CheckpointFormat.fromFile(file, SafetensorsFile.read(file));
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws CheckpointException in one line, where it cannot be written, or holds a number that is infinite or NaN
     */
    public void save(Path file) {
        Map<String, Tensor> tensors = CheckpointFormat.tensors(this);
        CheckpointFormat.requireFinite(file, tensors);
        SafetensorsFile.write(file, CheckpointFormat.metadata(this), tensors);
    }

    /** This checkpoint without what only a training needs. */
    public Checkpoint slim() {
        return new Checkpoint(config, vocabulary, records, training, weights, Map.of());
    }

    /** Whether a training can go on from it. */
    public boolean canResume() {
        return !trainingTensors.isEmpty();
    }

    /** The model with the weights of this checkpoint. */
    public LanguageModel model(Workers workers) {
        LanguageModel model = new LanguageModel(config, workers);
        model.load(weights);
        return model;
    }

    /** A model's weights as tensors, by the same names; what is a vector there has one column here. */
    public static Map<String, Tensor> tensors(ModelConfig config, Map<String, R032Store> weights) {
        Map<String, int[]> shapes = config.tensorShapes();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((name, store) -> {
            int[] shape = shapes.get(name);
            boolean vector = shape != null && shape.length == 1;
            tensors.put(name, vector ? Tensor.vector(store) : Tensor.matrix(store));
        });
        return tensors;
    }
}
