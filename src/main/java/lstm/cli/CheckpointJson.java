package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import lstm.checkpoint.CheckpointSummary;
import lstm.model.ModelConfig;
import lstm.text.Bits;
import lstm.train.TrainingState;

/** Checkpoints as JSON objects. */
final class CheckpointJson {

    private CheckpointJson() {}

    /** A line of {@code lstm ls --json}. */
    static JsonObject line(ListedFile listed, boolean newest) {
        JsonObject object = file(listed);
        object.addProperty("newest", newest);
        CheckpointSummary summary = listed.summary();
        if (summary == null) {
            object.addProperty("error", listed.error());
            return object;
        }
        model(object, summary);
        object.addProperty("symbols", summary.vocabulary().size());
        object.addProperty("resumable", summary.canResume());
        training(object, listed);
        return object;
    }

    /** File, size and date. */
    static JsonObject file(ListedFile listed) {
        JsonObject object = new JsonObject();
        object.addProperty("file", listed.file().toString());
        object.addProperty("bytes", listed.bytes());
        object.addProperty("modified", listed.modified().toString());
        return object;
    }

    /** The model's shape, and of what it writes. */
    static void model(JsonObject object, CheckpointSummary summary) {
        ModelConfig config = summary.config();
        object.addProperty("cell", config.cell().label());
        object.addProperty("layers", config.layers());
        object.addProperty("hidden", config.hidden());
        object.addProperty("embedding", config.embedding());
        object.addProperty("tied", config.tied());
        object.addProperty("attention", config.attention());
        object.addProperty("dropout", config.dropout());
        object.addProperty("weight_dropout", config.weightDropout());
        object.addProperty("parameters", config.parameters());
        object.addProperty("unit", summary.vocabulary().unit().label());
        object.addProperty("records", summary.records().label());
    }

    /** What a training from elsewhere does not tell is left out. */
    static void training(JsonObject object, ListedFile listed) {
        TrainingState training = listed.training();
        if (training == null) {
            return;
        }
        if (listed.corpus() != null) {
            object.addProperty("corpus", listed.corpus());
        }
        object.addProperty("step", training.step());
        object.addProperty("epochs", training.epochs());
        object.addProperty("complete", training.isComplete());
        Double loss = listed.loss();
        if (loss != null) {
            object.addProperty("val_loss", loss);
            object.addProperty("val_bits_per_char", Bits.ofNats(loss));
        }
    }

    /** Name, type, shape and size of every tensor. */
    static JsonArray tensors(CheckpointSummary summary) {
        JsonArray tensors = new JsonArray();
        for (CheckpointSummary.Entry entry : summary.tensors()) {
            JsonObject tensor = new JsonObject();
            tensor.addProperty("name", entry.name());
            tensor.addProperty("type", entry.dtype().name());
            JsonArray shape = new JsonArray();
            entry.shape().forEach(shape::add);
            tensor.add("shape", shape);
            tensor.addProperty("bytes", entry.bytes());
            tensors.add(tensor);
        }
        return tensors;
    }
}
