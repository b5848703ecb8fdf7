package lstm.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lstm.batch.BatchShape;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingListener;

/** A training that never comes back from telling of its first step: what an interruption cannot wait for. */
final class StuckTraining implements TrainingListener {

    private final TrainingListener view;
    private final boolean floods;
    private final Interruption interruption = new Interruption();

    private StuckTraining(TrainingListener view, boolean floods) {
        this.view = view;
        this.floods = floods;
    }

    /** Of a text; a second word has it fill standard error, until whoever reads that stops reading. */
    public static void main(String[] args) {
        System.setErr(StandardStreams.error());
        Console console = Console.ofProcess();
        Corpus corpus = Corpus.read(Sources.of(List.of(args[0]), InputStream.nullInputStream()), Unit.CHARACTER);
        TrainingConfig config = TrainingConfig.DEFAULT.withShape(new BatchShape(2, 5));
        ModelConfig shape = new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), 4, 1, 0, 0);
        try (Workers workers = new Workers(
                        1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
                TrainingLock lock = new TrainingLock(Path.of("nowhere"))) {
            LanguageModel model = LanguageModel.initialized(shape, 1, workers);
            ProgressView view = ProgressView.of(ProgressKind.AUTO, console, List.of(), step -> "");
            Trainer trainer = new Trainer(model, TrainingData.of(corpus, config), config);
            StuckTraining stuck = new StuckTraining(view.listener(), args.length > 1);
            new TrainingRun(view, trainer, Path.of("nowhere"), stuck.interruption, lock, false).run(stuck);
        }
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        view.stepped(trainer, progress);
        System.out.println("stepped");
        if (floods) {
            Thread flood = new Thread(this::flood, "flood");
            flood.setDaemon(true);
            flood.start();
        }
        while (!interruption.requested()) {
            Thread.onSpinWait();
        }
        System.out.println("requested");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void flood() {
        while (true) {
            System.err.println("more than a pipe has room for");
        }
    }
}
