package lstm.bench;

import com.google.gson.Gson;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import lstm.batch.BatchShape;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingListener;

/**
 * The speed of training and sampling with one model, after a warm-up, as a {@link Measurement}.
 *
 * <p>Arguments: CORPUS HIDDEN LAYERS BATCH SEQ SECONDS THREADS [CELL ATTENTION]
 */
public final class Speed {

    private static final double NANOS = 1e9;
    private static final double WARM_UP_SECONDS = 10;
    private static final double SAMPLING_SECONDS = 3;
    private static final int MANY = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<TimedKernel> kernels = new ArrayList<>();
    private final Shape shape;
    private final int vocabulary;
    private final Trainer trainer;
    private final LanguageModel model;

    private Speed(Shape shape, TrainingData data, TrainingConfig config, int workers) {
        this.shape = shape;
        vocabulary = data.vocabulary().size();
        KernelChoice choice = KernelChoice.of(KernelChoice.Request.AUTO);
        Workers team = new Workers(workers, () -> {
            kernels.add(new TimedKernel(choice.kernels().get()));
            return kernels.get(kernels.size() - 1);
        });
        ModelConfig plain = new ModelConfig(shape.cell(), vocabulary, shape.hidden(), shape.layers(), 0, 0);
        model = LanguageModel.initialized(plain.withAttention(shape.attention()), 1, team);
        trainer = new Trainer(model, data, config);
    }

    /** Measures, and prints the line. */
    public static void main(String[] args) {
        Shape size = Shape.parse(args, 1);
        Shape shape = args.length > 8 ? size.of(Cell.fromLabel(args[7]), Integer.parseInt(args[8])) : size;
        TrainingConfig defaults = TrainingConfig.DEFAULT;
        TrainingConfig config = new TrainingConfig(
                new BatchShape(shape.batch(), shape.steps()),
                defaults.length(),
                defaults.schedule(),
                defaults.clip(),
                0,
                0,
                defaults.seed());
        Corpus corpus = Corpus.read(Sources.of(List.of(args[0]), System.in), Unit.CHARACTER);
        TrainingData data = TrainingData.of(corpus, config);
        Speed speed = new Speed(shape, data, config, Integer.parseInt(args[6]));
        System.out.println(new Gson().toJson(speed.measure(Double.parseDouble(args[5]))));
    }

    private Measurement measure(double seconds) {
        train(WARM_UP_SECONDS);
        kernels.forEach(TimedKernel::reset);
        long allocated = allocated();
        long from = System.nanoTime();
        Progress progress = train(seconds);
        double total = (System.nanoTime() - from) * (double) kernels.size();
        double bytesPerStep = (allocated() - allocated)
                / (progress.charactersPerSecond() * progress.elapsedSeconds() / (shape.batch() * shape.steps()));
        Map<String, Double> shares = new LinkedHashMap<>();
        double idle = 1;
        for (TimedKernel.Operation operation : TimedKernel.Operation.values()) {
            double share = kernels.stream().mapToLong(k -> k.nanos(operation)).sum() / total;
            shares.put(operation.name().toLowerCase(Locale.ROOT), share);
            idle -= share;
        }
        shares.put("other", idle);
        double rate = progress.charactersPerSecond();
        double[] one = sampleOne();
        return new Measurement(
                rate,
                one[0],
                sampleMany(),
                rate * model.config().operationsPerToken() / NANOS,
                bytesPerStep,
                one[1],
                shares);
    }

    /**
     * At least one step, which before all is compiled may take longer. As of the last whole one: behind it there is one that was
     * given up, of which the time counts and the characters do not.
     */
    private Progress train(double seconds) {
        long from = System.nanoTime();
        Progress[] last = new Progress[1];
        TrainingListener listener = new TrainingListener() {
            @Override
            public void stepped(Trainer trainer, Progress progress) {
                last[0] = progress;
            }
        };
        trainer.run(listener, () -> last[0] != null && System.nanoTime() - from > seconds * NANOS);
        return Objects.requireNonNull(last[0]);
    }

    /** Bytes that the live threads have allocated. */
    private long allocated() {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private double[] sampleOne() {
        TextGenerator generator = new TextGenerator(model);
        Sampler sampler = SamplingSettings.DEFAULT.sampler();
        SplittableRandom random = new SplittableRandom(1);
        generator.read(0);
        for (int i = 0; i < 2000; i++) {
            generator.next(sampler, random);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long from = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - from < SAMPLING_SECONDS * NANOS) {
            generator.next(sampler, random);
            count++;
        }
        double seconds = (System.nanoTime() - from) / NANOS;
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        return new double[] {count / seconds, (double) bytes / count};
    }

    private double sampleMany() {
        Window window = model.newWindow(MANY, 1);
        Sampler sampler = SamplingSettings.DEFAULT.sampler();
        SplittableRandom random = new SplittableRandom(1);
        float[] logits = new float[vocabulary];
        long from = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - from < SAMPLING_SECONDS * NANOS) {
            model.forward(window);
            for (int b = 0; b < MANY; b++) {
                System.arraycopy(window.logits().data, b * vocabulary, logits, 0, vocabulary);
                window.inputs()[b] = sampler.sample(logits, random);
            }
            count += MANY;
        }
        return count / ((System.nanoTime() - from) / NANOS);
    }
}
