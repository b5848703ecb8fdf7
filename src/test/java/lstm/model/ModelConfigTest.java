package lstm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelConfigTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0       | 128   | 2  | 0   | a vocabulary of 1 to 1,114,112 symbols, found 0",
                "1114113 | 128   | 2  | 0   | a vocabulary of 1 to 1,114,112 symbols, found 1114113",
                "65      | 0     | 2  | 0   | 1 to 16384 hidden units, found 0",
                "65      | 16385 | 2  | 0   | 1 to 16384 hidden units, found 16385",
                "65      | 128   | 0  | 0   | 1 to 64 layers, found 0",
                "65      | 128   | 65 | 0   | 1 to 64 layers, found 65",
                "65      | 128   | 2  | 1   | a dropout from 0 to below 1, found 1.0",
                "65      | 128   | 2  | -1  | a dropout from 0 to below 1, found -1.0",
                "65      | 128   | 2  | NaN | a dropout from 0 to below 1, found NaN",
                "1114112 | 512   | 2  | 0   | no matrix of more than 2^31 elements"
            })
    void aModelThatCannotBeIsRefused(int vocabulary, int hidden, int layers, float dropout, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelConfig(Cell.LSTM, vocabulary, hidden, layers, dropout, 0))
                .withMessageStartingWith("expected " + message);
    }

    @Test
    void theSmallestAndTheLargestModelsAreAllowed() {
        assertThat(new ModelConfig(Cell.LSTM, 1, 1, 1, 0, 0)).isNotNull();
        assertThat(new ModelConfig(Cell.LSTM, 0x110000, 128, ModelConfig.MAX_LAYERS, 0.99f, 0))
                .isNotNull();
        assertThat(new ModelConfig(Cell.LSTM, 65, ModelConfig.MAX_HIDDEN, 2, 0, 0))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aCellIsFoundByItsLabel(Cell cell) {
        assertThat(Cell.fromLabel(cell.label())).isEqualTo(cell);
    }

    @Test
    void anUnknownCellIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cell.fromLabel("transformer"))
                .withMessage("unknown cell \"transformer\"");
    }

    @ParameterizedTest
    @EnumSource
    void theParametersAreCountedAsTheModelCountsThem(Cell cell) {
        Workers workers =
                new Workers(1, KernelChoice.of(KernelChoice.Request.OJALGO).kernels());
        for (ModelConfig config : List.of(
                new ModelConfig(cell, 5, 4, 2, 0, 0),
                new ModelConfig(cell, 5, 4, 2, 0, 0).withEmbedding(3, false),
                new ModelConfig(cell, 5, 4, 2, 0, 0).withEmbedding(4, true),
                new ModelConfig(cell, 5, 4, 2, 0, 0).withAttention(3))) {
            assertThat(config.parameters()).isEqualTo(new LanguageModel(config, workers).size());
        }
    }
}
