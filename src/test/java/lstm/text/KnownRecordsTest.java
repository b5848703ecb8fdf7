package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownRecordsTest {

    private static final Vocabulary ABN = Vocabulary.of(Unit.CHARACTER, List.of("a", "b", "\n", " ", "\r"));

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    private static KnownRecords read(String list, Records kind) throws IOException {
        return KnownRecords.read(TestTexts.sources(list), ABN, kind);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTextIsKnownWhereOneOfTheRecordsThatSplittingFindsIsEqualToIt(int seed) throws IOException {
        Random random = new Random(seed);
        for (Records kind : List.of(Records.LINE, Records.BLANK_LINE)) {
            String list = random(random, 60);
            Set<String> records = new HashSet<>(TestTexts.records(list, kind));
            KnownRecords known = read(list, kind);
            Tokenizer tokenizer = new Tokenizer(ABN);
            for (String record : records) {
                assertThat(known.contains(record)).isTrue();
                assertThat(known.contains(record + " \r\n")).isTrue();
                assertThat(known.containsTokens(tokenizer.encode(record, Unknown.ERROR)))
                        .isTrue();
            }
            for (int i = 0; i < 50; i++) {
                String other = random(random, 8);
                List<String> split = TestTexts.records(other, kind);
                assertThat(known.contains(other)).isEqualTo(split.size() == 1 && records.contains(split.get(0)));
            }
        }
    }

    private static String random(Random random, int most) {
        String letters = "aab\n\n \r";
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
    }

    @Test
    void manyRecordsAreAllKnownAndOthersAreNot() throws IOException {
        int[] numbers = new Random(1).ints(20_000).distinct().toArray();
        String list = Arrays.stream(numbers, 0, 10_000)
                .mapToObj(KnownRecordsTest::name)
                .reduce(new StringBuilder(), (all, name) -> all.append(name).append('\n'), StringBuilder::append)
                .toString();
        KnownRecords known = read(list, Records.LINE);

        assertThat(Arrays.stream(numbers, 0, 10_000).mapToObj(KnownRecordsTest::name))
                .allMatch(known::contains);
        assertThat(Arrays.stream(numbers, 10_000, numbers.length).mapToObj(KnownRecordsTest::name))
                .noneMatch(known::contains);
    }

    private static String name(int number) {
        return Integer.toBinaryString(number).replace('0', 'a').replace('1', 'b');
    }

    @Test
    void aPartOfARecordOrSeveralAreNotOne() throws IOException {
        KnownRecords known = read("aab\nb\n", Records.LINE);
        assertThat(known.contains("aa")).isFalse();
        assertThat(known.contains("ab")).isFalse();
        assertThat(known.contains("aab\nb")).isFalse();
        assertThat(known.contains(" aab")).isFalse();
        assertThat(known.contains("")).isFalse();
        assertThat(known.contains("\n")).isFalse();
        assertThat(known.containsTokens(new int[] {0, 1})).isFalse();
        assertThat(known.containsTokens(new int[] {0, 0, 1})).isTrue();
    }

    @Test
    void whatTheModelCannotWriteDoesNoHarm() throws IOException {
        KnownRecords known = read("a\u00e9b\nba", Records.LINE);
        assertThat(known.contains("ba")).isTrue();
        assertThat(known.contains("ab")).isFalse();
        assertThat(known.contains("a\u00e9b")).isTrue();
    }

    @Test
    void aNulCharacterEndsNoList() throws IOException {
        KnownRecords known = read("a\0b\nba", Records.LINE);
        assertThat(known.contains("a")).isFalse();
        assertThat(known.contains("ba")).isTrue();
    }

    @Test
    void anEmptyListKnowsNothing() throws IOException {
        assertThat(read("", Records.LINE).contains("a")).isFalse();
        assertThat(read("\n \n", Records.BLANK_LINE).contains("")).isFalse();
    }

    @Test
    void aTextThatIsNoListIsRefused() {
        assertThatThrownBy(() -> read("a\nb", Records.NONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
