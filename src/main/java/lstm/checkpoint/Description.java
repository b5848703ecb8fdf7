package lstm.checkpoint;

import static lstm.checkpoint.CheckpointFormat.require;

import java.util.Map;
import java.util.Objects;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/** What a checkpoint's metadata tells of its model; every claim is checked. */
record Description(ModelConfig config, Vocabulary vocabulary, Records records, String training) {

    private static final String CONFIG = "config";
    private static final String TRAINING = "training";

    /**
     * Reads the metadata.
     *
     * @throws IllegalArgumentException where something is missing, of another kind or out of range
     */
    static Description of(Map<String, String> metadata) {
        String format = text(metadata, "format");
        require(
                format.equals(CheckpointFormat.FORMAT),
                "expected the format " + CheckpointFormat.FORMAT + ", found " + Shown.quoted(format));
        JsonFields config = JsonFields.of(CONFIG, text(metadata, CONFIG));
        Records records =
                config.has("records") ? Records.fromLabel(Shown.shortened(config.string("records"))) : Records.NONE;
        String training = text(metadata, TRAINING);
        JsonFields.of(TRAINING, training);
        Vocabulary vocabulary = VocabularyJson.ofArray(
                Unit.fromLabel(Shown.shortened(config.string("unit"))), text(metadata, "vocabulary"));
        return new Description(config(config, vocabulary), vocabulary, records, training);
    }

    private static ModelConfig config(JsonFields json, Vocabulary vocabulary) {
        return new ModelConfig(
                Cell.fromLabel(Shown.shortened(json.string("cell"))),
                vocabulary.size(),
                json.integer("hidden"),
                json.integer("layers"),
                json.has("embedding") ? json.integer("embedding") : 0,
                json.has("tied") && json.flag("tied"),
                json.has("attention") ? json.integer("attention") : 0,
                (float) json.number("dropout"),
                json.has("weight_dropout") ? (float) json.number("weight_dropout") : 0);
    }

    private static String text(Map<String, String> metadata, String key) {
        String text = metadata.get(key);
        require(text != null, "its metadata has no \"" + key + "\"");
        return Objects.requireNonNull(text);
    }
}
