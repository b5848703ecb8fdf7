package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.randomTokens;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** However work is split by columns, rows or elements, its result has the same bits: any number of threads may do it. */
@BothKernels
class SplitInvarianceTest {

    /** Two groups of columns for the vector kernel. */
    private static final int COLUMNS = 67;
    /** More than a block of the common dimension, and no multiple of anything. */
    private static final int DEPTH = 1301;

    private final Kernel kernel;

    SplitInvarianceTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    /** An operation, done part by part: columns, or what stands for rows and elements here, a range. */
    private interface Work {
        /** Does all the parts, on fresh operands, and answers with everything it wrote. */
        List<R032Store> on(List<Columns> parts);
    }

    private static void assertSplittable(Columns whole, Stream<List<Columns>> splits, Work work) {
        List<R032Store> expected = work.on(List.of(whole));
        splits.forEach(parts -> {
            List<R032Store> found = work.on(parts);
            for (int i = 0; i < expected.size(); i++) {
                assertSameBits(found.get(i).data, expected.get(i).data, "result %d in %s".formatted(i, parts));
            }
        });
    }

    /** Ways to cut 0..count into ranges: one by one, a few at a time, nearly all and the rest. */
    private static Stream<List<Columns>> ranges(int count) {
        return Stream.of(1, 2, 7, 12, 16, count - 1)
                .filter(width -> width < count && width > 0)
                .map(width -> {
                    List<Columns> parts = new ArrayList<>();
                    for (int from = 0; from < count; from += width) {
                        parts.add(Columns.range(from, Math.min(width, count - from)));
                    }
                    return parts;
                });
    }

    /** Ways to deal out T*B columns by streams, as threads do: every part takes its streams' columns of all steps. */
    private static Stream<List<Columns>> streams(int streams, int steps) {
        return ranges(streams)
                .map(parts -> parts.stream()
                        .map(part -> new Columns(part.first(), part.width(), streams, steps))
                        .toList());
    }

    private static Stream<List<Columns>> anyColumns() {
        return Stream.concat(ranges(COLUMNS), Stream.of(3, 4, 13).flatMap(SplitInvarianceTest::dealt));
    }

    private static Stream<List<Columns>> dealt(int streams) {
        int steps = COLUMNS / streams;
        int rest = COLUMNS - streams * steps;
        return streams(streams, steps).map(parts -> {
            List<Columns> all = new ArrayList<>(parts);
            if (rest > 0) {
                all.add(Columns.range(streams * steps, rest));
            }
            return all;
        });
    }

    private static void assertSplittableByColumns(Work work) {
        assertSplittable(Columns.range(0, COLUMNS), anyColumns(), work);
    }

