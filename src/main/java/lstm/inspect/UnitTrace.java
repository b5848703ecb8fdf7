package lstm.inspect;

import lstm.model.Activation;
import lstm.model.Activations;

/** Follows one activation of one unit through a text. */
public final class UnitTrace implements Visitor {

    /** Takes the values as they come. */
    @FunctionalInterface
    public interface Sink {

        /** Takes the unit's value behind a token of the text. */
        void accept(long position, float value);

        /** Whether it takes no more. */
        default boolean isFull() {
            return false;
        }
    }

    private final int layer;
    private final int unit;
    private final Activation kind;
    private final Sink sink;
    private float[] values = {};

    /** Of a layer and unit, counted from 0. */
    public UnitTrace(int layer, int unit, Activation kind, Sink sink) {
        this.layer = layer;
        this.unit = unit;
        this.kind = kind;
        this.sink = sink;
    }

    @Override
    public void visit(long position, Activations activations, int step) {
        if (values.length == 0) {
            values = new float[activations.units()];
        }
        activations.copy(layer, kind, step, 0, values, 0);
        sink.accept(position, values[unit]);
    }

    @Override
    public boolean isDone() {
        return sink.isFull();
    }
}
