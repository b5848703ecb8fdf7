package lstm.cli;

import java.nio.file.Path;
import java.util.Locale;
import lstm.batch.BatchShape;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.train.TrainingData;

/** What a training says of itself before it begins. */
record TrainingNotes(Console console) {

    /** Of a vocabulary that outweighs the layers. */
    private static final int MANY_SYMBOLS = 10_000;

    /** The windows are smaller than was asked for. */
    void shortText(BatchShape asked, BatchShape fitted) {
        note(
                "the text is short: training on %d x %d characters a step instead of %d x %d",
                fitted.streams(), fitted.steps(), asked.streams(), asked.steps());
    }

    /** What makes a model large that would otherwise be small, before there may be no memory for it. */
    void symbols(ModelConfig model) {
        if (model.vocabulary() >= MANY_SYMBOLS && !model.tied()) {
            note(
                    "%,d of %,d parameters are for the %,d different characters; --tie or --bytes makes the model smaller",
                    model.parameters() - model.withVocabulary(1).parameters(), model.parameters(), model.vocabulary());
        }
    }

    /** What is learnt, by which model, in which windows and into which file. */
    void beginning(TrainingData data, ModelConfig model, BatchShape shape, Path target) {
        if (data.records() != Records.NONE) {
            note("a list of %,d record%s", data.count(), data.count() == 1 ? "" : "s");
        }
        note(
                "%s to learn from, %,d held out, %d different",
                data.vocabulary().unit().count(data.training().size()),
                data.validation().size(),
                model.vocabulary());
        note(
                "%s, %,d parameters, %d x %d characters a step; saving to %s",
                model.description(), model.parameters(), shape.streams(), shape.steps(), target);
    }

    private void note(String format, Object... values) {
        console.note(String.format(Locale.ROOT, format, values));
    }
}
