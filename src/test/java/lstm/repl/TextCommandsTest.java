package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import lstm.generate.HandMade;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCommandsTest {

    private final Session session = Talks.random(20);
    private final Commands commands = new Commands(session, () -> false, true);

    @TempDir
    private Path folder;

    @Test
    void retryGoesOnOtherwiseFromTheSamePlaceWithASeedToo() {
        session.settings(session.settings().withSeed(OptionalLong.of(1)));
        session.begin("ab");
        complete();
        String first = text();
        assertThat(commands.run(":retry").then()).isEqualTo(Outcome.Then.COMPLETION);
        assertThat(text()).isEqualTo("ab");
        complete();
        assertThat(text()).startsWith("ab").hasSameSizeAs(first).isNotEqualTo(first);
    }

    @Test
    void theModelLearnsFromWhatAPersonWritesWhileItIsToldTo() {
        double before = surprise("gagagaga");
        for (int i = 0; i < 20; i++) {
            session.begin("gagagaga");
            complete();
        }
        assertThat(surprise("gagagaga")).isEqualTo(before);

        assertThat(said(":adapt on")).isEqualTo("adapt on");
        for (int i = 0; i < 200; i++) {
            session.begin("gaga");
            session.goOn("gaga");
        }
        double learnt = surprise("gagagaga");
        assertThat(learnt).isLessThan(before - 0.5);
        assertThat(said(":adapt off")).isEqualTo("adapt off");
        session.begin("gagagaga");
        complete();
        assertThat(surprise("gagagaga")).isEqualTo(learnt);
        assertThat(said(":forget")).isEqualTo("the model is again as it is in its file");
        assertThat(surprise("gagagaga")).isEqualTo(before);
        assertThat(said(":forget")).isEqualTo("the model has learnt nothing");
        assertThatThrownBy(() -> commands.run(":adapt perhaps"))
                .isInstanceOf(CommandException.class)
                .hasMessage("adapt takes on or off, found perhaps");
    }

    /** In bits for each character. */
    private double surprise(String text) {
        int[] tokens = new Tokenizer(session.vocabulary()).encode(text, Unknown.ERROR);
        return Arrays.stream(session.surprises(tokens, () -> false)).average().orElseThrow();
    }

    @Test
    void whatItLearntCountsFromTheNextCharacterOn() {
        session.settings(session.settings()
                .withSampling(SamplingSettings.DEFAULT
                        .withTemperature(Temperature.of(0))
                        .withLength(30)));
        commands.run(":adapt on");
        for (int i = 0; i < 60; i++) {
            session.begin("abababab");
        }
        complete();
        Session other = Talks.random(30);
        other.settings(session.settings());
        new Commands(other, () -> false, true).run(":adapt on");
        for (int i = 0; i < 60; i++) {
            // It reads ahead, as the grey behind the cursor has it do.
            other.suggestion("abababab", () -> false);
            other.begin("abababab");
        }
        other.complete(token -> {}, () -> false);
        assertThat(other.text(other.texts().text())).isEqualTo(text());
    }

    @Test
    void aCompletionKeepsToWhatIsSet() {
        commands.run(":match [a-d]{3}|e");
        for (int i = 0; i < 10; i++) {
            session.begin("gf");
            complete();
            assertThat(text()).matches("gf([a-d]{3}|e)");
        }
        commands.run(":match off");
        commands.run(":stop a");
        session.begin("gf");
        complete();
        assertThat(text()).startsWith("gf").doesNotContain("a");
        session.goOn("b");
        complete();
        assertThat(text()).doesNotContain("a");
        commands.run(":stop off");
        commands.run(":chars d");
        session.begin("a");
        complete();
        assertThat(text()).isEqualTo("a" + "d".repeat(20));
    }

    @Test
    void theLikeliestOfSeveralIsShownOrSearchedFor() {
        commands.run(":seed 1");
        double plain = surpriseOfACompletion();
        commands.run(":best-of 50");
        double best = surpriseOfACompletion();
        assertThat(best).isLessThan(plain);
        assertThat(surpriseOfACompletion()).isEqualTo(best);
        commands.run(":best-of 1");
        assertThat(surpriseOfACompletion()).isEqualTo(plain);
        commands.run(":temp 1");
        commands.run(":beam 20");
        assertThat(surpriseOfACompletion()).isLessThan(best);
        assertThatThrownBy(() -> commands.run(":best-of 0")).hasMessageContaining("expected a best-of of 1 or more");
        assertThatThrownBy(() -> commands.run(":beam -1")).hasMessageContaining("expected a beam");
        assertThat(said(":beam off")).isEqualTo("beam off");
    }

    private double surpriseOfACompletion() {
        session.texts().moveTo(null);
        Session again = Talks.random(20);
        again.settings(session.settings());
        again.begin("ab");
        again.complete(token -> {}, () -> false);
        int[] text = again.texts().text();
        assertThat(text).hasSize(22);
        return Arrays.stream(again.surprises(text, () -> false)).sum();
    }

    @Test
    void undoTakesBackAContinuationThenWhatWasWritten() {
        session.begin("ab");
        complete();
        String first = text();
        session.goOn(" cd");
        complete();
        commands.run(":undo");
        assertThat(text()).isEqualTo(first + " cd");
        commands.run(":undo");
        assertThat(text()).isEqualTo(first);
        commands.run(":undo");
        assertThat(text()).isEqualTo("ab");
        assertThat(said(":undo")).isEqualTo("before any text");
        assertThat(text()).isEmpty();
        assertThatThrownBy(() -> commands.run(":undo")).isInstanceOf(CommandException.class);
    }

    @Test
    void nothingIsLostThatOnceWasWritten() {
        session.begin("ab");
        complete();
        String first = text();
        commands.run(":retry");
        complete();
        String second = text();
        session.begin("cd");
        assertThat(said(":branch").lines().map(line -> line.substring(0, 6)))
                .containsExactly("   1  ", "   2  ", "*  3  ");
        commands.run(":switch 1");
        assertThat(text()).isEqualTo(first);
        commands.run(":switch 2");
        assertThat(text()).isEqualTo(second);
        assertThat(said(":branch").lines().map(line -> line.substring(0, 6)))
                .containsExactly("   1  ", "*  2  ", "   3  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {":switch", ":switch 0", ":switch 2", ":switch x", ":score", ":top x", ":prompt", ":save"})
    void whatIsNotThereIsRefusedInOneLine(String line) {
        assertThatThrownBy(() -> commands.run(line))
                .isInstanceOf(CommandException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void topDrawsTheLikeliestNextCharacters() {
        Session byHeart = Talks.byHeart(1);
        byHeart.begin("ab");
        String bars =
                new Commands(byHeart, () -> false, true).run(":top 2").said().toString();
        assertThat(bars.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("  'c'")
                .contains("100.0%")
                .endsWith("█".repeat(40));
        assertThat(bars.lines().toList().get(1)).contains("0.0%").doesNotContain("█");
    }

    @Test
    void whatTheModelKnowsByHeartSurprisesNobodyAndTheRestDoes() {
        Session byHeart = Talks.byHeart(1);
        byHeart.begin("abcd.");
        AttributedString score =
                new Commands(byHeart, () -> false, true).run(":score").said();
        // Logits of 40 and 0: the last character costs 40 / ln 2 = 57.7 bits, and the others nothing.
        assertThat(score.toString())
                .isEqualTo(
                        "11.54 bits per character over 5; the most surprising: '.' (57.7), 'a' (0.0), 'b' (0.0)\nabcd.");
        int painted = score.length() - 5;
        assertThat(score.styleAt(painted))
                .isEqualTo(score.styleAt(painted + 3))
                .isNotEqualTo(score.styleAt(painted + 4));
        assertThat(new Commands(byHeart, () -> false, false)
                        .run(":score")
                        .said()
                        .toString())
                .doesNotContain("\n");
    }

    @Test
    void theScoreIsTheModelsCrossEntropy() {
        session.begin("abcd efgh");
        double[] bits = session.surprises(session.texts().text(), () -> false);
        double sum = 0;
        for (int i = 0; i < bits.length; i++) {
            Session behind = Talks.random(0);
            behind.begin("abcd efgh".substring(0, i));
            int token = session.texts().text()[i];
            sum -= behind.next(() -> false)[token] / Math.log(2);
        }
        double total = 0;
        for (double bit : bits) {
            total += bit;
        }
        assertThat(total).isCloseTo(sum, within(1e-9)); // the same numbers, added in another order
    }

    @Test
    void aTextCanBeginWithAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("begin ning.txt"), "abcd\nefgh");
        commands.run(":prompt " + file);
        assertThat(text()).isEqualTo("abcd\nefgh");
        Files.writeString(file, "abX");
        assertThatThrownBy(() -> commands.run(":prompt " + file)).hasMessageContaining("has never seen 'X'");
        assertThat(text()).isEqualTo("abcd\nefgh");
    }

    @Test
    void setShowsEverySettingAndChangesOne() {
        for (Setting setting : Setting.ALL) {
            assertThat(said(":set")).contains("  " + setting.name() + " ");
        }
        assertThat(said(":set temp 0.3")).isEqualTo("temp 0.3");
        assertThat(said(":set top-k=3")).isEqualTo("top-k 3");
        assertThat(session.settings().sampling().cuts().topK()).isEqualTo(3);
        assertThat(said(":set seed")).isEqualTo("seed off");
        assertThatThrownBy(() -> commands.run(":set tmp 3"))
                .hasMessageStartingWith("unknown setting tmp; did you mean temp?");
    }

    @Test
    void bytesAreTextToo() {
        Session bytes = Talks.byHeart(HandMade.bytes("\na\u00c3\u00a9b "), 3);
        bytes.begin("aé");
        assertThat(bytes.suggestion("a", () -> false)).isEqualTo("éb ");
        assertThat(new Commands(bytes, () -> false, true).run(":score").said().toString())
                .contains("bits per byte over 3")
                .endsWith("\naé");
    }

    private void complete() {
        session.complete(token -> {}, () -> false);
    }

    private String text() {
        return session.text(session.texts().text());
    }

    private String said(String line) {
        return commands.run(line).said().toString();
    }
}
