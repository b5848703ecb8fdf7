package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lstm.text.Tokenizer;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text keeps to while it is made. */
class LanguageTest {

    private static final String ALPHABET = "ab1 \n.";
    private static final Vocabulary SIX = HandMade.characters(ALPHABET);
    private static final int LONGEST = 5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a+b",
                "(a|b)*1",
                "[^a]{2}",
                "a?b?1?",
                ".*",
                "(ab|b1)+",
                "\\d\\w\\s",
                "a\\.b",
                "[ab]{1,3}\\n?",
                "(?:a1)*b",
                "^ab*$",
                "a.b",
                "\\S+ \\S+",
                "[a-b1]+?",
                "[a.]b?",
                "[b(1.]{2}",
                "a*?b??1{1,2}?",
                "a\\.?b",
                "aaaaa|b"
            })
    void whatIsPrintedCanAlwaysBeCompletedAndIsAMatchAtItsEnd(String expression) {
        Pattern pattern = Pattern.compile(expression);
        Set<String> prefixes = new HashSet<>();
        Set<String> matches = new HashSet<>();
        for (String text : texts(LONGEST)) {
            if (pattern.matcher(text).matches()) {
                matches.add(text);
                IntStream.rangeClosed(0, text.length()).forEach(end -> prefixes.add(text.substring(0, end)));
            }
        }
        Language language = Language.matching(expression, SIX);
        SplittableRandom random = new SplittableRandom(1);
        Set<String> found = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            Draft draft = draft(language.rule(LONGEST), SIX);
            while (!draft.isComplete()) {
                draft.write(draft.draw(logits(random), random), token -> text.appendCodePoint(SIX.codePoint(token)));
                assertThat(prefixes).contains(text.toString());
            }
            assertThat(draft.isStuck()).isFalse();
            found.add(text.toString());
        }
        assertThat(matches).containsAll(found);
        // Everything that matches comes about: of few texts all.
        assertThat(found).hasSizeGreaterThanOrEqualTo(Math.min(matches.size(), 20));
    }

    /** All texts up to a length. */
    private static List<String> texts(int longest) {
        List<String> all = new ArrayList<>(List.of(""));
        int from = 0;
        for (int length = 1; length <= longest; length++) {
            int to = all.size();
            for (int i = from; i < to; i++) {
                for (int c = 0; c < ALPHABET.length(); c++) {
                    all.add(all.get(i) + ALPHABET.charAt(c));
                }
            }
            from = to;
        }
        return all;
    }

    private static float[] logits(SplittableRandom random) {
        float[] logits = new float[SIX.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextDouble();
        }
        return logits;
    }

    private static Draft draft(Rule rule, Vocabulary vocabulary) {
        SamplingSettings settings =
                SamplingSettings.DEFAULT.withTemperature(Temperature.of(1)).withLength(1000);
        return new Drafting(settings, List.of(rule), List.of(), -1, Long.MAX_VALUE).draft(vocabulary.size());
    }

    @Test
    void whatMayFollowKeepsItsProbabilitiesAndTheRestIsThatOfTheEnd() {
        float[] logits = {0.3f, -1.2f, 2.1f, 2.0f, 0.3f, -0.4f};
        double[] p = new double[7];
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            p[i] = Math.exp(logits[i]);
            sum += p[i];
        }
        for (int i = 0; i < 6; i++) {
            p[i] /= sum;
        }
        // Behind a, the text matches: b and 1 go on, what else is drawn is the end.
        Draft open = draft(Language.matching("a[b1]*", SIX).rule(100), SIX);
        open.write(0, token -> {});
        double[] ends = {0, p[1], p[2], 0, 0, 0, p[0] + p[3] + p[4] + p[5]};
        assertThat(ChiSquared.excess(count(open, logits), ends)).isLessThan(1);
        // Before that it does not: only what goes on can be drawn.
        Draft begun = draft(Language.matching("[ab][b1]*", SIX).rule(100), SIX);
        double first = p[0] + p[1];
        assertThat(ChiSquared.excess(count(begun, logits), new double[] {p[0] / first, p[1] / first, 0, 0, 0, 0, 0}))
                .isLessThan(1);
        // Characters that are allowed share what there is, and the text goes on.
        Draft allowed = draft(Language.of("a\\d", SIX).open(), SIX);
        double both = p[0] + p[2];
        assertThat(ChiSquared.excess(count(allowed, logits), new double[] {p[0] / both, 0, p[2] / both, 0, 0, 0, 0}))
                .isLessThan(1);
    }

    /** The last is the end. */
    private static long[] count(Draft draft, float[] logits) {
        SplittableRandom random = new SplittableRandom(1);
        long[] counts = new long[logits.length + 1];
        for (int i = 0; i < 50_000; i++) {
            int token = draft.draw(logits, random);
            counts[token == Draft.END ? logits.length : token]++;
        }
        assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isGreaterThan(1);
        return counts;
    }

    @Test
    void bytesKeepToItAsCharacters() {
        byte[] known = "aé€b".getBytes(StandardCharsets.UTF_8);
        Vocabulary bytes = HandMade.bytes(new String(known, StandardCharsets.ISO_8859_1));
        Rule rule = Language.matching("a(é|€)+b", bytes)
                .and(Language.of("a-b\u20acé", bytes))
                .rule(12);
        Set<String> found = new HashSet<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            List<Integer> tokens = new ArrayList<>();
            Draft draft = draft(rule, bytes);
            while (!draft.isComplete()) {
                draft.write(draft.draw(new float[bytes.size()], random), tokens::add);
            }
            found.add(new Tokenizer(bytes)
                    .decode(tokens.stream().mapToInt(Integer::intValue).toArray()));
            assertThat(tokens).hasSizeLessThanOrEqualTo(12);
        }
        assertThat(found).contains("aéb", "a€b", "aé€b").allMatch(text -> text.matches("a[é€]+b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(a; expected ')'",
                "[a; expected ']'",
                "a(?=b)b; nothing but (?: may begin with (?",
                "(?i)a; nothing but (?: may begin with (?",
                "(a)\\1; \\1 is not understood",
                "\\bab; \\b is not understood",
                "\\p{L}; \\p is not understood",
                "a\\; nothing follows",
                "a^b; can only stand at its ends",
                "a$b; can only stand at its ends",
                "a{3,2}; out of order"
            })
    void whatIsNoExpressionOfThisKindIsNamed(String expression, String named) {
        assertThatThrownBy(() -> Language.matching(expression, SIX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a regular expression, found '" + expression + "': ")
                .hasMessageContaining(named);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        assertThatThrownBy(() -> Language.matching("(a|b)*a(a|b){25}", SIX))
                .hasMessage("the expression is too complex; take a simpler one");
        assertThatThrownBy(() -> Language.matching("(".repeat(100_000), SIX)).hasMessageContaining("simpler one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ax*xb", "aaaaaa", "[^ab1 \\n.]"})
    void whatCannotBeWrittenIsRefusedBeforeAnythingIs(String expression) {
        assertThatThrownBy(() -> Language.matching(expression, SIX).rule(LONGEST))
                .hasMessage("no text of up to 5 characters that the model knows matches the expression");
    }

    @Test
    void charactersAreThoseOfAClass() {
        assertThat(allowed("a-z")).containsExactly(0, 1);
        assertThat(allowed("^a-z")).containsExactly(2, 3, 4, 5);
        assertThat(allowed("\\w")).containsExactly(0, 1, 2);
        assertThat(allowed("\\p{L}\\n")).containsExactly(0, 1, 4);
        assertThatThrownBy(() -> Language.of("b-a", SIX))
                .hasMessageStartingWith("expected characters such as a-z, found 'b-a': ");
        assertThatThrownBy(() -> Language.of("", SIX)).hasMessageStartingWith("expected characters such as a-z");
        assertThatThrownBy(() -> Language.of("x-z", SIX)).hasMessage("the model knows no character that is in 'x-z'");
    }

    private static int[] allowed(String kinds) {
        float[] logits = new float[SIX.size()];
        Language.of(kinds, SIX).open().apply(logits);
        return IntStream.range(0, logits.length).filter(i -> logits[i] == 0).toArray();
    }

    @Test
    void signsOfOtherNotationsMeanThemselves() {
        Vocabulary signs = HandMade.characters("\"~@#<>&1-5a]");
        for (String text : List.of("\"a\"", "~a", "@", "#", "<1-5>", "a&a")) {
            Draft draft = draft(Language.matching(text, signs).rule(10), signs);
            StringBuilder written = new StringBuilder();
            while (!draft.isComplete()) {
                int token = draft.draw(new float[signs.size()], new SplittableRandom(1));
                draft.write(token, t -> written.appendCodePoint(signs.codePoint(t)));
            }
            assertThat(written).hasToString(text);
        }
        assertThat(Language.matching("[\"\\]]", signs).rule(1)).isNotNull();
    }
}
