package lstm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lstm.checkpoint.Checkpoint;
import lstm.metrics.Course;
import lstm.ngram.Baseline;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import org.jspecify.annotations.Nullable;

/** The n-gram baseline of a text, on the part that a training would hold out. */
final class Baselines {

    private Baselines() {}

    /** A text, cut as {@code train} cuts it, who holds out this share, or what is enough where that is left open. */
    static TrainingData data(Sources sources, Unit unit, Records records, @Nullable Double share) {
        Corpus corpus = Corpus.read(sources, unit);
        TrainingConfig config = share == null
                ? TrainingConfig.DEFAULT.holdingOutEnough(corpus.tokens().size())
                : TrainingConfig.DEFAULT.withValidation(share);
        return TrainingData.of(corpus, records, config);
    }

    /** The baseline of the text that runs were trained on, cut as the first checkpoint among them says. */
    static Baseline ofRuns(List<Path> runs, List<String> corpora, Console console) {
        Sources sources = Sources.of(corpora, console.in(), console::note);
        Optional<Path> first = runs.stream().filter(Course::isCheckpoint).findFirst();
        TrainingData data = first.map(file -> cutAs(file, sources, console))
                .orElseGet(() -> data(sources, Unit.CHARACTER, Records.NONE, null));
        return measure(data, OrdersConverter.Orders.DEFAULT);
    }

    private static TrainingData cutAs(Path file, Sources sources, Console console) {
        Checkpoint checkpoint = Checkpoint.load(file);
        TrainingData data = TrainingData.like(checkpoint, Corpus.read(sources, checkpoint.vocabulary()));
        if (!data.isOf(checkpoint)) {
            console.note(
                    sources + " is not the text that " + file + " was trained on; its n-grams are drawn all the same");
        }
        return data;
    }

    /**
     * Counts what would be learnt, and measures on what would be held out.
     *
     * @throws CommandException where nothing is held out
     */
    static Baseline measure(TrainingData data, OrdersConverter.Orders orders) {
        long heldOut = data.validation().size();
        if (heldOut < 2) {
            long characters = data.training().size() + heldOut;
            throw new CommandException("nothing is held out to measure on: the text has "
                    + data.vocabulary().unit().count(characters) + "; take a longer one or another --val");
        }
        return Baseline.measure(
                data.training().tokens(0),
                data.validation(),
                data.vocabulary().size(),
                orders.lowest(),
                orders.highest());
    }
}
