package lstm.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a metrics file holds, it is refused in one line that gives the line's number, or its steps rise. */
class MetricsFuzzTest {

    private static final String LINE =
            "{\"step\":%d,\"epoch\":0.5,\"chars\":40,\"elapsed_s\":%s,\"chars_per_s\":9.5,\"train_loss\":%s,"
                    + "\"val_loss\":null,\"lr\":0.01,\"grad_norm\":1e-3}%n";

    static Stream<byte[]> seeds() {
        String line = LINE.formatted(1, "0.25", "2.5");
        return Stream.of(
                        "",
                        "\n\n",
                        line,
                        line + LINE.formatted(1, "0.5", "null") + LINE.formatted(2, "0.75", "NaN"),
                        line
                                + LINE.formatted(3, "9", "1")
                                + LINE.formatted(2, "0.1", "1")
                                + LINE.formatted(4, "1", "1"),
                        line + "{\"step\":2,\"epo",
                        line + "[".repeat(300) + "\n",
                        "{\"step\":1e300}\n",
                        "nothing of the kind\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedIsReadOrRefused(byte[] seed) {
        fuzzerTestOneInput(seed);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Path file = FuzzedFile.of(input);
        List<Point> points;
        try {
            points = MetricsFile.read(file);
        } catch (MetricsException e) {
            FuzzedFile.requireLine(e);
            assertThat(e).hasMessageStartingWith(file.toString());
            return;
        }
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            assertThat(point.step())
                    .isGreaterThan(i == 0 ? -1 : points.get(i - 1).step());
            assertThat(point.seconds() == null || Double.isFinite(point.seconds()))
                    .isTrue();
            assertThat(point.trainLoss() == null || Double.isFinite(point.trainLoss()))
                    .isTrue();
            assertThat(point.learningRate()).isFinite();
        }
    }
}
