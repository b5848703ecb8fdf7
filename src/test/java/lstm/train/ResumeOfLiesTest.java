package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
import lstm.kernel.Workers;
import lstm.text.Corpus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A training goes on from no numbers that a training cannot have left, and leaves none. */
class ResumeOfLiesTest {

    private static final TrainingConfig CONFIG = Trainings.steps(3);
    private static final String TEXT = "abc, cab.\n".repeat(20);

    private final Workers workers = Trainings.workers(1);
    private final Corpus corpus = Trainings.corpus(TEXT);
    private final Checkpoint whole = trained();

    @TempDir
    private Path folder;

    private Checkpoint trained() {
        Trainer trainer = Trainings.trainer(corpus, CONFIG, workers);
        trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
        return trainer.checkpoint();
    }

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private Checkpoint with(String name, Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(whole.trainingTensors());
        assertThat(tensors.put(name, tensor)).isNotNull();
        return new Checkpoint(whole.config(), whole.vocabulary(), whole.training(), whole.weights(), tensors);
    }

    private Tensor filled(String name, float value) {
        var store = Trainings.named(name, whole.trainingTensors()).toStore();
        boolean vector = Trainings.named(name, whole.trainingTensors()).shape().length == 1;
        store.data[store.data.length - 1] = value;
        return vector ? Tensor.vector(store) : Tensor.matrix(store);
    }

    private void assertRefused(Checkpoint lie, String... words) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Trainings.trainer(corpus, CONFIG, workers).resume(lie))
                .withMessageStartingWith("the checkpoint ")
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "lstm.weight_hh_l0, NaN",
        "decoder.bias, Infinity",
        "adam.m.lstm.weight_ih_l0, NaN",
        "adam.v.decoder.weight, -Infinity",
        "state.h_l0, NaN",
        "state.c_l0, Infinity"
    })
    void numbersThatNoTrainingLeavesAreRefused(String name, float value) {
        assertRefused(with(name, filled(name, value)), "training." + name + " makes no sense", "--init-from");
    }

    @Test
    void aSquareBelowZeroIsRefused() {
        String name = "adam.v.decoder.weight";
        assertRefused(with(name, filled(name, -1)), "the moments v.decoder.weight hold -1.0, which no gradients have");
    }

    static Stream<Arguments> otherTensors() {
        return Stream.of(
                argumentSet("weights in whole numbers", "decoder.bias", Tensor.longs(1, 2, 3)),
                argumentSet("a number without dimensions", "state.h_l0", Tensor.of(DType.F32, new int[0], new byte[4])),
                argumentSet("the cursor in bytes", "cursor", Tensor.of(DType.U8, new int[] {2}, new byte[2])),
                argumentSet("a cursor of one number", "cursor", Tensor.longs(0)),
                argumentSet("a cursor behind the epoch", "cursor", Tensor.longs(0, 1L << 40)),
                argumentSet("a cursor in another epoch", "cursor", Tensor.longs(7, 0)),
                argumentSet("a cursor before the text", "cursor", Tensor.longs(0, -1)),
                argumentSet("another seed", "random", Tensor.longs(2, 3)),
                argumentSet("fewer steps than none", "random", Tensor.longs(1, -1)));
    }

    @ParameterizedTest
    @MethodSource("otherTensors")
    void tensorsThatNoTrainingLeavesAreRefused(String name, Tensor tensor) {
        assertRefused(with(name, tensor), "training." + name + " makes no sense");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "step":3          | "step":3.5                  | "step" is '3.5', expected a whole number
            "step":3          | "step":4294967299e0         | "step" is '4294967299e0', expected a whole number
            "step":3          | "step":3,"step":3           | stands twice in one object
            "batch":4         | "batch":4294967300          | "batch" is '4294967300', expected a whole number
            "batch":4         | "batch":"4"                 | expected a number in "batch"
            "clip":5.0        | "clip":1e999                | "clip" is '1e999', expected a number that a double can hold
            "seed":1          | "seed":18446744073709551617 | "seed" is '18446744073709551617'
            "settings":{      | "settings":[],"x":{         | expected an object in "settings"
            """)
    void theTrainingIsTakenByTheLetter(String told, String lie, String words) {
        String training = whole.training().replace(told, lie);
        assertThat(training).isNotEqualTo(whole.training());

        assertRefused(
                new Checkpoint(whole.config(), whole.vocabulary(), training, whole.weights(), whole.trainingTensors()),
                words);
    }

    @Test
    void whatCouldNotBeReadIsNotSaved() {
        Path file = folder.resolve("whole.safetensors");
        whole.save(file);

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() ->
                        with("decoder.bias", filled("decoder.bias", Float.NaN)).save(file))
                .withMessage(
                        "cannot write " + file + ": its tensor 'training.decoder.bias' would hold NaN, for the training"
                                + " has come apart; take a smaller --lr or --clip");
        assertThat(Checkpoint.load(file).trainingTensors()).isEqualTo(whole.trainingTensors());
    }
}
