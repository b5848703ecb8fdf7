package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import lstm.generate.HandMade;
import lstm.generate.TextRules;
import lstm.text.TextException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionFileTest {

    private final Session session = Talks.byHeart(4);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("evening.json");
    }

    @Test
    void whatWasSavedGoesOnWhereItStood() {
        session.begin("ab");
        complete(session);
        session.texts().moveTo(session.texts().passages().get(0));
        complete(session);
        session.goOn(" ef\n");
        session.settings(session.settings().withSeed(OptionalLong.of(7)));
        Setting.ALL.get(0).set(session, "0.25");
        SessionFile.save(session, file);

        Session other = Talks.byHeart(9);
        SessionFile.load(other, file);
        assertThat(texts(other)).isEqualTo(texts(session));
        assertThat(other.texts().text()).isEqualTo(session.texts().text());
        assertThat(other.settings()).isEqualTo(session.settings());
        assertThat(other.settings().seed()).hasValue(7);
        other.texts().moveTo(other.texts().passages().get(1));
        assertThat(other.text(other.texts().text())).isEqualTo("abcd e");
    }

    @Test
    void everySettingIsKeptWhateverStandsBefore() {
        for (String line : new String[] {
            "repetition-window 5", "repetition-length 3", "stop 007\\|c\\n", "match [a-d]+", "lines 2", "adapt on"
        }) {
            String[] words = line.split(" ", 2);
            Setting.ALL.stream()
                    .filter(setting -> setting.name().equals(words[0]))
                    .forEach(setting -> setting.set(session, words[1]));
        }
        SessionFile.save(session, file);
        Session other = Talks.byHeart(9);
        other.rules(TextRules.NONE.withCharacters("e-g"));
        SessionFile.load(other, file);
        assertThat(other.settings()).isEqualTo(session.settings());
    }

    @Test
    void aSessionWhoseModelIsMissingChangesNothing() throws IOException {
        session.rules(TextRules.NONE.withStops(List.of("c")));
        SessionFile.save(session, file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"model\": \"[^\"]*\"", "\"model\": \"gone\""));
        Session other = Talks.byHeart(9);
        Settings before = other.settings();
        assertThatThrownBy(() -> SessionFile.load(other, file)).hasMessageContaining("gone");
        assertThat(other.settings()).isEqualTo(before);
    }

    @Test
    void aPersonCanReadIt() throws IOException {
        session.begin("ab");
        complete(session);
        SessionFile.save(session, file);
        assertThat(file)
                .content()
                .contains("\"temp\": 0.8", "\"by\": \"model\"", "\"text\": \"cd e\"", "\"seed\": \"off\"");
    }

    @Test
    void bytesThatAreNoTextAreKept() {
        Session bytes = Talks.byHeart(HandMade.bytes("\na\u00c3\u00a9\u00ff"), 1);
        bytes.begin("a");
        complete(bytes); // the first byte of two
        SessionFile.save(bytes, file);
        Session other = new Session(
                bytes.model(),
                path -> bytes.model(),
                bytes.settings().sampling(),
                OptionalLong.empty(),
                bytes.policy());
        SessionFile.load(other, file);
        assertThat(other.texts().text()).containsExactly(1, 2);
    }

    @Test
    void aSavedSessionIsReplacedAndNoOtherFile() throws IOException {
        SessionFile.save(session, file);
        session.begin("ab");
        SessionFile.save(session, file);
        assertThat(file).content().contains("\"ab\"");
        Path corpus = Files.writeString(folder.resolve("corpus.txt"), "once");
        assertThatThrownBy(() -> SessionFile.save(session, corpus))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("choose another name");
        assertThat(corpus).hasContent("once");
    }

    static Stream<String> damaged() {
        String whole = "{\"format\": \"lstm session/1\", \"model\": \"round\", \"settings\": {\"temp\": 0.1},"
                + " \"passages\": [{\"after\": 0, \"by\": \"person\", \"text\": \"ab\"}], \"here\": 1}";
        return Stream.of(
                "",
                "{",
                "[]",
                "null",
                "once upon a time",
                whole.replace("session/1", "session/2"),
                whole.replace("\"model\": \"round\", ", ""),
                whole.replace("\"round\"", "\"nowhere\""),
                whole.replace("0.1", "-1"),
                whole.replace("0.1", "[]"),
                whole.replace("0.1", "null"),
                whole.replace("temp", "mood"),
                whole.replace("\"after\": 0", "\"after\": 1"),
                whole.replace("\"after\": 0", "\"after\": -1"),
                whole.replace("person", "ghost"),
                whole.replace("\"text\"", "\"test\""),
                whole.replace("\"here\": 1", "\"here\": 2"),
                whole.replace("[{", "[null, {"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void whatIsNoSessionIsRefusedInALineAndChangesNothing(String content) throws IOException {
        Files.writeString(file, content);
        session.begin("ef");
        assertThatThrownBy(() -> SessionFile.load(session, file))
                .isInstanceOfAny(CommandException.class, TextException.class)
                .hasMessageNotContaining("\n");
        assertThat(session.settings()).isEqualTo(Talks.byHeart(4).settings());
        assertThat(session.text(session.texts().text())).isEqualTo("ef");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SessionFile.load(session, file)).hasMessage(file + ": there is no such file");
    }

    private static void complete(Session session) {
        session.complete(token -> {}, () -> false);
    }

    private static List<String> texts(Session session) {
        return session.texts().passages().stream()
                .map(passage -> passage.author() + " " + session.text(passage.tokens()) + " behind "
                        + session.text(Branches.text(passage.before())))
                .toList();
    }
}
