package lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lstm.batch.Split;
import lstm.checkpoint.Checkpoint;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.train.Evaluator;
import lstm.train.TrainingState;
import org.junit.jupiter.api.Test;

/** The model that comes with the source. */
class ShippedCheckpointTest {

    private static final KernelChoice KERNEL = KernelChoice.of(KernelChoice.Request.AUTO);

    private final Checkpoint checkpoint = Checkpoint.load(Path.of("checkpoints", "tales.safetensors"));

    @Test
    void itIsAsGoodOnTheHeldOutTextAsItSays() {
        Sources tales = Sources.of(List.of("corpora/tales.txt"), InputStream.nullInputStream());
        Corpus corpus = Corpus.read(tales, checkpoint.vocabulary());
        Double claimed = TrainingState.fromJson(checkpoint.training()).bestLoss();

        assertThat(corpus.vocabulary()).isEqualTo(checkpoint.vocabulary());
        try (Workers workers = new Workers(1, KERNEL.kernels())) {
            Evaluator.Result result = new Evaluator(checkpoint.model(workers))
                    .evaluate(Split.of(corpus.tokens(), 0.1).validation());
            // Another kernel or vector width rounds otherwise, in the seventh digit of a loss.
            assertThat(result.nats()).isCloseTo(claimed, within(1e-4));
        }
    }

    @Test
    void itGoesOnWithATextInWordsOfTheTales() {
        Tokenizer tokenizer = new Tokenizer(checkpoint.vocabulary());
        SplittableRandom random = new SplittableRandom(1);
        try (Workers workers = new Workers(1, KERNEL.kernels())) {
            TextGenerator generator = new TextGenerator(checkpoint.model(workers));
            generator.begin(checkpoint.vocabulary());
            generator.read(tokenizer.encode("\"I have come about the boat,\" said ", Unknown.ERROR));
            int[] tokens = IntStream.range(0, 1000)
                    .map(i -> generator.next(SamplingSettings.DEFAULT.sampler(), random))
                    .toArray();
            assertThat(tokenizer.decode(tokens)).contains(" the ", " and ", ".", "\n");
        }
    }
}
