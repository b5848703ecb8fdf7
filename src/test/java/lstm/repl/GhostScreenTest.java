package lstm.repl;

import static lstm.repl.Conversation.ALT_ENTER;
import static lstm.repl.Conversation.CTRL_C;
import static lstm.repl.Conversation.CTRL_D;
import static lstm.repl.Conversation.CTRL_F;
import static lstm.repl.Conversation.CTRL_RIGHT;
import static lstm.repl.Conversation.ENTER;
import static lstm.repl.Conversation.LEFT;
import static lstm.repl.Conversation.PASTE_BEGINS;
import static lstm.repl.Conversation.PASTE_ENDS;
import static lstm.repl.Conversation.RIGHT;
import static lstm.repl.Conversation.TAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import lstm.generate.HandMade;
import lstm.text.Unknown;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees of the ghost, on a screen. */
class GhostScreenTest {

    private static final Logger JLINE = Logger.getLogger("org.jline");

    @TempDir
    private Path folder;

    @BeforeAll
    static void silenceJLine() {
        JLINE.setLevel(Level.OFF);
    }

    @Test
    void whatFollowsStandsBehindTheCursorInGrey() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(4))) {
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            talk.awaitTyped("> ab");
        }
    }

    @Test
    void inAPseudoTerminalToo() throws IOException {
        try (Conversation talk = Conversation.inPty(Talks.byHeart(4), folder.resolve("history"))) {
            assumeThat(talk.isPty()).as("JLine can open one here").isTrue();
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            talk.type(RIGHT);
            talk.awaitTyped("> abcd efgh:.");
            talk.type(ENTER);
            talk.awaitLine("abc");
            talk.awaitLast(">");
            talk.type("abcd", TAB);
            talk.await("a menu", screen -> screen.contains("·efgh") && screen.contains("(100%)"));
            talk.type(CTRL_C);
            talk.awaitLast(">");
            talk.type(CTRL_D);
            talk.awaitEnd();
        }
    }

    @Test
    void rightTakesItAll() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            talk.type(RIGHT);
            talk.awaitTyped("> abcd efgh:.");
            talk.awaitGhost("");
        }
    }

    @Test
    void ctrlRightTakesAWordAndCtrlFACharacter() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            talk.type(CTRL_RIGHT);
            talk.awaitTyped("> abcd");
            talk.awaitGhost(" efgh:.");
            talk.type(CTRL_F);
            talk.awaitTyped("> abcd ");
            talk.type(CTRL_F);
            talk.awaitTyped("> abcd e");
            talk.awaitGhost("fgh:.");
        }
    }

    @Test
    void inTheMiddleOfALineTheSameKeysMove() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type("ab ef");
            talk.awaitGhost("gh:.");
            talk.type(LEFT, LEFT, LEFT);
            talk.awaitTyped("> ab");
            talk.awaitGhost("");
            talk.type(RIGHT);
            talk.awaitTyped("> ab ");
            talk.type(CTRL_F);
            talk.awaitTyped("> ab e");
            talk.type(CTRL_RIGHT);
            talk.awaitGhost("gh:.");
        }
    }

    @Test
    void enterLeavesNothingOfIt() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(4))) {
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            talk.type(ENTER);
            talk.awaitLine("abcd e");
            talk.awaitLast(">");
            assertThat(talk.screen().lines()).contains("> ab");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":te", ":model ab", ""})
    void behindACommandAndBeforeAnyTextThereIsNone(String line) throws IOException {
        try (Conversation talk = begin(Talks.byHeart(4))) {
            talk.type(line, "x", LEFT, "\u001b[3~"); // something on the screen to wait for
            talk.awaitTyped("> " + line);
            talk.awaitGhost("");
        }
    }

    @Test
    void behindMoreItFollowsTheLastText() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(2))) {
            talk.enter("ab");
            talk.awaitLine("abcd");
            talk.awaitLast(">");
            talk.type(":more  ");
            talk.awaitGhost("efgh:.");
            talk.type("ef", ENTER);
            talk.awaitLine(" efgh");
        }
    }

    @Test
    void itEndsWithTheLine() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(HandMade.characters("\nabc\rd"), 4))) {
            talk.type("ab");
            talk.awaitGhost("c");
        }
    }

    @Test
    void inANarrowWindowItGoesOnInTheNextLine() throws IOException {
        try (Conversation talk =
                Conversation.begin(Talks.byHeart(1), folder.resolve("history"), "xterm-256color", 10, true)) {
            talk.type("ab");
            talk.awaitLine("> abcd efg");
            talk.awaitLast("h:.");
            talk.awaitGhost("cd efgh:.");
            talk.type(RIGHT);
            talk.awaitTyped("h:.");
            talk.type(ENTER);
            talk.awaitLine("> abcd efg");
        }
    }

    @Test
    void itStaysBehindTheCursorWhenTheWindowChanges() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type("abcd efgh:.ab");
            talk.awaitGhost("cd efgh:.");
            talk.resize(76);
            talk.type("c");
            talk.awaitGhost("d efgh:.");
            talk.type("d efgh:.".repeat(7));
            talk.awaitLine("> abcd efgh:.abcd efgh:.d efgh:.d efgh:.d efgh:.d efgh:.d efgh:.d efgh:.");
            talk.resize(120);
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
        }
    }

    @Test
    void wideCharactersTakeTwoColumns() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(HandMade.characters("\na日本語b."), 1))) {
            talk.type("a日");
            talk.awaitGhost("本語b.");
            talk.type(CTRL_F);
            talk.awaitGhost("語b.");
            talk.type(RIGHT, ENTER);
            talk.awaitLine("> a日本語b.");
        }
    }

    @Test
    void combiningCharactersAndTextFromTheRightAreLinesLikeAnyOther() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(HandMade.characters("\nae\u0301bשלוםc"), 1))) {
            // At once: the screen of the test gives a mark that comes behind its letter a column of its own.
            talk.type("\033[200~ae\u0301\033[201~");
            talk.await("what follows", screen -> screen.endsWith("bשלוםc"));
            talk.type(RIGHT, ENTER);
            talk.awaitLast(">");
            talk.type("של");
            talk.awaitGhost("וםc");
        }
    }

    @Test
    void whatTheModelHasNeverSeenIsMarkedAndLeftOut() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(3, Unknown.SKIP))) {
            talk.type("aX日b");
            talk.awaitGhost("cd efgh:.");
            assertThat(talk.underlined()).isEqualTo("X日");
            talk.type(ENTER);
            talk.awaitLine("left out: 'X', U+65E5 (日)");
            talk.awaitLine("aX日bcd");
        }
    }

    @Test
    void withoutColoursItIsFaint() throws IOException {
        try (Conversation talk =
                Conversation.begin(Talks.byHeart(4), folder.resolve("history"), "xterm-256color", 80, false)) {
            talk.type("ab");
            talk.awaitGhost("cd efgh:.");
            assertThat(talk.sent()).contains("\u001b[2m").doesNotContain("\u001b[90m");
        }
    }

    @Test
    void aTextMayHaveLines() throws IOException {
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type("efgh:.", ALT_ENTER, "ab\\", ENTER, "ef");
            talk.awaitGhost("gh:.");
            talk.awaitTyped("  ef");
            talk.type(ENTER);
            talk.await("the text", screen -> screen.endsWith("efgh:.\nab\nefg\n>"));
        }
    }

    @Test
    void aVeryLongTextCanBePasted() throws IOException {
        Session session = Talks.byHeart(1);
        String text = "abcd efgh:.".repeat(100_000 / 11) + "ab";
        try (Conversation talk = begin(session)) {
            talk.type(PASTE_BEGINS + text + PASTE_ENDS);
            talk.awaitGhost("cd efgh:.");
            talk.type(ENTER);
            talk.awaitLast(">");
            talk.type(":more  ");
            talk.awaitTyped("> :more  ");
        }
        assertThat(session.texts().text()).hasSize(text.length() + 1);
    }

    @Test
    void aLongTextThatComesCharacterByCharacterIsNotDrawnAtEach() throws IOException {
        String text = "abcd efgh:.".repeat(180) + "ab"; // the whole of it fits on the screen
        try (Conversation talk = begin(Talks.byHeart(1))) {
            talk.type(text);
            talk.awaitGhost("cd efgh:.");
            // Drawn at each character it would be at least the cursor's line at each: 80 columns.
            assertThat(talk.sent().length()).isLessThan(80 * text.length() / 2);
        }
    }

    private Conversation begin(Session session) throws IOException {
        return Conversation.begin(session, folder.resolve("history"), "xterm-256color", 80, true);
    }
}
