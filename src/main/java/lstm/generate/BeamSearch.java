package lstm.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import lstm.model.LanguageModel;
import lstm.model.RecurrentState;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest texts that a beam of some width finds: of all the ways on from the texts it holds, it keeps the likeliest.
 *
 * <p>Likely is what is drawn from, with rules, temperature and cuts. Texts that are complete are compared by the mean
 * log-probability of their draws, for they differ in length. Chance has no part in it.
 */
public final class BeamSearch {

    private final LanguageModel model;
    private final TextGenerator.Place beginning;
    private final Draft first;
    private final int width;

    /**
     * A search.
     *
     * @param beginning where every text begins
     * @param draft which has read the beginning
     * @param width texts that are held at the same time
     * @throws IllegalArgumentException where that is none
     */
    public BeamSearch(LanguageModel model, TextGenerator.Place beginning, Draft draft, int width) {
        Cuts.check(width >= 1, "a beam of 1 or more", width);
        this.model = model;
        this.beginning = beginning;
        this.first = draft;
        this.width = width;
    }

    /** What a text has come to, and before that; texts with the same beginning share it. */
    private static final class Written {

        final @Nullable Written before;
        final int token;
        final int length;

        Written(@Nullable Written before, int token) {
            this.before = before;
            this.token = token;
            length = lengthOf(before) + 1;
        }

        static int lengthOf(@Nullable Written written) {
            return written == null ? 0 : written.length;
        }

        /** From the last to the first. */
        static List<Integer> tokens(@Nullable Written written) {
            List<Integer> tokens = new ArrayList<>();
            for (Written at = written; at != null; at = at.before) {
                tokens.add(at.token);
            }
            return tokens;
        }

        /** What two texts have in common. */
        static @Nullable Written common(@Nullable Written one, @Nullable Written other) {
            Written a = one;
            Written b = other;
            while (a != b) {
                boolean longer = lengthOf(a) >= lengthOf(b);
                boolean asLong = lengthOf(a) == lengthOf(b);
                a = longer && a != null ? a.before : a;
                b = (!longer || asLong) && b != null ? b.before : b;
            }
            return a;
        }
    }

    /** A text that is held. */
    private static final class Hypothesis {

        final Draft draft;
        final float[] logits;
        /** Log-probability of all draws, in nats. */
        final double score;

        final int draws;

        @Nullable
        Written written;

        Hypothesis(Draft draft, float[] logits, double score, int draws, @Nullable Written written) {
            this.draft = draft;
            this.logits = logits;
            this.score = score;
            this.draws = draws;
            this.written = written;
        }

        double meanScore() {
            return score / Math.max(1, draws);
        }

        /** The ways on. */
        List<Step> steps(int column) {
            List<Step> steps = new ArrayList<>();
            double[] probabilities = draft.distribution(logits);
            double end = probabilities == null ? 1 : 0;
            for (int token = 0; probabilities != null && token < probabilities.length; token++) {
                if (probabilities[token] > 0 && draft.endsBefore(token)) {
                    end += probabilities[token];
                } else if (probabilities[token] > 0) {
                    steps.add(new Step(column, token, score + Math.log(probabilities[token])));
                }
            }
            if (end > 0) {
                steps.add(new Step(column, Draft.END, score + Math.log(end)));
            }
            return steps;
        }

        Hypothesis after(Step step) {
            Hypothesis next = new Hypothesis(draft.copy(), logits.clone(), step.score, draws + 1, written);
            next.draft.write(step.token, token -> next.written = new Written(next.written, token));
            return next;
        }
    }

    /** One way on from a text. */
    private record Step(int column, int token, double score) {}