    @ParameterizedTest
    @CsvSource({"1, 1301", "7, 1301", "33, 301", "100, 1301", "257, 301"})
    void productsByColumns(int m, int depth) {
        PackedMatrix a = kernel.newPacked(m, depth);
        kernel.pack(random(m, depth), a);
        R032Store b = random(depth, COLUMNS);
        Addend gathered = new Addend.Gathered(random(m, 65), randomTokens(COLUMNS, 65));

        for (Addend addend : List.of(Addend.ZERO, Addend.OWN, new Addend.Column(random(m, 1)), gathered)) {
            assertSplittableByColumns(parts -> {
                R032Store c = random(m, COLUMNS);
                parts.forEach(part -> kernel.multiply(a, b, part, addend, c, part));
                return List.of(c);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 33, 100, 257})
    void weightAndBiasGradientsByRows(int m) {
        R032Store dY = random(m, DEPTH);
        R032Store x = random(29, DEPTH + 3);
        R032Store other = random(7, DEPTH);

        assertSplittable(Columns.range(0, m), ranges(m), rows -> {
            R032Store bias = zeros(m, 1);
            List<WeightGradient> weights =
                    List.of(new WeightGradient(x, 3, zeros(m, 29)), new WeightGradient(other, 0, zeros(m, 7)));
            rows.forEach(part ->
                    kernel.weightGradients(dY, Columns.range(0, DEPTH), weights, bias, part.first(), part.end()));
            return List.of(weights.get(0).gradient(), weights.get(1).gradient(), bias);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 33, 100})
    void scatteredColumnsByRows(int m) {
        R032Store a = random(m, DEPTH);
        int[] tokens = randomTokens(DEPTH, 5);

        assertSplittable(
                Columns.range(0, m),
                ranges(m),
                rows -> written(
                        m, 5, rows, (c, part) -> kernel.scatterColumns(a, tokens, part.first(), part.end(), c)));
    }

    private interface Part {
        void into(R032Store result, Columns part);
    }

    private static List<R032Store> written(int m, int n, List<Columns> parts, Part operation) {
        R032Store c = zeros(m, n);
        parts.forEach(part -> operation.into(c, part));
        return List.of(c);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100})
    void dropoutMasksByColumns(int m) {
        assertSplittableByColumns(
                parts -> written(m, COLUMNS, parts, (c, part) -> kernel.dropoutMask(99, 0.4f, c, part)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100, 257})
    void lossesAndTheirGradientsByColumns(int v) {
        int[] targets = randomTokens(COLUMNS, v);

        assertSplittableByColumns(parts -> {
            R032Store logits = random(v, COLUMNS, 5);
            R032Store losses = zeros(1, COLUMNS);
            parts.forEach(part -> kernel.softmaxCrossEntropy(logits, part, targets, losses.data, 0.1f));
            return List.of(logits, losses);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100, 257})
    void softmaxesAndTheirGradientsByColumns(int width) {
        int rows = width + COLUMNS - 1;
        R032Store gradient = random(rows, COLUMNS);

        assertSplittableByColumns(parts -> {
            R032Store scores = random(rows, COLUMNS, 5);
            R032Store d = Matrices.copy(gradient);
            for (Columns part : parts) {
                kernel.softmaxBands(scores, part, 0, width);
                kernel.softmaxGradient(scores, d, part, 0, width);
            }
            return List.of(scores, d);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100})
    void lengthsAndTheirGradientsByColumns(int m) {
        R032Store a = random(m, COLUMNS);
        assertSplittableByColumns(parts -> {
            R032Store c = random(m, COLUMNS, 3);
            R032Store d = random(m, COLUMNS, 2);
            for (Columns part : parts) {
                kernel.normalizeColumns(a, part, 3, c, part);
                kernel.normalizeGradient(a, part, 3, d, part);
            }
            return List.of(c, d);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100})
    void gatedSumsAndTheirGradientsByColumns(int m) {
        assertSplittableByColumns(parts -> {
            R032Store gates = random(m, COLUMNS, 3);
            R032Store x = random(m, COLUMNS, 2);
            R032Store c = random(m, COLUMNS);
            for (Columns part : parts) {
                kernel.addGated(gates, x, c, part);
                kernel.addGatedGradient(gates, x, c, part);
            }
            return List.of(gates, x, c);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 100})
    void stepsByStreams(int h) {
        for (Steps.Kind kind : Steps.Kind.values()) {
            assertSplittable(Columns.range(17, 17), ranges(17).map(SplitInvarianceTest::secondStep), parts -> {
                Steps steps = Steps.random(kind, h, 3, 17);
                parts.forEach(part -> kernel.stepForward(steps.step(), part));
                return steps.matrices();
            });
            assertSplittable(Columns.range(17, 17), ranges(17).map(SplitInvarianceTest::secondStep), parts -> {
                Steps steps = Steps.random(kind, h, 3, 17);
                parts.forEach(part -> kernel.stepBackward(steps.step(), steps.gradients(), part));
                return steps.matrices();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 33, 100})
    void diagonalGradientsByRows(int h) {
        assertSplittable(Columns.range(0, h), ranges(h), parts -> {
            R032Store sums = zeros(2 * h, 1);
            DiagonalGradient d = new DiagonalGradient(random(3 * h, 11), h, random(h, 13), 2, sums, h);
            parts.forEach(part -> kernel.diagonalGradient(d, part.first(), part.end()));
            return List.of(sums);
        });
    }

    private static List<Columns> secondStep(List<Columns> streams) {
        return streams.stream().map(part -> part.shifted(17)).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 33, 100, 257})
    void stepsOfAdamByElements(int size) {
        AdamStep step = new AdamStep(0.01f, 0.9f, 0.999f, 1.5f, 1e-8f, 0.5f, 0.999f);

        assertSplittable(Columns.range(0, size), ranges(size), parts -> {
            R032Store value = random(size, 1);
            R032Store m = random(size, 1, 2);
            R032Store v = random(size, 1);
            for (int i = 0; i < size; i++) {
                v.data[i] = Math.abs(v.data[i]);
            }
            parts.forEach(part -> kernel.adam(value, random(size, 1, 3), m, v, part.first(), part.end(), step));
            return List.of(value, m, v);
        });
    }
}
