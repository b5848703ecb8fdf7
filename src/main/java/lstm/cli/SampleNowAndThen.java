package lstm.cli;

import lstm.text.TerminalText;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Shows on standard error what the model writes, every so many steps of its training. */
final class SampleNowAndThen implements TrainingListener {

    private final Console console;
    private final long interval;
    private final SampleWriter writer;

    SampleNowAndThen(Console console, long interval, SampleWriter writer) {
        this.console = console;
        this.interval = interval;
        this.writer = writer;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        if (progress.step() % interval != 0) {
            return;
        }
        String text = writer.at(progress.step());
        String shown = console.errIsTerminal() ? TerminalText.show(text) : text;
        console.lines("--- sample at step " + progress.step() + "\n" + shown + "\n---");
    }
}
