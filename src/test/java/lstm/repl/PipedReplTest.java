package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import lstm.generate.HandMade;
import lstm.text.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipedReplTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyLineIsATextToGoOnWith() throws IOException {
        assertThat(run(Talks.byHeart(3), "ab\nefg\n")).isTrue();
        assertThat(out()).isEqualTo("abcd \nefgh:.\n");
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "ab\n", "ab\r\n"})
    void theLastLineNeedsNoEnd(String input) throws IOException {
        assertThat(run(Talks.byHeart(3), input)).isTrue();
        assertThat(out()).isEqualTo("abcd \n");
    }

    @Test
    void noInputIsNoOutput() throws IOException {
        assertThat(run(Talks.byHeart(3), "")).isTrue();
        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
    }

    @Test
    void anEmptyLineGoesOn() throws IOException {
        assertThat(run(Talks.byHeart(3), "ab\n\n\n")).isTrue();
        assertThat(out()).isEqualTo("abcd \nefg\nh:.\n");
    }

    @Test
    void commandsAnswerOnStandardError() throws IOException {
        assertThat(run(Talks.byHeart(3), ":length 1\n:length\nab\n:model digits\n12\n"))
                .isTrue();
        assertThat(out()).isEqualTo("abc\n123\n");
        assertThat(err().lines()).containsExactly("length 1", "length 1", "model digits");
    }

    @Test
    void twoColonsBeginATextWithOne() throws IOException {
        assertThat(run(Talks.byHeart(2), "::\n")).isTrue();
        assertThat(out()).isEqualTo(":.\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {":lenght 1", ":length x", ":temp -1", ":model nowhere", ":", "aXb", "é"})
    void whatCannotBeServedIsOneLineAndTheNextLineWorks(String line) throws IOException {
        assertThat(run(Talks.byHeart(3), line + "\nab\n")).isFalse();
        assertThat(out()).isEqualTo("abcd \n");
        assertThat(err().lines()).singleElement().asString().startsWith("lstm: ");
    }

    @Test
    void anUnknownCharacterIsNamed() throws IOException {
        assertThat(run(Talks.byHeart(3), "aXb\n")).isFalse();
        assertThat(err()).startsWith("lstm: the model has never seen 'X'; leave it out of the text");
    }

    @Test
    void anUnknownCharacterCanBeSkipped() throws IOException {
        assertThat(run(Talks.byHeart(3, Unknown.SKIP), "XaYb\n")).isTrue();
        assertThat(out()).isEqualTo("abcd \n");
        assertThat(err().lines()).containsExactly("left out: 'X', 'Y'");
    }

    @Test
    void theTextsCanBeGoneThroughHereToo() throws IOException {
        assertThat(run(Talks.byHeart(3), "ab\n:retry\n:more\n:undo\n:more ef\n:branch\n"))
                .isTrue();
        assertThat(out()).isEqualTo("abcd \nabcd \nefg\nefgh:\n");
        assertThat(err().lines()).startsWith("abcd ").anyMatch(line -> line.startsWith("*  3  …abcd ef"));
    }

    @Test
    void quitStops() throws IOException {
        assertThat(run(Talks.byHeart(3), "ab\n:quit\nef\n")).isTrue();
        assertThat(out()).isEqualTo("abcd \n");
        assertThat(err()).isEmpty();
    }

    @Test
    void bytesGoOutAsTheyAre() throws IOException {
        assertThat(run(Talks.byHeart(HandMade.bytes("\na\u00c3\u00a9\u00ff\u0000"), 3), "aé\n"))
                .isTrue();
        assertThat(out.toByteArray()).containsExactly('a', 0xC3, 0xA9, 0xFF, 0, '\n', '\n');
    }

    @Test
    void textIsUtf8WhateverTheLocale() throws IOException {
        assertThat(run(Talks.byHeart(HandMade.characters("\né😀ß"), 2), "é\n")).isTrue();
        assertThat(out()).isEqualTo("é😀ß\n");
    }

    @Test
    void nothingMoreIsMadeWhenNobodyReads() throws IOException {
        InputStream much = new ByteArrayInputStream("ab\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        OutputStream closedAfterSome = new OutputStream() {
            private int left = 1000;

            @Override
            public void write(int b) throws IOException {
                if (left-- <= 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        PrintStream reader = new PrintStream(closedAfterSome, false, StandardCharsets.UTF_8);
        assertThat(new PipedRepl(Talks.byHeart(Long.MAX_VALUE), much, reader, false, print(err)).run())
                .isTrue();
        assertThat(err()).isEmpty();
    }

    private boolean run(Session session, String input) throws IOException {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return new PipedRepl(session, in, print(out), false, print(err)).run();
    }

    private static PrintStream print(OutputStream to) {
        return new PrintStream(to, false, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
