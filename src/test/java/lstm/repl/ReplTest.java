package lstm.repl;

import static lstm.repl.Conversation.CTRL_C;
import static lstm.repl.Conversation.CTRL_D;
import static lstm.repl.Conversation.ENTER;
import static lstm.repl.Conversation.LEFT;
import static lstm.repl.Conversation.PASTE_BEGINS;
import static lstm.repl.Conversation.PASTE_ENDS;
import static lstm.repl.Conversation.TAB;
import static lstm.repl.Conversation.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import lstm.generate.HandMade;
import lstm.text.Unknown;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplTest {

    private static final Logger JLINE = Logger.getLogger("org.jline");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(1|[349][0-7]|[34]8;[0-9;]*)m");
    private static final int VERY_LONG = 10_000_000;

    @TempDir
    private Path folder;

    private Path history;

    @BeforeAll
    static void silenceJLine() {
        JLINE.setLevel(Level.OFF);
    }

    @BeforeEach
    void nameHistory() {
        history = folder.resolve("state/lstm/history");
    }

    @Test
    void itSaysWhichModelItIsAndHowToGetHelp() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            assertThat(talk.screen()).startsWith("round: ").contains("Enter", "Tab", ":help");
        }
    }

    @Test
    void enterGoesOnWithTheTyped() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            talk.awaitLast(">");
            talk.type(ENTER);
            talk.awaitLine("fgh:");
            talk.awaitLast(">");
            leave(talk);
        }
    }

    @Test
    void theTypedIsRepeatedInBold() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            assertThat(talk.sent()).contains("\u001b[1mab\u001b[0mcd e");
        }
    }

    @Test
    void tabOpensAMenuThatTabAndArrowsMoveIn() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(2), history)) {
            talk.type("abcd", TAB);
            talk.await("a menu", screen -> screen.contains("·efgh") && screen.contains("(100%)"));
            talk.awaitLine("> abcd efgh");
            talk.type(TAB); // the second
            talk.awaitLine("> abcd ef");
            talk.type(UP); // the first again
            talk.awaitLine("> abcd efgh");
            talk.type(ENTER); // takes it
            talk.awaitLast("> abcd efgh:.");
            talk.type(ENTER);
            talk.awaitLine("abcd efgh:.");
            leave(talk);
        }
    }

    @Test
    void tabInTheMiddleKeepsWhatStandsBehind() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(2), history)) {
            talk.type("ab ef", LEFT, LEFT, LEFT, TAB);
            talk.await("a menu", screen -> screen.contains("(100%)"));
            talk.awaitLine("> abcd ef");
        }
    }

    @Test
    void tabCompletesACommand() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.type(":te", TAB, "0.5", ENTER);
            talk.awaitLine("> :temp 0.5");
            talk.awaitLine("temp 0.5");
            leave(talk);
        }
    }

    @Test
    void tabShowsWhatCommandsDo() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.type(":", TAB);
            talk.await("all commands", screen -> screen.contains(":undo") && screen.contains(":quit"));
            assertThat(talk.screen()).contains("another checkpoint").doesNotContain(":top-k");
        }
    }

    @Test
    void tabOffersFilesForAModel() throws IOException {
        Files.createFile(folder.resolve("one.safetensors"));
        Files.createFile(folder.resolve("two.safetensors"));
        Files.createDirectory(folder.resolve("more"));
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "xterm", 200, true)) {
            talk.type(":model " + folder + "/", TAB);
            talk.await(
                    "a list of files",
                    screen -> screen.contains("one.safetensors")
                            && screen.contains("two.safetensors")
                            && screen.contains("more/"));
            talk.type("tw", TAB);
            talk.awaitLine("> :model " + folder + "/two.safetensors");
            talk.type(ENTER);
            talk.await("a refusal", screen -> screen.contains("there is no such checkpoint"));
            talk.type(":model " + folder + "/nowhere/", TAB, ENTER);
            talk.await("a refusal", screen -> screen.contains("nowhere: there is no such checkpoint"));
            leave(talk);
        }
    }

    @Test
    void commandsAnswer() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.enter(":length 2");
            talk.awaitLine("length 2");
            talk.enter(":model digits");
            talk.awaitLine("model digits");
            talk.enter("12");
            talk.awaitLine("1234");
            talk.enter(":quit");
            talk.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":lenght", ":temp x", ":model nowhere", "aXb"})
    void whatCannotBeServedIsSaidInALineAndTheLoopGoesOn(String line) throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "xterm", 200, true)) {
            talk.enter(line);
            talk.awaitLast(">");
            talk.await(
                    "a refusal",
                    screen -> screen.lines().filter(l -> l.startsWith("lstm: ")).count() == 1);
            talk.enter("ab");
            talk.awaitLine("abcd e");
            leave(talk);
        }
    }

    @Test
    void skippedCharactersAreNamed() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4, Unknown.SKIP), history)) {
            talk.enter("aéb");
            talk.awaitLine("left out: U+00E9 (é)");
            talk.awaitLine("aébcd e");
        }
    }

    @Test
    void twoColonsBeginATextWithOne() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(1), history)) {
            talk.enter("::");
            talk.awaitLine(":.");
        }
    }

    @Test
    void whereTheTextStandsNowIsShown() throws IOException {
        Path file = folder.resolve("evening.json");
        try (Conversation talk = Conversation.begin(Talks.byHeart(2), history, "xterm", 200, true)) {
            talk.enter("ab");
            talk.awaitLine("abcd");
            talk.enter(":more  ef");
            talk.awaitLine(" efgh");
            talk.enter(":undo");
            talk.awaitLine("abcd ef");
            talk.enter(":save " + file);
            talk.awaitLine("saved " + file);
            talk.enter(":retry");
            talk.awaitLine("abcd efgh");
            talk.enter(":switch 1");
            talk.awaitLast(">");
            talk.enter("efg");
            talk.awaitLine("efgh:");
            talk.enter(":load " + file);
            talk.awaitLine("model round");
            talk.await("the text", screen -> screen.endsWith("model round\nabcd ef\n>"));
            leave(talk);
        }
    }

    @Test
    void ctrlCStopsACompletionAndNotTheRepl() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(VERY_LONG), history)) {
            talk.enter("ab");
            talk.awaitSent(5000);
            talk.type(CTRL_C);
            talk.awaitLast(">");
            assertThat(talk.sent().length()).isLessThan(VERY_LONG);
            talk.enter(":length 3");
            talk.awaitLine("length 3");
            talk.enter("efg");
            talk.awaitLine("efgh:.");
            leave(talk);
        }
    }

    @Test
    void whatIsTypedDuringACompletionStandsAtTheNextPrompt() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(VERY_LONG), history)) {
            talk.enter("ab");
            talk.awaitSent(5000);
            talk.type("XYZ", CTRL_C);
            talk.awaitTyped("> XYZ");
            assertThat(talk.sent()).containsOnlyOnce("X").doesNotContain("^C");
        }
    }

    @Test
    void ctrlCAtThePromptClearsTheLine() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.type("efg");
            talk.awaitLast("> efgh:.");
            talk.type(CTRL_C);
            talk.awaitLast(">");
            talk.enter("ab");
            talk.awaitLine("abcd e");
            leave(talk);
        }
    }

    @Test
    void ctrlDLeaves() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            leave(talk);
        }
    }

    @Test
    void linesAreKeptForTheNextRun() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.enter("ab!c \\n");
            talk.await("a refusal", screen -> screen.contains("lstm: "));
            talk.enter(":seed 3");
            talk.awaitLine("seed 3");
            leave(talk);
        }
        assertThat(history).isRegularFile();
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.type(UP);
            talk.awaitLast("> :seed 3");
            talk.type(UP);
            talk.awaitTyped("> ab!c \\n");
        }
    }

    @Test
    void aHistoryThatCannotBeWrittenBreaksNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), file.resolve("history"))) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            talk.awaitLast(">");
            talk.enter("efg");
            talk.awaitLine("efgh:.");
            talk.awaitLast(">");
            talk.type(UP, UP);
            talk.awaitLast("> abcd efgh:.");
            assertThat(talk.screen()).doesNotContain("Exception", "lstm:");
            leave(talk, CTRL_C);
        }
    }

    @Test
    void aHistoryThatIsNoTextBreaksNothing() throws IOException {
        Files.createDirectories(history.getParent());
        Files.write(history, new byte[] {0, (byte) 0xFF, (byte) 0xC3, '\n', ':', (byte) 0x80, 27});
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            leave(talk);
        }
    }

    @Test
    void aDumbTerminalGetsNoEscapeCodes() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "dumb", 80, true)) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            talk.enter(":tmp");
            talk.await("a refusal", screen -> screen.contains("unknown command"));
            talk.awaitLast(">");
            leave(talk);
            assertThat(talk.sent()).doesNotContain("\u001b");
        }
    }

    @Test
    void ctrlCInADumbTerminalGoesToANewLine() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "dumb", 80, true)) {
            talk.interrupt();
            talk.await("two prompts", screen -> screen.endsWith("\n>\n>"));
            talk.enter("ab");
            talk.awaitLine("abcd e");
            leave(talk);
        }
    }

    @Test
    void whoWantsNoColoursGetsNone() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "xterm-256color", 80, false)) {
            talk.enter("ab");
            talk.awaitLine("abcd e");
            talk.awaitLast(">");
            talk.type("abcd", TAB);
            talk.await("a menu", screen -> screen.contains("(100%)"));
            talk.awaitLine("> abcd efgh");
            assertThat(COLOUR.matcher(talk.sent())
                            .results()
                            .map(match -> match.group().substring(1)))
                    .isEmpty();
        }
    }

    @Test
    void aModelCannotDriveTheTerminal() throws IOException {
        Session session = Talks.byHeart(HandMade.characters("\nab\u001b[2J\u009b\u0007\rc"), 9);
        try (Conversation talk = Conversation.begin(session, history)) {
            talk.enter("ab");
            talk.awaitLine("ab\\u001b[2J\\u009b\\u0007c");
            assertThat(talk.sent()).doesNotContain("\u001b[2J", "\u009b", "\u0007");
        }
    }

    @Test
    void aModelOfBytesCannotEither() throws IOException {
        Session session = Talks.byHeart(HandMade.bytes("\na\u00c3\u00a9\u001b[2J\u00c2\u009bz"), 9);
        try (Conversation talk = Conversation.begin(session, history)) {
            talk.enter("a");
            talk.awaitLine("aé\\u001b[2J\\u009bz");
            talk.enter("");
            talk.awaitLine("aé\\u001b[2J");
            talk.enter(""); // goes on in the middle of a character
            talk.awaitLine("\\u009bz");
            assertThat(talk.sent()).doesNotContain("\u001b[2J", "\u009b");
        }
    }

    @Test
    void pastedEscapeSequencesAreSpelledOutToo() throws IOException {
        Session session = Talks.byHeart(4, Unknown.SKIP);
        try (Conversation talk = Conversation.begin(session, history)) {
            talk.type(PASTE_BEGINS, "a\u001b]0;x\u0007b", PASTE_ENDS, ENTER);
            talk.awaitLine("a\\u001b]0;x\\u0007bcd e");
            assertThat(talk.sent()).doesNotContain("\u001b]0;x");
        }
    }

    @Test
    void aPastedTextMayHaveLines() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history)) {
            talk.type(PASTE_BEGINS, "efgh:.\nab", PASTE_ENDS, ENTER);
            talk.awaitLine("abcd e");
            assertThat(talk.screen()).contains("efgh:.\nabcd e");
            leave(talk);
        }
    }

    @Test
    void aLongTextWrapsInANarrowWindow() throws IOException {
        try (Conversation talk = Conversation.begin(Talks.byHeart(4), history, "xterm", 20, true)) {
            talk.type("abcdefgh".repeat(5));
            talk.awaitLast("gh:.");
            talk.awaitLine("> abcdefghabcdefghab");
            talk.awaitLine("cdefghabcdefghabcdef");
            talk.resize(40);
            talk.type(ENTER);
            talk.awaitLine("abcdefgh".repeat(5));
            talk.awaitLine(":.");
            leave(talk);
        }
    }

    private static void leave(Conversation talk, String... before) throws IOException {
        talk.type(before);
        talk.awaitLast(">");
        talk.type(CTRL_D);
        talk.awaitEnd();
    }
}
