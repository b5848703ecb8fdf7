package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.metrics.MetricsWriter;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The course of a training in plain lines. */
class ProgressLineTest {

    private static final String CLEAR = "\r\033[K";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Workers workers;
    private Trainer trainer;

    @BeforeEach
    void makeATrainer() {
        Sources sources =
                Sources.of(List.of(Texts.file(folder, "fox.txt", 5000).toString()), InputStream.nullInputStream());
        TrainingData data = TrainingData.of(Corpus.read(sources, Unit.CHARACTER), TrainingConfig.DEFAULT);
        workers = new Workers(1, KernelChoice.of(KernelChoice.Request.OJALGO).kernels());
        ModelConfig config = new ModelConfig(Cell.LSTM, data.vocabulary().size(), 3, 1, 0, 0);
        trainer = new Trainer(LanguageModel.initialized(config, 1, workers), data, TrainingConfig.DEFAULT);
    }

    @AfterEach
    void endTheThreads() {
        workers.close();
    }

    @Test
    void ofATrainingThatIsStoppedWithinItsFirstStepNothingIsTold() {
        Path metrics = folder.resolve("m");
        try (MetricsWriter writer = new MetricsWriter(metrics, false)) {
            trainer.run(writer, () -> true);
            trainer.run(new FinalLine(console(false)), () -> true);
        }
        assertThat(metrics).isEmptyFile();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void thereIsALineEveryTenSeconds() {
        ProgressLine line = new ProgressLine(console(false));
        for (int second = 1; second <= 25; second++) {
            line.stepped(trainer, at(second, second, null));
        }
        line.ended(trainer, at(25, 25, null));

        assertThat(shown().lines()).hasSize(2).allMatch(text -> text.endsWith("left"));
        assertThat(shown())
                .contains("step 10 ", "step 20 ")
                .doesNotContain("\r", "\033")
                .endsWith("left" + System.lineSeparator());
    }

    @Test
    void andOneForEveryValidation() {
        ProgressLine line = new ProgressLine(console(false));
        line.stepped(trainer, at(1, 0.1, null));
        line.validated(trainer, at(1, 0.1, 1.5));
        line.validated(trainer, at(2, 0.1, 1.6));

        assertThat(shown().lines())
                .containsExactly(
                        "  1%  epoch 0.5  step 1  loss 2.000 (2.885 bpc)  val 1.500 (2.164 bpc) best",
                        "  2%  epoch 0.5  step 2  loss 2.000 (2.885 bpc)  val 1.600 (2.308 bpc)");
    }

    @Test
    void onlyTheEndIsAHundredPercent() {
        ProgressLine line = new ProgressLine(console(false));
        line.stepped(trainer, at(1, 0.1, null));
        line.validated(trainer, at(999, 0.1, 1.5, 999 / 1000.0));
        line.validated(trainer, at(1000, 0.1, 1.5, 1));

        assertThat(shown().lines()).extracting(text -> text.substring(0, 4)).containsExactly(" 99%", "100%");
    }

    @Test
    void whereNoneIsWantedTheEndIsToldAllTheSame() {
        FinalLine line = new FinalLine(console(false));
        for (int second = 1; second <= 25; second++) {
            line.stepped(trainer, at(second, second, null));
        }
        line.validated(trainer, at(25, 25, 1.5));
        assertThat(shown()).isEmpty();
        line.ended(trainer, at(25, 25, null));

        assertThat(shown().lines())
                .containsExactly(" 25%  epoch 0.5  step 25  loss 2.000 (2.885 bpc)  best val 1.500 (2.164 bpc)");
    }

    @Test
    void aNoteTakesThePlaceOfTheLine() {
        console(true).note("kept it");
        console(false).note("kept it");
        assertThat(shown()).isEqualTo(CLEAR + "kept it" + System.lineSeparator() + "kept it" + System.lineSeparator());
    }

    private Console console(boolean terminal) {
        return new Console(
                InputStream.nullInputStream(),
                Run.stream(new ByteArrayOutputStream()),
                Run.stream(err),
                terminal,
                terminal,
                false);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Progress at(long step, double seconds, @Nullable Double validation) {
        return at(step, seconds, validation, step / 100.0);
    }

    private static Progress at(long step, double seconds, @Nullable Double validation, double share) {
        return new Progress(step, 0.5, 100 * step, seconds, 12_345, share, 90, 2, validation, 1.5, 1e-3, 1);
    }
}
