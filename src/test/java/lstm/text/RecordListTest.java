package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordListTest {

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static Corpus corpus(String text) {
        return Corpus.read(TestTexts.sources(text), Unit.CHARACTER);
    }

    private static String joined(String list, Records kind, int... order) {
        Corpus corpus = corpus(list);
        return new Tokenizer(corpus.vocabulary()).decode(TestTexts.list(new RecordList(corpus, kind).joined(order)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRecordsAreThoseThatSplittingFindsInAnyOrder(int seed) {
        Random random = new Random(seed);
        for (Records kind : List.of(Records.LINE, Records.BLANK_LINE)) {
            String list = random.ints(random.nextInt(100), 0, 8)
                    .mapToObj(i -> "ab\n\n\n \t\r".substring(i, i + 1))
                    .reduce("x\n\n", String::concat);
            List<String> records = TestTexts.records(list, kind);
            if (records.size() < 2) {
                continue;
            }
            assertThat(new RecordList(corpus(list), kind).size()).isEqualTo(records.size());
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, records.size()).boxed().toList());
            Collections.shuffle(order, random);
            String separator = kind.separator();
            String expected =
                    order.stream().map(i -> separator + records.get(i)).reduce("", String::concat) + separator;
            assertThat(joined(list, kind, order.stream().mapToInt(i -> i).toArray()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void whiteSpaceBehindALineAndBlankLinesVanishAndIndentationStays() {
        String list = "\r\n \n  anna \r\nbert\r\n\t\r\n\n\tcarl \n\n";
        assertThat(joined(list, Records.LINE, 0, 1, 2)).isEqualTo("\n  anna\nbert\n\tcarl\n");
        assertThat(joined(list, Records.BLANK_LINE, 1, 0)).isEqualTo("\n\n\tcarl\n\n  anna \r\nbert\n\n");
    }

    @Test
    void aListMayBeLong() {
        String list = IntStream.range(0, 5000).mapToObj(i -> i + "\n").collect(Collectors.joining());

        assertThat(joined(list, Records.LINE, IntStream.range(0, 5000).toArray()))
                .isEqualTo("\n" + list);
    }

    @Test
    void someOfTheRecordsMakeAListAsWell() {
        assertThat(joined("a\nb\nc", Records.LINE, 1)).isEqualTo("\nb\n");
        assertThat(joined("a\nb\nc", Records.LINE)).isEqualTo("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LINE | 'one line' | one | on a line of its own",
                "LINE | ' \n\n' | none | on a line of its own",
                "BLANK_LINE | 'two\nlines\n' | one | parted from the next by a blank line",
            })
    void aTextThatIsNoListIsRefusedInWordsThatSayWhatOneIs(Records kind, String text, String found, String expected) {
        assertThatThrownBy(() -> new RecordList(corpus(text), kind))
                .isInstanceOf(TextException.class)
                .hasMessage("--records " + kind.label() + " expects a list of two or more records, each " + expected
                        + ", and the text has " + found);
    }

    @ParameterizedTest
    @EnumSource
    void aKindHasALabelThatLeadsBackToIt(Records kind) {
        assertThat(Records.fromLabel(kind.label())).isEqualTo(kind).hasToString(kind.label());
        assertThat(kind.label()).matches("[a-z-]+");
    }

    @Test
    void anotherLabelIsRefused() {
        assertThatThrownBy(() -> Records.fromLabel("lines"))
                .hasMessageContaining("\"lines\": expected line, blank-line or none");
    }
}
