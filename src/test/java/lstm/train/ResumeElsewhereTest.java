package lstm.train;

import static lstm.kernel.SameBits.assertSameBits;
import static lstm.train.Trainings.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

/** A training taken up on another text, in other windows, or from a checkpoint that is not what it says. */
class ResumeElsewhereTest {

    private static final TrainingConfig CONFIG = Trainings.withValidation(Trainings.steps(20), 0.2, 5);
    private static final String OTHER = Trainings.TALE.replace("clock", "Übung €12 😀") + "\t";

    private final Workers workers = Trainings.workers(1);
    private final Corpus tale = Trainings.corpus(Trainings.TALE);
    private final LanguageModel model = Trainings.model(tale, 2, 0.1f, CONFIG, workers);
    private final Checkpoint checkpoint = trained();

    @TempDir
    private Path folder;

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private Checkpoint trained() {
        Trainer trainer = new Trainer(model, TrainingData.of(tale, CONFIG), CONFIG);
        trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
        return trainer.checkpoint();
    }

    private static TrainingConfig more(TrainingConfig config) {
        return Trainings.withLength(config, new TrainingLength(null, 25L, null));
    }

    /** A new model for a text, with which the checkpoint's training is to go on. */
    private Trainer trainer(Corpus corpus, TrainingConfig config) {
        return new Trainer(
                Trainings.model(corpus, 2, 0.1f, Trainings.withSeed(config, 99), workers),
                TrainingData.of(corpus, config),
                config);
    }

    @Test
    void onAnotherTextANewTrainingBeginsWithWeightsAndMomentsOfTheCharactersItKnows() {
        Corpus corpus = Trainings.corpus(OTHER, checkpoint.vocabulary());
        int known = checkpoint.vocabulary().size();
        assertThat(corpus.vocabulary().size()).isEqualTo(known + 6);
        LanguageModel fresh = Trainings.model(corpus, 2, 0.1f, Trainings.withSeed(CONFIG, 99), workers);
        Trainer trainer = trainer(corpus, CONFIG);

        assertThat(trainer.resume(checkpoint)).isFalse();

        Map<String, Tensor> resumed = trainer.checkpoint().trainingTensors();
        model.weights().forEach((name, trained) -> {
            assertOverlapIsKept(name, named(name, resumed).toStore(), trained, named(name, fresh.weights()));
        });
        checkpoint.trainingTensors().forEach((name, tensor) -> {
            if (name.startsWith("adam.")) {
                R032Store found = named(name, resumed).toStore();
                R032Store zeros = R032Store.FACTORY.make(found.getRowDim(), found.getColDim());
                assertOverlapIsKept(name, found, tensor.toStore(), zeros);
            }
        });
        // With the moments Adam's steps and so its bias correction go on; all else begins anew.
        assertThat(named("random", resumed).toLongs()[1]).isEqualTo(20);
        assertThat(named("cursor", resumed).toLongs()).containsExactly(0, 0);
        assertThat(named("state.h_l0", resumed).toStore().data).containsOnly(0);
        TrainingState state = TrainingState.fromJson(trainer.checkpoint().training());
        assertThat(state.step()).isZero();
        assertThat(state.characters()).isZero();
        assertThat(state.bestLoss()).isNull();

        Trainings.Diary diary = new Trainings.Diary();
        assertThat(trainer.run(diary, Trainings.TO_THE_END)).isTrue();
        assertThat(diary.steps).hasSize(20);
        assertThat(diary.trainLosses().get(0))
                .isLessThan(Math.log(corpus.vocabulary().size()) - 0.3);
    }

    /** Everything as in the old matrix where that had a row and a column, else as in the fresh one. */
    private static void assertOverlapIsKept(String name, R032Store found, R032Store old, R032Store fresh) {
        float[] expected = fresh.data.clone();
        for (int j = 0; j < old.getColDim(); j++) {
            for (int i = 0; i < old.getRowDim(); i++) {
                expected[j * fresh.getRowDim() + i] = old.data[j * old.getRowDim() + i];
            }
        }
        assertSameBits(found.data, expected, name);
    }

    @Test
    void onAnotherTextOfKnownCharactersItBeginsAtItsStart() {
        Trainer trainer = trainer(
                Trainings.corpus(new StringBuilder(Trainings.TALE).reverse().toString(), checkpoint.vocabulary()),
                more(CONFIG));

        assertThat(trainer.resume(checkpoint)).isFalse();
        assertThat(named("cursor", trainer.checkpoint().trainingTensors()).toLongs())
                .containsExactly(0, 0);
    }

    @Test
    void inOtherWindowsItBeginsAtTheStartOfTheText() {
        TrainingConfig config = more(CONFIG).withShape(new BatchShape(4, 11));

        assertThat(trainer(tale, config).resume(checkpoint)).isFalse();
    }

    @Test
    void withAnotherShareHeldOutTheBestLossIsForgotten() {
        Trainer trainer = trainer(tale, Trainings.withValidation(more(CONFIG), 0.1, 5));

        assertThat(trainer.resume(checkpoint)).isFalse();
        assertThat(TrainingState.fromJson(trainer.checkpoint().training()).bestLoss())
                .isNull();
    }

