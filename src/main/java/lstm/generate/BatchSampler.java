package lstm.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import lstm.model.LanguageModel;
import lstm.model.RecurrentState;
import org.jspecify.annotations.Nullable;

/**
 * Many texts with the same beginning, made side by side.
 *
 * <p>What a text is depends on its number alone, and not on how many stand beside it.
 */
public final class BatchSampler {

    private final LanguageModel model;
    private final TextGenerator.Place beginning;
    private final Draft first;
    private final LongFunction<SplittableRandom> chance;

    /**
     * Texts of a model.
     *
     * @param beginning where each begins
     * @param draft which has read the beginning
     * @param chance of the text of a number, counted from 0
     */
    public BatchSampler(
            LanguageModel model, TextGenerator.Place beginning, Draft draft, LongFunction<SplittableRandom> chance) {
        this.model = model;
        this.beginning = beginning;
        this.first = draft;
        this.chance = chance;
    }

    /**
     * Makes texts until there are so many, or {@code stop} says so.
     *
     * @param streams how many are made at the same time
     */
    public void run(long count, int streams, TextListener listener, BooleanSupplier stop) {
        new Run(count, listener, stop).run((int) Math.max(1, Math.min(count, streams)));
    }

    /** A text in its stream. */
    private final class Slot {

        final Draft draft = first.copy();
        final float[] logits = beginning.logits().clone();
        int token;
        private final long text;
        private final SplittableRandom random;
        private final TextListener listener;
        private final IntConsumer written;

        Slot(long text, TextListener listener) {
            this.text = text;
            this.listener = listener;
            random = chance.apply(text);
            written = next -> listener.written(text, next);
        }

        /** Draws the next token; whether more follow. */
        boolean draw() {
            if (!draft.isComplete()) {
                token = draft.draw(logits, random);
                if (token != Draft.END && listener.others() != TextListener.NO_PREDICTIONS) {
                    listener.drawn(text, Prediction.of(logits, token, listener.others()));
                }
                draft.write(token, written);
            }
            if (draft.isComplete()) {
                listener.ended(text, draft.isStuck());
            }
            return !draft.isComplete();
        }
    }

    private final class Run {

        private final long count;
        private final TextListener listener;
        private final BooleanSupplier stop;
        private final List<Slot> slots = new ArrayList<>();
        private long begun;

        Run(long count, TextListener listener, BooleanSupplier stop) {
            this.count = count;
            this.listener = listener;
            this.stop = stop;
        }

        void run(int width) {
            List<RecurrentState> states = new ArrayList<>();
            for (Slot slot = begin(); slot != null; slot = states.size() < width ? begin() : null) {
                slots.add(slot);
                states.add(beginning.state());
            }
            if (states.isEmpty()) {
                return;
            }
            Streams streams = new Streams(model, states);
            while (!slots.isEmpty() && !stop.getAsBoolean()) {
                for (int i = 0; i < slots.size(); i++) {
                    streams.put(i, slots.get(i).token);
                }
                streams.read();
                boolean goOn = true;
                for (int i = 0; i < slots.size(); i++) {
                    Slot slot = slots.get(i);
                    streams.logits(i, slot.logits);
                    goOn &= slot.draw();
                }
                if (!goOn) {
                    replaceComplete(streams);
                }
            }
        }

        /** The next text that has a token to be read; null where there is none. */
        private @Nullable Slot begin() {
            while (begun < count && !stop.getAsBoolean()) {
                Slot slot = new Slot(begun++, listener);
                if (slot.draw()) {
                    return slot;
                }
            }
            return null;
        }

        /** Others begin in the places of texts that are complete; where there are none, the rest closes up. */
        private void replaceComplete(Streams streams) {
            RecurrentState state = streams.state();
            List<RecurrentState> states = new ArrayList<>();
            List<Slot> before = List.copyOf(slots);
            slots.clear();
            for (int i = 0; i < before.size(); i++) {
                boolean complete = before.get(i).draft.isComplete();
                Slot slot = complete ? begin() : before.get(i);
                if (slot != null) {
                    slots.add(slot);
                    states.add(complete ? beginning.state() : state.stream(i));
                }
            }
            if (!slots.isEmpty()) {
                streams.arrange(states);
            }
        }
    }
}
