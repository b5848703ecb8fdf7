package lstm.kernel;

/**
 * A set of matrix columns: {@code repeats} runs of {@code width} neighbours, {@code stride} apart.
 *
 * <p>In a window of T steps x B streams, step t of stream b stands in column t*B + b. One step of the streams a thread
 * works on is a single run; all the steps of these streams are T runs with stride B.
 *
 * @param first index of the first column
 * @param width neighbouring columns in a run
 * @param stride distance between the starts of two runs
 * @param repeats number of runs
 */
public record Columns(int first, int width, int stride, int repeats) {

    /** Checks that the columns exist and that runs do not overlap. */
    public Columns {
        if (first < 0 || width < 1 || repeats < 1 || (repeats > 1 && stride < width)) {
            throw new IllegalArgumentException("not a set of columns: first " + first + ", width " + width + ", stride "
                    + stride + ", repeats " + repeats);
        }
    }

    /** The columns from {@code first} to {@code first + count - 1}. */
    public static Columns range(int first, int count) {
        return new Columns(first, count, count, 1);
    }

    /** Of {@code count} columns, the part of this index where they are cut into so many nearly equal ones. */
    public static Columns part(int count, int index, int parts) {
        int from = (int) ((long) count * index / parts);
        return range(from, (int) ((long) count * (index + 1) / parts) - from);
    }

    /** How many columns there are. */
    public int count() {
        return width * repeats;
    }

    /** The index of the i-th column, in ascending order. */
    public int at(int i) {
        return first + i / width * stride + i % width;
    }

    /** The index behind the last column. */
    public int end() {
        return first + (repeats - 1) * stride + width;
    }

    /** The same set, {@code distance} columns further on. */
    public Columns shifted(int distance) {
        return new Columns(first + distance, width, stride, repeats);
    }
}
