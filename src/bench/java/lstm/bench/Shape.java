package lstm.bench;

import java.util.List;

/**
 * The size of a training that is measured.
 *
 * @param hidden H
 * @param layers L
 * @param batch B
 * @param steps T
 */
record Shape(int hidden, int layers, int batch, int steps) {

    /** The rows of the tables; the last is of no power of two. */
    static final List<Shape> ROWS = List.of(
            new Shape(128, 2, 50, 50),
            new Shape(256, 2, 50, 100),
            new Shape(512, 2, 64, 100),
            new Shape(1024, 1, 64, 100),
            new Shape(200, 2, 37, 61));

    /** Reads HIDDEN LAYERS BATCH SEQ. */
    static Shape parse(String[] args, int first) {
        return new Shape(
                Integer.parseInt(args[first]),
                Integer.parseInt(args[first + 1]),
                Integer.parseInt(args[first + 2]),
                Integer.parseInt(args[first + 3]));
    }

    List<String> arguments() {
        return List.of("" + hidden, "" + layers, "" + batch, "" + steps);
    }

    @Override
    public String toString() {
        return layers + " x " + hidden + ", B " + batch + ", T " + steps;
    }
}
