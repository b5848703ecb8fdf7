package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import lstm.text.Records;
import lstm.text.Tokenizer;
import org.junit.jupiter.api.Test;

/** Texts of a model that knows "\nabcde." by heart, round and round, and what a user lets it write of that. */
class TextRulesTest {

    private static final Tokenizer TOKENIZER = new Tokenizer(HandMade.characters("\nabcde."));
    private static final SamplingSettings SETTINGS =
            SamplingSettings.DEFAULT.withTemperature(Temperature.of(0)).withLength(20);

    private final TextGenerator generator = new TextGenerator(HandMade.rote(7));

    private String written(TextRules rules, Records records, List<Rule> others) {
        generator.begin(TOKENIZER.vocabulary());
        Draft draft = rules.drafting(SETTINGS, TOKENIZER, records, others).draft(7);
        StringBuilder text = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        while (!draft.isComplete()) {
            generator.next(draft, random, token -> text.append(TOKENIZER.decode(new int[] {token})));
        }
        return text.toString();
    }

    private String written(TextRules rules) {
        return written(rules, Records.NONE, List.of());
    }

    @Test
    void whereNothingIsSaidAnythingGoes() {
        assertThat(written(TextRules.NONE)).isEqualTo("abcde.\nabcde.\nabcde.");
    }

    @Test
    void aTextEndsBeforeAStop() {
        assertThat(written(TextRules.NONE.withStops(List.of("x", "de")))).isEqualTo("abc");
        assertThat(TextRules.NONE.withStops(List.of("x", "de", "ay")).unknownStops(TOKENIZER))
                .containsExactly("x", "ay");
    }

    @Test
    void aTextHasSoManyLinesAtMost() {
        assertThat(written(TextRules.NONE.withLines(2))).isEqualTo("abcde.\nabcde.\n");
        assertThat(written(TextRules.NONE.withLines(0))).isEmpty();
    }

    @Test
    void aTextKeepsToItsCharacters() {
        assertThat(written(TextRules.NONE.withCharacters("a-c")))
                .matches("[abc]{20}")
                .startsWith("abc");
    }

    @Test
    void aTextMatchesItsExpression() {
        assertThat(written(TextRules.NONE.withExpression("abc|abd"))).isEqualTo("abc");
        assertThat(written(TextRules.NONE.withExpression("ab[c-e]").withCharacters("abe")))
                .isEqualTo("abe");
        assertThatThrownBy(() -> written(TextRules.NONE.withExpression("abc").withCharacters("ab")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordEndsWhereTheNextWouldBegin() {
        assertThat(written(TextRules.NONE, Records.LINE, List.of())).isEqualTo("abcde.");
    }

    @Test
    void otherRulesHoldToo() {
        Rule neverE = Language.of("^e", TOKENIZER.vocabulary()).open();
        assertThat(written(TextRules.NONE, Records.NONE, List.of(neverE)))
                .startsWith("abcd")
                .doesNotContain("e");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> TextRules.NONE.withLines(-1)).hasMessageContaining("0 or more lines");
        assertThatThrownBy(() -> TextRules.NONE.withStops(List.of("a", ""))).hasMessageContaining("an empty one");
    }
}
