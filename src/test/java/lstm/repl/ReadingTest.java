package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import lstm.generate.HandMade;
import lstm.generate.TextGenerator;
import lstm.model.LanguageModel;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final int CHANGES = 300;

    private final Vocabulary vocabulary = HandMade.characters(Talks.ROUND);
    private final LanguageModel model = HandMade.random(vocabulary.size(), 1);
    private final Reading reading = new Reading(new TextGenerator(model), vocabulary);

    @Test
    void howeverATextCameAboutItIsReadAsIfFromItsBeginning() {
        Random random = new Random(1);
        int[] text = {};
        for (int i = 0; i < CHANGES; i++) {
            text = changed(text, random);
            assertThat(reading.goTo(text, () -> false)).isTrue();
            if (i % 20 == 0) {
                assertThat(reading.generator().logProbabilities()).isEqualTo(fresh(text));
            }
        }
        assertThat(reading.generator().logProbabilities()).isEqualTo(fresh(text));
    }

    @Test
    void whatWasStoppedGoesOnWhereItStopped() {
        int[] text = changed(new int[0], new Random(2));
        int[] asked = {0};
        assertThat(reading.goTo(text, () -> ++asked[0] > text.length / 2)).isFalse();
        asked[0] = 0;
        assertThat(reading.goTo(text, () -> ++asked[0] > text.length / 2 + 1)).isTrue();
        assertThat(reading.generator().logProbabilities()).isEqualTo(fresh(text));
    }

    @Test
    void takingCharactersBackReadsFewAgain() {
        int[] text = changed(new int[10_000], new Random(3));
        reading.goTo(text, () -> false);
        int[] asked = {0};
        for (int length = text.length - 1; length > text.length - 100; length--) {
            reading.goTo(Arrays.copyOf(text, length), () -> ++asked[0] < 0);
        }
        assertThat(asked[0]).as("tokens read again for 99").isLessThan(1000);
    }

    /** Keeps some of the beginning, and puts up to some thousand tokens behind it. */
    private int[] changed(int[] text, Random random) {
        int kept = random.nextBoolean() ? text.length : random.nextInt(text.length + 1);
        int added = random.nextInt(4) == 0 ? random.nextInt(1500) : random.nextInt(3);
        int[] changed = Arrays.copyOf(text, kept + added + (text.length == 0 ? 10 : 0));
        for (int i = kept; i < changed.length; i++) {
            changed[i] = random.nextInt(vocabulary.size());
        }
        return changed;
    }

    private double[] fresh(int[] text) {
        TextGenerator generator = new TextGenerator(model);
        generator.begin(vocabulary);
        generator.read(text);
        return generator.logProbabilities();
    }
}
