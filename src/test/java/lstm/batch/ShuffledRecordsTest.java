package lstm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.text.Corpus;
import lstm.text.RecordList;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledRecordsTest {

    private static final int RECORDS = 200;

    private static final List<String> NAMES =
            IntStream.range(0, RECORDS).mapToObj(i -> "name " + i).toList();
    private static final Corpus CORPUS = Corpus.read(
            Sources.of(
                    List.of("-"),
                    new ByteArrayInputStream(String.join("\n", NAMES).getBytes(StandardCharsets.UTF_8))),
            Unit.CHARACTER);

    private static Split split(double share, long seed) {
        return Split.of(new RecordList(CORPUS, Records.LINE), share, seed);
    }

    private static List<String> records(Tokens tokens) {
        int[] all = IntStream.range(0, (int) tokens.size()).map(tokens::get).toArray();
        String text = new Tokenizer(CORPUS.vocabulary()).decode(all);
        assertThat(text).startsWith("\n").endsWith("\n");
        return List.of(text.substring(1).split("\n"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.999})
    void everyEpochIsAPermutationOfTheRecordsThatAreNotHeldOut(double share) {
        Split split = split(share, 7);
        List<String> heldOut = share == 0 ? List.of() : records(split.validation());
        assertThat(heldOut).hasSize((int) (RECORDS * share));
        for (long epoch : new long[] {0, 1, 2, 100, Long.MAX_VALUE}) {
            Tokens tokens = split.training().tokens(epoch);
            assertThat(tokens.size()).isEqualTo(split.training().size());
            List<String> all =
                    Stream.concat(records(tokens).stream(), heldOut.stream()).toList();
            assertThat(all).containsExactlyInAnyOrderElementsOf(NAMES);
        }
    }

    @Test
    void theOrdersOfEpochsAndOfSeedsAllDiffer() {
        List<List<String>> orders = new ArrayList<>();
        for (long seed : new long[] {0, 1, 2, -1}) {
            Epochs epochs = split(0, seed).training();
            for (int epoch = 0; epoch < 20; epoch++) {
                orders.add(records(epochs.tokens(epoch)));
            }
        }
        assertThat(orders).doesNotHaveDuplicates();
    }

    @Test
    void theOrderDependsOnSeedAndEpochAloneAndNotOnWhatWasReadBefore() {
        Epochs once = split(0.1, 3).training();
        Epochs again = split(0.1, 3).training();
        List<List<String>> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 5; epoch++) {
            orders.add(records(once.tokens(epoch)));
        }
        for (int epoch : new int[] {4, 2, 2, 3, 0}) {
            assertThat(records(again.tokens(epoch))).isEqualTo(orders.get(epoch));
        }
    }

    @Test
    void theSameRecordsAreHeldOutWhateverTheSeed() {
        assertThat(records(split(0.1, 1).validation()))
                .isEqualTo(records(split(0.1, 2).validation()));
    }

    @Test
    void whatIsHeldOutComesFromEverywhere() {
        // 50 of 200: at least 2 from each quarter but with a probability of 5e-6 (hypergeometric), and the choice is
        // fixed.
        int[] quarters = new int[4];
        for (String record : records(split(0.25, 1).validation())) {
            quarters[NAMES.indexOf(record) / 50]++;
        }
        assertThat(quarters).satisfies(found -> assertThat(Arrays.stream(found)).allMatch(count -> count >= 2));
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "1", "NaN"})
    void aShareThatIsNoneIsRefused(double share) {
        assertThatThrownBy(() -> split(share, 1)).hasMessageContaining("share for validation");
    }

    @Test
    void everyOrderOfThreeIsEquallyLikely() {
        SplittableRandom random = new SplittableRandom(1);
        var counts = IntStream.range(0, 6000)
                .mapToObj(i -> {
                    int[] numbers = {0, 1, 2};
                    ShuffledRecords.shuffle(numbers, random);
                    return Arrays.toString(numbers);
                })
                .collect(Collectors.groupingBy(order -> order, Collectors.counting()));

        // 1000 each, with a standard deviation of 29.
        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allMatch(count -> Math.abs(count - 1000) < 150);
    }
}
