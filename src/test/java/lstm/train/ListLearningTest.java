package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.generate.TextGenerator;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Records;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model writes at the beginning of a record, when it has learnt a sorted list. */
class ListLearningTest {

    /** How many names begin with each letter. */
    private static final int[] INITIALS = {80, 20, 60, 40, 10, 90, 30, 70};

    private static final TrainingConfig CONFIG = new TrainingConfig(
            new BatchShape(4, 16),
            new TrainingLength(null, 1200L, null),
            new Schedule(Schedule.Shape.COSINE, 0.02, 0.02, 20),
            5,
            0,
            0,
            1);

    private static String sortedNames() {
        Random random = new Random(1);
        List<String> names = IntStream.range(0, INITIALS.length)
                .boxed()
                .flatMap(i ->
                        Stream.generate(() -> (char) ('a' + i) + ending(random)).limit(INITIALS[i]))
                .sorted()
                .toList();
        return String.join("\n", names) + "\n";
    }

    private static String ending(Random random) {
        return random.ints(2 + random.nextInt(3), 0, 4)
                .mapToObj(i -> "imno".substring(i, i + 1))
                .reduce("", String::concat);
    }

    /** Half the sum of the differences to the list's own frequencies, of the letter behind a text that is only begun. */
    private static double distance(Records records, long seed) {
        TrainingConfig config = Trainings.withSeed(CONFIG, seed);
        Corpus corpus = Trainings.corpus(sortedNames());
        try (Workers workers = Trainings.workers(1)) {
            LanguageModel model = Trainings.model(corpus, 1, 0, config, workers);
            new Trainer(model, TrainingData.of(corpus, records, config), config)
                    .run(Trainings.NOBODY, Trainings.TO_THE_END);
            TextGenerator generator = new TextGenerator(model);
            generator.begin(corpus.vocabulary());
            double[] logs = generator.logProbabilities();
            double sum = 0;
            for (int token = 0; token < logs.length; token++) {
                int letter = corpus.vocabulary().codePoint(token) - 'a';
                double share = letter >= 0 && letter < INITIALS.length ? INITIALS[letter] / 400.0 : 0;
                sum += Math.abs(Math.exp(logs[token]) - share);
            }
            return sum / 2;
        }
    }

    /** Twice as near as a model that takes all initials for equally likely, which is 0.25 away. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void learntAsAListItIsAsLikelyAsInTheList(long seed) {
        assertThat(distance(Records.LINE, seed)).isLessThan(0.125);
    }

    /** Why it is shuffled: the model that has read the list as it stands is farther away than one that knows no letter. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void learntAsATextItIsLikeThatOfTheLastRecordRead(long seed) {
        assertThat(distance(Records.NONE, seed)).isGreaterThan(0.25);
    }
}
