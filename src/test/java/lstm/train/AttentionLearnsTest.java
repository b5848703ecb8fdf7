package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import lstm.batch.BatchShape;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import org.junit.jupiter.api.Test;

/** What attention is for: a line of random letters that stands there twice cannot be kept in a state of a few units. */
class AttentionLearnsTest {

    private static final int LINE = 20;

    private static final TrainingConfig CONFIG = new TrainingConfig(
            new BatchShape(8, 2 * LINE + 2),
            new TrainingLength(null, 600L, null),
            new Schedule(Schedule.Shape.COSINE, 0.01, 0.02, 20),
            1,
            0,
            0.1,
            600,
            1);

    private static String lines() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 800; i++) {
            String line = random.ints(LINE, 'a', 'z' + 1)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining("", "", "\n"));
            text.append(line).append(line);
        }
        return text.toString();
    }

    private static double loss(Corpus corpus, int attention) {
        try (Workers workers = Trainings.workers(2)) {
            ModelConfig config = new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), 32, 1, 0, 0);
            LanguageModel model = LanguageModel.initialized(config.withAttention(attention), 1, workers);
            Trainings.Diary diary = new Trainings.Diary();
            new Trainer(model, TrainingData.of(corpus, CONFIG), CONFIG).run(diary, Trainings.TO_THE_END);
            return diary.validationLosses().get(0);
        }
    }

    @Test
    void aLineIsCopiedWhereItIsRemembered() {
        Corpus corpus = Trainings.corpus(lines());
        // Every other line is random, 20 letters of 26: nobody can foresee it.
        double unforeseeable = LINE * Math.log(26) / (2 * LINE + 2);
        double all = 2 * unforeseeable;

        double without = loss(corpus, 0);
        double with = loss(corpus, LINE + 10);

        assertThat(without).isGreaterThan(0.95 * all);
        assertThat(with).isBetween(unforeseeable, 0.75 * all);
    }
}