    /**
     * Searches until as many texts as are held are complete, or {@code stop} says so; passes on what all have in common as soon as
     * they have.
     *
     * @param count how many of the texts are wanted, the best first, numbered from 0
     * @return how many there were
     */
    public int run(int count, TextListener listener, BooleanSupplier stop) {
        Replay best = new Replay(0, listener);
        Hypothesis nothing = new Hypothesis(first, beginning.logits(), 0, 0, null);
        List<Hypothesis> beam = first.isComplete() ? List.of() : List.of(nothing);
        List<Hypothesis> complete = new ArrayList<>(first.isComplete() ? List.of(nothing) : List.of());
        Streams streams = new Streams(model, List.of(beginning.state()));
        while (complete.size() < width && !beam.isEmpty() && !stop.getAsBoolean()) {
            List<Step> steps = likeliest(beam);
            List<Step> kept = new ArrayList<>();
            List<Hypothesis> next = new ArrayList<>();
            for (Step step : steps) {
                Hypothesis hypothesis = beam.get(step.column).after(step);
                if (hypothesis.draft.isComplete()) {
                    keep(hypothesis, complete);
                } else {
                    kept.add(step);
                    next.add(hypothesis);
                }
            }
            read(streams, kept, next);
            beam = next;
            best.pass(common(beam, complete));
        }
        complete.sort(Comparator.comparingDouble(hypothesis -> -hypothesis.meanScore()));
        int found = Math.min(count, complete.size());
        for (int rank = 0; rank < found && !stop.getAsBoolean(); rank++) {
            Replay replay = rank == 0 ? best : new Replay(rank, listener);
            replay.pass(complete.get(rank).written);
            listener.ended(rank, complete.get(rank).draft.isStuck());
        }
        return found;
    }

    /** A text may end in several ways; the likeliest of them counts. */
    private static void keep(Hypothesis hypothesis, List<Hypothesis> complete) {
        List<Integer> text = Written.tokens(hypothesis.written);
        for (int i = 0; i < complete.size(); i++) {
            if (Written.tokens(complete.get(i).written).equals(text)) {
                complete.set(
                        i,
                        Collections.max(
                                List.of(complete.get(i), hypothesis),
                                Comparator.comparingDouble(Hypothesis::meanScore)));
                return;
            }
        }
        complete.add(hypothesis);
    }

    private List<Step> likeliest(List<Hypothesis> beam) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < beam.size(); i++) {
            steps.addAll(beam.get(i).steps(i));
        }
        steps.sort(Comparator.comparingDouble(step -> -step.score));
        return steps.subList(0, Math.min(width, steps.size()));
    }

    private static void read(Streams streams, List<Step> kept, List<Hypothesis> next) {
        if (kept.isEmpty()) {
            return;
        }
        RecurrentState state = streams.state();
        streams.arrange(kept.stream().map(step -> state.stream(step.column)).toList());
        for (int i = 0; i < kept.size(); i++) {
            streams.put(i, kept.get(i).token);
        }
        streams.read();
        for (int i = 0; i < next.size(); i++) {
            streams.logits(i, next.get(i).logits);
        }
    }

    /** What all texts begin with. */
    private static @Nullable Written common(List<Hypothesis> beam, List<Hypothesis> complete) {
        List<Hypothesis> all = new ArrayList<>(beam);
        all.addAll(complete);
        Written common = all.get(0).written;
        for (Hypothesis other : all) {
            common = Written.common(common, other.written);
        }
        return common;
    }

    /** Passes a text on, with the model's logits for each of its tokens. */
    private final class Replay {

        private final int rank;
        private final TextListener listener;
        private final TextGenerator generator = new TextGenerator(model);
        private int passed;

        Replay(int rank, TextListener listener) {
            this.rank = rank;
            this.listener = listener;
            generator.returnTo(beginning);
        }

        void pass(@Nullable Written text) {
            List<Integer> tokens = new ArrayList<>();
            for (Written at = text; at != null && at.length > passed; at = at.before) {
                tokens.add(at.token);
            }
            for (int i = tokens.size() - 1; i >= 0; i--) {
                int token = tokens.get(i);
                if (listener.others() != TextListener.NO_PREDICTIONS) {
                    listener.drawn(rank, Prediction.of(generator.logits(), token, listener.others()));
                    generator.read(token);
                }
                listener.written(rank, token);
            }
            passed += tokens.size();
        }
    }
}
