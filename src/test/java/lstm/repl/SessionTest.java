package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lstm.generate.Completions;
import lstm.generate.HandMade;
import lstm.text.TextException;
import org.junit.jupiter.api.Test;

class SessionTest {

    @Test
    void oneSeedGivesOneText() {
        Session session = Talks.random(100);
        session.settings(session.settings().withSeed(OptionalLong.of(5)));
        session.begin("abc");
        String first = complete(session);
        session.begin("abc");
        assertThat(complete(session)).isEqualTo(first);
        session.settings(session.settings().withSeed(OptionalLong.of(6)));
        session.begin("abc");
        assertThat(complete(session)).isNotEqualTo(first);
    }

    @Test
    void withoutASeedEveryTextIsNew() {
        Session session = Talks.random(100);
        session.begin("abc");
        String first = complete(session);
        session.begin("abc");
        assertThat(complete(session)).isNotEqualTo(first);
    }

    @Test
    void itBeginsAfterANewline() {
        assertThat(complete(Talks.byHeart(5))).isEqualTo("abcd ");
    }

    @Test
    void anEmptyTextGoesOnWhereTheLastOneStopped() {
        Session session = Talks.byHeart(3);
        session.begin("ab");
        assertThat(complete(session)).isEqualTo("cd ");
        assertThat(session.begin("")).isEmpty();
        assertThat(complete(session)).isEqualTo("efg");
    }

    @Test
    void aTextThatIsRefusedLeavesTheLastOne() {
        Session session = Talks.byHeart(3);
        session.begin("ab");
        assertThatThrownBy(() -> session.begin("aXb"))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("the model has never seen 'X'");
        assertThat(complete(session)).isEqualTo("cd ");
    }

    @Test
    void anotherModelGoesOnWithTheText() {
        Session session = Talks.byHeart(HandMade.characters(Talks.ROUND + "12"), 4);
        session.begin("ab12");
        session.load(Path.of("digits"));
        assertThat(complete(session)).as("what it knows of the text is 12").isEqualTo("3456");
    }

    @Test
    void aCompletionStopsWhenItIsTold() {
        Session session = Talks.byHeart(Long.MAX_VALUE);
        List<Integer> tokens = new ArrayList<>();
        session.complete(tokens::add, () -> tokens.size() == 7);
        assertThat(tokens).hasSize(7);
        session.complete(tokens::add, () -> true);
        assertThat(tokens).hasSize(7);
    }

    @Test
    void continuationsAreWordsAndLeaveTheTextWhereItStands() {
        Session session = Talks.byHeart(3);
        session.begin("ab");
        assertThat(texts(session, "a")).first().isEqualTo("bcd");
        assertThat(texts(session, "ab")).first().isEqualTo("cd");
        assertThat(texts(session, "abcd")).first().isEqualTo(" efgh");
        assertThat(texts(session, "abXcd")).as("what it has never seen").first().isEqualTo(" efgh");
        assertThat(texts(session, "")).as("of a new text").first().isEqualTo("abcd");
        assertThat(texts(session, ":more ")).as("of the last text").first().isEqualTo("cd");
        assertThat(complete(session)).isEqualTo("cd ");
    }

    @Test
    void whatNobodyCanTypeIsNotOffered() {
        Session session = Talks.byHeart(3); // behind "." comes the newline
        assertThat(texts(session, "abcd efgh:.")).isNotEmpty().noneMatch(text -> text.contains("\n"));
    }

    @Test
    void bytesOfACharacterStandInOneWord() {
        Session session = Talks.byHeart(HandMade.bytes("\na\u00c3\u00a9b "), 3);
        assertThat(texts(session, "a")).first().isEqualTo("éb");
    }

    private static List<String> texts(Session session, String text) {
        return session.continuations(text, 5, () -> false).stream()
                .map(Completions.Completion::tokens)
                .map(session::text)
                .toList();
    }

    private static String complete(Session session) {
        List<Integer> tokens = new ArrayList<>();
        session.complete(tokens::add, () -> false);
        return session.text(tokens);
    }
}
