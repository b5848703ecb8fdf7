package lstm.repl;

import java.util.stream.IntStream;
import lstm.train.Adaptation;
import org.jspecify.annotations.Nullable;

/** A model's learning, in memory, from what a person writes or takes over; not from what it wrote itself. */
final class Learning {

    /**
     * A person's lines are few. Measured with the shipped model: after a hundred lines of Shakespeare the next hundred take 2.91 bits
     * per character at a rate of 0.001, 2.72 at this one, 2.68 at 0.005, and the tales 2.01, 2.21, 2.37, where 1.91 stood before.
     */
    private static final double RATE = 3e-3;

    private final LoadedModel model;
    /** Null until something was learnt. */
    private @Nullable Adaptation adaptation;

    Learning(LoadedModel model) {
        this.model = model;
    }

    /**
     * Learns to write a passage behind a text.
     *
     * @param reading of the same model; afterwards it has read all of it but the last token, which is still to be read with the new
     *     weights
     */
    void learn(int[] before, int[] passage, Reading reading) {
        if (passage.length == 0) {
            return;
        }
        if (adaptation == null) {
            adaptation = new Adaptation(model.model(), RATE);
        }
        if (before.length == 0) {
            adaptation.begin();
            adaptation.read(model.vocabulary().beforeText());
        } else {
            int last = before.length - 1;
            reading.goTo(IntStream.of(before).limit(last).toArray(), () -> false);
            adaptation.begin(reading.generator().place().state());
            adaptation.read(before[last]);
        }
        adaptation.read(passage);
        int[] all =
                IntStream.concat(IntStream.of(before), IntStream.of(passage)).toArray();
        reading.goTo(IntStream.of(all).limit(all.length - 1L).toArray(), () -> false);
    }

    /** Gives the model the weights of its file back; whether it had others. */
    boolean forget() {
        boolean learnt = adaptation != null;
        if (adaptation != null) {
            adaptation.forget();
        }
        adaptation = null;
        return learnt;
    }
}
