package lstm.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lstm.model.ModelConfig;
import lstm.text.Records;
import org.ojalgo.matrix.store.R032Store;

/** A checkpoint as metadata and tensors of a safetensors file, and back with every claim checked. */
final class CheckpointFormat {

    /** What this version writes, and the only thing it reads. */
    static final String FORMAT = "lstm/1";

    static final String TRAINING_PREFIX = "training.";

    private CheckpointFormat() {}

    static Map<String, String> metadata(Checkpoint checkpoint) {
        ModelConfig config = checkpoint.config();
        JsonObject json = new JsonObject();
        json.addProperty("cell", config.cell().label());
        json.addProperty("layers", config.layers());
        json.addProperty("hidden", config.hidden());
        json.addProperty("embedding", config.embedding());
        json.addProperty("tied", config.tied());
        json.addProperty("attention", config.attention());
        json.addProperty("dropout", config.dropout());
        json.addProperty("weight_dropout", config.weightDropout());
        json.addProperty("unit", checkpoint.vocabulary().unit().label());
        if (checkpoint.records() != Records.NONE) {
            json.addProperty("records", checkpoint.records().label());
        }
        JsonArray symbols = new JsonArray();
        checkpoint.vocabulary().symbols().forEach(symbols::add);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("config", json.toString());
        metadata.put("vocabulary", symbols.toString());
        metadata.put("training", checkpoint.training());
        return metadata;
    }

    static Map<String, Tensor> tensors(Checkpoint checkpoint) {
        Map<String, Tensor> tensors = Checkpoint.tensors(checkpoint.config(), checkpoint.weights());
        checkpoint.trainingTensors().forEach((name, tensor) -> tensors.put(TRAINING_PREFIX + name, tensor));
        return tensors;
    }

    /**
     * Holds that nothing is written which could not be read: a training that comes apart must not cost the file that is there.
     *
     * @throws CheckpointException where a number of the model or of its training is none
     */
    static void requireFinite(Path path, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            float wrong = tensor.dtype() == DType.F32 ? tensor.notFinite() : 0;
            if (wrong != 0) {
                throw new CheckpointException("cannot write " + path + ": its tensor " + Shown.quoted(name)
                        + " would hold " + wrong + ", for the training has come apart; take a smaller --lr or --clip");
            }
        });
    }

    static Checkpoint fromFile(Path path, SafetensorsFile file) {
        return usable(path, () -> {
            Description description = Description.of(file.metadata());
            return new Checkpoint(
                    description.config(),
                    description.vocabulary(),
                    description.records(),
                    description.training(),
                    weights(description.config(), file),
                    trainingTensors(file));
        });
    }

    static CheckpointSummary fromHeader(Path path, Header header) {
        return usable(path, () -> {
            Description description = Description.of(header.metadata());
            requireWeights(description.config(), header.entries());
            List<CheckpointSummary.Entry> tensors = new ArrayList<>();
            header.entries()
                    .forEach((name, entry) -> tensors.add(new CheckpointSummary.Entry(
                            name,
                            entry.dtype(),
                            Arrays.stream(entry.shape()).boxed().toList(),
                            entry.end() - entry.begin())));
            return new CheckpointSummary(
                    description.config(),
                    description.vocabulary(),
                    description.records(),
                    description.training(),
                    tensors);
        });
    }

    private static <T> T usable(Path path, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new CheckpointException(path + " is not a checkpoint that can be used: " + e.getMessage()
                    + "; copy it again or train anew");
        }
    }

    /** Exactly the weights of a model of this configuration: all are looked at before anything of their size is made. */
    private static Map<String, R032Store> weights(ModelConfig config, SafetensorsFile file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.tensorShapes().forEach((name, shape) -> tensors.put(name, file.floats(name, shape)));
        requireNoOthers(tensors.keySet(), file.names());
        Map<String, R032Store> weights = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> weights.put(name, tensor.toStore()));
        return weights;
    }

    /** The same of what a header promises. */
    private static void requireWeights(ModelConfig config, Map<String, Header.Entry> entries) {
        Map<String, int[]> shapes = config.tensorShapes();
        shapes.forEach((name, shape) -> {
            Header.Entry entry = entries.get(name);
            if (entry == null) {
                throw new IllegalArgumentException("it has no tensor " + Shown.quoted(name));
            }
            boolean fits = entry.dtype().isFloat() && Arrays.equals(entry.shape(), shape);
            require(
                    fits,
                    "tensor " + Shown.quoted(name) + " is " + entry.dtype() + Arrays.toString(entry.shape())
                            + ", expected F32" + Arrays.toString(shape));
        });
        requireNoOthers(shapes.keySet(), entries.keySet());
    }

    private static void requireNoOthers(Set<String> weights, Set<String> names) {
        for (String name : names) {
            boolean known = weights.contains(name) || name.startsWith(TRAINING_PREFIX);
            require(known, "it has an unknown tensor " + Shown.quoted(name));
        }
    }

    private static Map<String, Tensor> trainingTensors(SafetensorsFile file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(TRAINING_PREFIX)) {
                tensors.put(name.substring(TRAINING_PREFIX.length()), file.tensor(name));
            }
        }
        return tensors;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
