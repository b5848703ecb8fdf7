package lstm.cli;

import java.util.SplittableRandom;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.model.LanguageModel;
import lstm.text.Records;
import lstm.text.TerminalText;
import lstm.text.Tokenizer;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Shows on standard error what the model writes, every so many steps of its training. */
final class SampleNowAndThen implements TrainingListener {

    private static final int LENGTH = 300;

    private final Console console;
    private final long interval;
    private final Tokenizer tokenizer;
    private final Records records;
    private final TextGenerator generator;

    SampleNowAndThen(Console console, long interval, LanguageModel model, Tokenizer tokenizer, Records records) {
        this.console = console;
        this.interval = interval;
        this.tokenizer = tokenizer;
        this.records = records;
        generator = new TextGenerator(model);
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        if (progress.step() % interval != 0) {
            return;
        }
        generator.begin(tokenizer.vocabulary(), records);
        SplittableRandom random = new SplittableRandom(progress.step());
        Sampler sampler = SamplingSettings.DEFAULT.sampler();
        int[] tokens = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            tokens[i] = generator.next(sampler, random);
        }
        String text = tokenizer.decode(tokens);
        String shown = console.errIsTerminal() ? TerminalText.show(text) : text;
        console.note("--- sample at step " + progress.step() + "\n" + shown + "\n---");
    }
}
