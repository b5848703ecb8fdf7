package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lstm train --resume}: as if the training had never stopped. */
class ResumeTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path whole;
    private Path parts;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
        whole = folder.resolve("whole");
        parts = folder.resolve("parts");
    }

    // A constant rate, for the others fall to an end that the first part does not know.
    @ParameterizedTest
    @CsvSource({"1, 0.1, 0", "7, 0.1, 0.4", "26, 0.1, 0", "30, 0, 0.4", "39, 0.1, 0.4"})
    void aTrainingInTwoPartsEndsWithTheBytesOfOneInOnePart(int stop, double validation, double dropout) {
        Object[] all = {
            text, "-o", whole, "--schedule", "constant", "--val", validation, "--dropout", dropout, "--val-every", 9
        };
        Run.train(append(all, "--steps", 40));
        all[2] = parts;
        Run.train(append(all, "--steps", stop));
        Run.lstm("train", text, "-o", parts, "--resume", "--steps", 40).succeeded();

        assertThat(parts).hasSameBinaryContentAs(whole);
        assertThat(Path.of(parts + ".1.bak")).doesNotExist();
    }

    @Test
    void aTextThatWasMovedAndRenamedIsTheSameText() {
        Run.train(text, "-o", parts, "--steps", 7, "--val-every", 20, "--schedule", "constant");
        Run.train(text, "-o", whole, "--steps", 40, "--val-every", 20, "--schedule", "constant");
        Path moved = Texts.file(folder, "moved.txt", 600);
        Run.lstm("train", moved, "-o", parts, "--resume", "--steps", 40).succeeded();

        assertThat(parts).hasSameBinaryContentAs(whole);
    }

    @Test
    void aCompleteTrainingIsLeftAsItIsAndSaysWhatGoesOn() throws IOException {
        Run.train(text, "-o", parts, "--steps", 5);
        byte[] before = Files.readAllBytes(parts);

        for (int i = 0; i < 2; i++) {
            Run run = Run.lstm("train", text, "-o", parts, "--resume").succeeded();
            assertThat(run.err())
                    .contains("this training was complete already", "--epochs")
                    .doesNotContain("char/s", "NaN", "?");
            assertThat(parts).hasBinaryContent(before);
        }
    }

    @Test
    void moreEpochsGoOn() {
        Run.train(text, "-o", parts, "--epochs", 1);
        Run run =
                Run.lstm("train", text, "-o", parts, "--resume", "--epochs", 2).succeeded();

        assertThat(run.err()).contains("epoch 2.0  step 52").doesNotContain("complete already");
    }

    @Test
    void anotherTextIsToldFromTheFirst() {
        Run.train(text, "-o", parts, "--steps", 5);
        Path other = Texts.write(folder.resolve("other.txt"), Texts.characters(500) + "X".repeat(100));
        Run run =
                Run.lstm("train", other, "-o", parts, "--resume", "--steps", 8).succeeded();

        assertThat(run.err()).contains("new to the model: 'X'", "this is not the text", "step 8");
    }

    @Test
    void whatHoldsTheWeightsAloneCannotBeResumed() {
        Run.train(text, "-o", whole, "--steps", 5);
        Run.lstm("export", whole, "--slim", parts).succeeded();

        Run.lstm("train", text, "-o", parts, "--resume").failedAfterNotes(1, "cannot be resumed", "--init-from");
        Run.lstm("train", text, "-o", whole, "--init-from", parts, "--steps", 1).succeeded();
    }

    @Test
    void aDamagedCheckpointIsRefusedAndLeft() throws IOException {
        Run.train(text, "-o", parts, "--steps", 5);
        byte[] bytes = Files.readAllBytes(parts);
        bytes[bytes.length - 1] ^= 1;
        Files.write(parts, bytes);

        Run.lstm("train", text, "-o", parts, "--resume").failed(1, parts + " is not a checkpoint that can be used");
        assertThat(parts).hasBinaryContent(bytes);
    }

    private static Object[] append(Object[] words, Object... more) {
        Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }
}
