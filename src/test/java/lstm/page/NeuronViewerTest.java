package lstm.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import lstm.checkpoint.Checkpoint;
import lstm.inspect.ActivationReader;
import lstm.inspect.InspectedText;
import lstm.inspect.TextFeature;
import lstm.inspect.UnitTrace;
import lstm.kernel.Workers;
import lstm.model.Activation;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every unit does reaches the page, and nothing of the text gets out of it. */
class NeuronViewerTest {

    private static final double HALF_A_STEP = 0.5 / NeuronValues.STEPS_OF_ONE + 1e-6;

    private static InspectedText text(Checkpoint checkpoint, String text) {
        int[] tokens = new Tokenizer(checkpoint.vocabulary()).encode(text, Unknown.ERROR);
        return new InspectedText(checkpoint.vocabulary(), Tokens.of(tokens));
    }

    private static NeuronViewer viewer(LanguageModel model, InspectedText text, int mostBytes) {
        return new NeuronViewer("name", model, text, List.of(TextFeature.values()), mostBytes, progress -> {});
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void everyValueIsThereToWithinHalfAStep(Cell cell) {
        try (Workers workers = Runs.workers()) {
            Checkpoint checkpoint = Runs.checkpoint(Runs.TEXT, cell, 1, workers);
            LanguageModel model = checkpoint.model(workers);
            InspectedText text = text(checkpoint, Runs.TEXT);
            int size = (int) text.size();

            JsonObject data = viewer(model, text, NeuronViewer.LARGE).data();

            assertThat(data.getAsJsonArray("text")).hasSize(size);
            List<Activation> kinds = Activation.of(cell);
            for (int k = 0; k < kinds.size(); k++) {
                byte[] bytes = Base64.getDecoder()
                        .decode(data.getAsJsonArray("values")
                                .get(1)
                                .getAsJsonArray()
                                .get(k)
                                .getAsString());
                assertThat(bytes).hasSize(size * Runs.HIDDEN);
                int unit = 7;
                List<Float> values = new ArrayList<>();
                new ActivationReader(model)
                        .read(text.tokens(), new UnitTrace(1, unit, kinds.get(k), (at, value) -> values.add(value)));
                for (int i = 0; i < size; i++) {
                    assertThat(bytes[unit * size + i] / (double) NeuronValues.STEPS_OF_ONE)
                            .isCloseTo(values.get(i), within(HALF_A_STEP));
                }
            }
        }
    }

    @Test
    void aLongTextIsCutWhereThePageWouldBecomeLarge() {
        try (Workers workers = Runs.workers()) {
            Checkpoint checkpoint = Runs.checkpoint(Runs.TEXT, Cell.LSTM, 1, workers);
            int bytesPerCharacter = 2 * Runs.HIDDEN * 6;

            NeuronViewer viewer =
                    viewer(checkpoint.model(workers), text(checkpoint, Runs.TEXT), 200 * bytesPerCharacter);

            assertThat(viewer.note()).startsWith("The first 200 of 516 characters are shown");
            assertThat(viewer.data().getAsJsonArray("text")).hasSize(200);
        }
    }

    @Test
    void whatTheTextHoldsIsNoPartOfThePage() throws IOException {
        String hostile = "</script><script>alert(1)</script><!--\u202e\0\u2028\ud83e\udd8a\u0627{{title}}";
        try (Workers workers = Runs.workers()) {
            Checkpoint checkpoint = Runs.checkpoint(hostile, Cell.GRU, 1, workers);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NeuronPage.write(
                    out,
                    hostile,
                    hostile,
                    viewer(checkpoint.model(workers), text(checkpoint, hostile), NeuronViewer.LARGE));
            String page = out.toString(StandardCharsets.UTF_8);

            assertThat(page).doesNotContain("alert(1)</script>", "<!--", "\u202e", "\0", "\u2028");
            assertThat(page).contains("\ud83e\udd8a", "\u0627", "\\\\u202e");
            SelfContained.require(page.replace("{{title}}", ""));
        }
    }
}
