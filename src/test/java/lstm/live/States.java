package lstm.live;

import static java.util.Objects.requireNonNull;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lstm.train.Progress;
import org.jspecify.annotations.Nullable;

/** States of trainings that nobody has trained. */
final class States {

    private States() {}

    /** After so many of a hundred steps, with a loss for each. */
    static State at(int steps, DoubleUnaryOperator loss) {
        History history = new History();
        for (int step = 1; step <= steps; step++) {
            history.stepped(progress(step, loss.applyAsDouble(step), null, null));
        }
        return requireNonNull(history.state());
    }

    /** The same with validations at these steps, whose losses are given. */
    static State validated(State state, long[] steps, double... losses) {
        int best = IntStream.range(0, losses.length)
                .reduce((i, j) -> losses[j] < losses[i] ? j : i)
                .orElseThrow();
        return new State(
                state.progress(),
                state.loss(),
                state.training(),
                new Points(LongStream.of(steps).asDoubleStream().toArray(), losses),
                losses[losses.length - 1],
                new State.Best(steps[best], losses[best]),
                state.sample(),
                state.ended());
    }

    static State withSample(State state, String text) {
        return new State(
                state.progress(),
                state.loss(),
                state.training(),
                state.validation(),
                state.lastValidation(),
                state.best(),
                new State.Sample(90, text),
                state.ended());
    }

    static State ended(State state) {
        return new State(
                state.progress(),
                state.loss(),
                state.training(),
                state.validation(),
                state.lastValidation(),
                state.best(),
                state.sample(),
                true);
    }

    static Progress progress(long step, double loss, @Nullable Double validation, @Nullable Double best) {
        return new Progress(
                step,
                step / 50.0,
                100 * step,
                step / 10.0,
                12_345,
                step / 100.0,
                90,
                loss,
                validation,
                best,
                2e-3,
                0.5);
    }
}
