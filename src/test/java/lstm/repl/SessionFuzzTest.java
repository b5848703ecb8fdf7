package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import lstm.text.TextException;
import lstm.text.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the file of a session holds, it is refused in one line and nothing changes, or saved it is one again. */
class SessionFuzzTest {

    private static final int LENGTH = 5;

    static Stream<byte[]> seeds() {
        Session session = Talks.byHeart(LENGTH, Unknown.SKIP);
        session.begin("ab");
        session.complete(token -> {}, () -> false);
        session.goOn("cd");
        Path file = FuzzedFile.of("{\"format\": \"lstm session/1\"}".getBytes(StandardCharsets.UTF_8));
        SessionFile.save(session, file);
        byte[] whole = bytes(file);
        return Stream.concat(
                Stream.of(
                        whole,
                        new String(whole, StandardCharsets.UTF_8)
                                .replaceFirst("\"settings\": \\{", "$0 \"match\": \"XYZ\",")
                                .getBytes(StandardCharsets.UTF_8),
                        new String(whole, StandardCharsets.UTF_8)
                                .replaceFirst("\"settings\": \\{", "$0 \"" + "x".repeat(2000) + "\": 1,")
                                .getBytes(StandardCharsets.UTF_8),
                        new String(whole, StandardCharsets.UTF_8)
                                .replaceFirst("(\"model\": \"/?)", "$1\\\\u0000")
                                .getBytes(StandardCharsets.UTF_8)),
                Stream.of("", "{}", "null", "[]", "{\"format\": \"lstm session/1\", \"here\": 1e99}")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedIsTakenUpOrRefused(byte[] seed) {
        fuzzerTestOneInput(seed);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Session session = Talks.byHeart(LENGTH, Unknown.SKIP);
        session.begin("ab");
        Settings before = session.settings();
        Path file = FuzzedFile.of(input);
        try {
            SessionFile.load(session, file);
        } catch (CommandException | TextException e) { // as the user is told it
            FuzzedFile.requireLine(new CommandException(String.valueOf(e.getMessage())));
            assertThat(session.settings()).isEqualTo(before);
            assertThat(session.text(session.texts().text())).isEqualTo("ab");
            return;
        }
        int[] text = session.texts().text();
        SessionFile.save(session, file);
        SessionFile.load(session, file);
        assertThat(session.texts().text()).isEqualTo(text);
    }
}