    @Test
    void asAListOfOtherRecordsItIsRefused() {
        TrainingConfig config = more(CONFIG);
        Trainer list = new Trainer(
                Trainings.model(tale, 2, 0.1f, config, workers), TrainingData.of(tale, Records.LINE, config), config);

        assertRefused(list, checkpoint, "records of the kind none, this one line");
    }

    @Test
    void onTheSameTextInTheSameWindowsItGoesOnExactly() {
        assertThat(trainer(tale, more(CONFIG)).resume(checkpoint)).isTrue();
    }

    @Test
    void aTextInAnotherVocabularyIsRefusedThoughItsTokensBeTheSame() {
        int[] shifted = Trainings.TALE.codePoints().map(c -> c + 0x1000).toArray();
        Corpus cipher = Trainings.corpus(new String(shifted, 0, shifted.length));
        assertThat(cipher.tokens().digest()).isEqualTo(tale.tokens().digest());

        assertRefused(trainer(cipher, more(CONFIG)), checkpoint, "vocabulary");
        assertRefused(trainer(Trainings.corpus("the end. ".repeat(20)), more(CONFIG)), checkpoint, "vocabulary");
    }

    @Test
    void aTextOfBytesIsRefusedByAModelOfCharacters() {
        Corpus bytes = Corpus.read(
                Sources.of(List.of("-"), new ByteArrayInputStream(Trainings.TALE.getBytes(StandardCharsets.UTF_8))),
                Unit.BYTE);

        assertRefused(trainer(bytes, more(CONFIG)), checkpoint, "vocabulary");
    }

    @Test
    void aSlimCheckpointIsRefusedAndTheWayOutNamed() {
        assertRefused(trainer(tale, more(CONFIG)), checkpoint.slim(), "--init-from");
    }

    private static void assertRefused(Trainer trainer, Checkpoint from, String part) {
        assertThatThrownBy(() -> trainer.resume(from))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(part)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
    }

    static Stream<Arguments> hostileTensors() {
        R032Store single = R032Store.FACTORY.make(1, 1);
        R032Store wide = R032Store.FACTORY.make(12, 5);
        return Stream.of(
                Arguments.of("cursor", Tensor.longs(0)),
                Arguments.of("cursor", Tensor.longs(0, 0, 0)),
                Arguments.of("cursor", Tensor.longs(-1, 0)),
                Arguments.of("cursor", Tensor.longs(0, -1)),
                Arguments.of("cursor", Tensor.longs(0, 23)),
                Arguments.of("cursor", Tensor.longs(0, Long.MAX_VALUE)),
                Arguments.of("cursor", Tensor.vector(single)),
                Arguments.of("random", Tensor.longs()),
                Arguments.of("random", Tensor.longs(1, -1)),
                Arguments.of("random", Tensor.matrix(single)),
                Arguments.of("state.h_l0", Tensor.matrix(single)),
                Arguments.of("state.c_l1", Tensor.matrix(wide)),
                Arguments.of("state.c_l1", Tensor.longs(1, 2)),
                Arguments.of("adam.m.decoder.weight", Tensor.matrix(single)),
                Arguments.of("adam.v.decoder.bias", Tensor.matrix(wide)),
                Arguments.of("adam.v.lstm.weight_hh_l0", Tensor.longs(1, 2)),
                Arguments.of("adam.m.nothing", Tensor.matrix(single)),
                Arguments.of("decoder.weight", Tensor.matrix(wide)),
                Arguments.of("lstm.bias_ih_l0", Tensor.longs(7)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostileTensors")
    void aTensorThatDoesNotFitIsRefused(String name, Tensor tensor) {
        assertRefused(trainer(tale, more(CONFIG)), with(name, tensor), "cannot be resumed");
    }

    @Test
    void everyTensorIsNeeded() {
        for (String name : new TreeMap<>(checkpoint.trainingTensors()).keySet()) {
            // Without its course so far, a training made before there was any goes on as well.
            if (!name.contains("bias_hh") && !name.equals("curve")) {
                assertRefused(trainer(tale, more(CONFIG)), with(name, null), "cannot be resumed");
            }
        }
    }

    private Checkpoint with(String name, @Nullable Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(checkpoint.trainingTensors());
        tensors.remove(name);
        if (tensor != null) {
            tensors.put(name, tensor);
        }
        return new Checkpoint(
                checkpoint.config(), checkpoint.vocabulary(), checkpoint.training(), checkpoint.weights(), tensors);
    }

    @Test
    void aFileGivesBackTheSameTraining() {
        Path file = folder.resolve("training.safetensors");
        checkpoint.save(file);

        Trainer trainer = trainer(tale, CONFIG);
        assertThat(trainer.resume(Checkpoint.load(file))).isTrue();
        assertThat(Trainings.bytes(trainer, folder)).isEqualTo(Trainings.bytes(checkpoint, folder));
    }
}
