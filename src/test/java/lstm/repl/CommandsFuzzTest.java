package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import lstm.generate.SamplingSettings;
import lstm.text.TextException;
import lstm.text.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed, it is done or refused in one line, and the session goes on. */
class CommandsFuzzTest {

    /** What reads or writes files; {@link SessionFuzzTest} looks at their content. */
    private static final Set<String> FILES = Set.of(":save", ":load", ":prompt", ":model");

    private static final int LENGTH = 20;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "abc",
                        "abc\\\ndef",
                        "::abc\n:undo\n:retry\n:branch\n:switch 1",
                        ":temp 0.5:1.5\n:top-k 3\n:typical 0.9\n:top-p 0.9\n:min-p 0.1\na",
                        ":set temp = 0\n:set\n:help\n:nothing",
                        ":repetition-penalty 2\n:repetition-window 9\n:repetition-length 1\nab\n\n",
                        ":stop b\\n\\|c\na\n:lines 2\nb\n:chars ^a-c\nd\n:chars ^c-a",
                        ":match [a-c]+(d|e){2,3}\na\n:match a.*\n:match (((((a)))))\n:match ~a&b@#<1-9>\"",
                        ":best-of 2\na\n:best-of 1\n:beam 2\na\n:beam off",
                        ":adapt on\nabc\n:forget\n:adapt off\n:seed 1\n:seed off\n:length 3\n:top 3\n:score\n:more  a",
                        ":typical \f\u001b[2J\n:stop \u001b[2J\n:set\n:stop\n:\u009b1m",
                        ":q",
                        ":TEMP",
                        ":temp NaN",
                        ":length 99999999999999999999",
                        ":top-k -1",
                        ":temp 1:2:3")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedIsObeyedOrRefused(byte[] seed) {
        fuzzerTestOneInput(seed);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Session session = Talks.byHeart(LENGTH, Unknown.SKIP);
        Commands commands = new Commands(session, () -> false, true);
        for (String line : new String(input, StandardCharsets.UTF_8).split("\n", 20)) {
            try {
                obey(line, session, commands);
            } catch (CommandException | TextException | IllegalArgumentException e) {
                FuzzedFile.requireLine(e);
            }
            assertThat(session.text(session.texts().text())).isNotNull();
        }
        // Whatever is set, it can be undone.
        session.settings(Settings.of(
                SamplingSettings.DEFAULT.withLength(LENGTH), session.settings().seed()));
        write(session);
    }

    private static void obey(String line, Session session, Commands commands) {
        session.suggestion(line, () -> false);
        if (Lines.hasText(line)) {
            String text = Lines.text(line);
            if (text.isEmpty() || Lines.goesOn(line)) {
                session.goOn(text);
            } else {
                session.begin(text);
            }
            write(session);
        } else if (!FILES.contains(line.strip().split("\\s+", 2)[0])) {
            Outcome outcome = commands.run(line);
            assertThat(outcome.said().toString().codePoints())
                    .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
            if (outcome.then() == Outcome.Then.COMPLETION) {
                write(session);
            }
        }
    }

    /** Some characters of a continuation, as a person would who then presses Ctrl-C. */
    private static void write(Session session) {
        AtomicInteger asked = new AtomicInteger();
        session.complete(token -> {}, () -> asked.incrementAndGet() > LENGTH);
    }
}
