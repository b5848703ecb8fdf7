package lstm.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final int WORKERS = 5;
    private static final int WEIGHTS = 1003; // a prime's multiple, which no number of slices divides

    /** Numbers of very different sizes, whose sum depends on their order. */
    private static List<RoundResult> results() {
        SplittableRandom random = new SplittableRandom(1);
        List<RoundResult> results = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            float[] weights = new float[WEIGHTS];
            for (int i = 0; i < WEIGHTS; i++) {
                weights[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20)));
            }
            results.add(
                    new RoundResult(Replica.fresh(worker), weights, new Report(worker, 100L * worker, 1, 2, 3, null)));
        }
        return results;
    }

    @Test
    void bothWaysToTheMeanHaveTheSameBits() {
        List<RoundResult> results = results();
        float[] expected = new float[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
            double sum = 0;
            for (RoundResult result : results) {
                sum += result.weights()[i];
            }
            expected[i] = (float) (sum / WORKERS);
        }
        List<RoundResult> backwards = new ArrayList<>(results);
        Collections.reverse(backwards);
        SparkConf conf =
                new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            for (List<RoundResult> order : List.of(results, backwards)) {
                for (boolean areFew : new boolean[] {true, false}) {
                    Exchange.Mean mean = requireNonNull(
                            new Exchange(WORKERS, areFew).mean(context.parallelize(order, WORKERS), () -> false));
                    assertThat(mean.weights()).as("few: %s", areFew).containsExactly(expected);
                    assertThat(mean.reports()).extracting(Report::worker).containsExactly(0, 1, 2, 3, 4);
                }
            }
            assertThat(new Exchange(WORKERS, true).mean(context.parallelize(results, WORKERS), () -> true))
                    .isNull();
        }
    }
}
