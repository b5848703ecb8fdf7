package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    private static final List<String> TEXTS = List.of(
            "It was late, and the ferry had gone.\n",
            "Der Fuchs frißt süße Beeren.\n",
            "Привет, мир. Как дела?\r\n",
            "Καλημέρα κόσμε, τι κάνεις;\n",
            "שלום עולם, מה שלומך?\n",
            "नमस्ते दुनिया, आप कैसे हैं?\n",
            "吾輩は猫である。名前はまだ無い。",
            "你好，世界。今天天气很好。\n",
            "안녕하세요 세계, 잘 지내세요?\n",
            "Emoji 🦊 too 😀.\n",
            "abcd");

    static Stream<Arguments> encodings() {
        return TEXTS.stream()
                .flatMap(text -> Stream.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
                        .map(encoding -> Arguments.of(text, encoding)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void utf16And32AreRecognisedWithoutAMark(String text, String encoding) {
        for (int times : new int[] {1, 2000}) {
            byte[] bytes = text.repeat(times).getBytes(Charset.forName(encoding));
            assertThatThrownBy(() -> read(bytes, SymbolReader.BLOCK))
                    .isInstanceOf(TextException.class)
                    .hasMessage(
                            "notes.txt looks like " + encoding + ", expected UTF-8; convert it, such as with iconv -f "
                                    + encoding + " -t UTF-8, or train with --bytes");
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void aMarkTellsForSure(String text, String encoding) {
        byte[] bytes = ("\ufeff" + text).getBytes(Charset.forName(encoding));
        for (int blockSize : new int[] {4, SymbolReader.BLOCK}) {
            assertThatThrownBy(() -> read(bytes, blockSize))
                    .isInstanceOf(TextException.class)
                    .hasMessageStartingWith("notes.txt is " + encoding + ", expected UTF-8; ");
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void utf8IsNeverTakenForAnother(String text, String encoding) {
        byte[] bytes = (text.repeat(100) + encoding).getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, SymbolReader.BLOCK))
                .containsExactly((text.repeat(100) + encoding).codePoints().toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\0\0",
                "ab\0",
                "\0a\0",
                "abc\0def\n",
                "./a file\0./another file\0./b\0",
                "one two\0three four\0five\0",
                "a\0\0\0\0\0\0\0b",
                "\u0004\u0000\u0001"
            })
    void nulsInATextAreCharacters(String text) {
        byte[] bytes = text.repeat(3).getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, SymbolReader.BLOCK))
                .containsExactly(text.repeat(3).codePoints().toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void latin1IsNotTakenForUtf16(int seed) {
        String letters = "abc deö üä, éè.\nß ";
        int[] text = new Random(seed).ints(1 + 500 * seed, 0, letters.length()).toArray();
        byte[] bytes = ("x ü"
                        + new String(IntStream.of(text).map(letters::charAt).toArray(), 0, text.length))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(bytes, SymbolReader.BLOCK))
                .hasMessageStartingWith("notes.txt is not UTF-8: byte ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void randomBytesAreBinary(int seed) {
        byte[] bytes = new byte[4000];
        new Random(seed).nextBytes(bytes);
        assertThat(Encoding.isBinary(bytes, bytes.length)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void textIsNotBinary(String text, String encoding) {
        for (Charset charset :
                List.of(Charset.forName(encoding), StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            byte[] bytes = text.getBytes(charset);
            assertThat(Encoding.isBinary(bytes, bytes.length)).isFalse();
        }
    }

    private static int[] read(byte[] bytes, int blockSize) {
        SymbolReader reader = new SymbolReader(new ByteArrayInputStream(bytes), "notes.txt", Unit.CHARACTER, blockSize);
        return IntStream.generate(reader::read).takeWhile(symbol -> symbol >= 0).toArray();
    }
}
