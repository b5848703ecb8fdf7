package lstm.repl;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import lstm.generate.BatchSampler;
import lstm.generate.BeamSearch;
import lstm.generate.Draft;
import lstm.generate.InOrder;
import lstm.generate.Selection;
import lstm.generate.TextListener;
import lstm.model.LanguageModel;

/** One continuation of a text that a model has read. */
final class Continuation implements TextListener {

    /** Candidates that are made at the same time. */
    private static final int STREAMS = 16;

    private final LanguageModel model;
    private final Reading reading;
    private final Draft draft;
    private final IntConsumer text;

    /**
     * A continuation from where the reading is.
     *
     * @param draft which has read the same
     * @param text takes the tokens of the continuation
     */
    Continuation(LanguageModel model, Reading reading, Draft draft, IntConsumer text) {
        this.model = model;
        this.reading = reading;
        this.draft = draft;
        this.text = text;
    }

    /** Draws it token by token; or takes the likeliest of several, or the likeliest that a search finds. */
    void make(Settings settings, long chance, BooleanSupplier stop) {
        SplittableRandom random = new SplittableRandom(chance);
        if (settings.beam() > 0) {
            new BeamSearch(model, reading.generator().place(), draft, settings.beam()).run(1, this, stop);
        } else if (settings.bestOf() > 1) {
            int count = settings.bestOf();
            Selection selection = new Selection(this, 1, count, any -> true);
            new BatchSampler(model, reading.generator().place(), draft, number -> random.split())
                    .run(count, Math.min(count, STREAMS), new InOrder(selection), stop);
        } else {
            draw(random, stop);
        }
    }

    private void draw(SplittableRandom random, BooleanSupplier stop) {
        while (!draft.isComplete() && !stop.getAsBoolean()) {
            int token = reading.generator().next(draft, random, text);
            if (token != Draft.END) {
                reading.add(token);
            }
        }
    }

    @Override
    public void written(long number, int token) {
        text.accept(token);
    }

    @Override
    public void ended(long number, boolean stuck) {
        // It is the only one.
    }
}
