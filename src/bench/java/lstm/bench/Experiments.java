package lstm.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.GradientReach;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Tokenizer;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.train.Progress;
import lstm.train.Recipe;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingLength;
import lstm.train.TrainingListener;

/**
 * What the literature says of the cells and of attention, tried: recall over a lag, counting, timing, lines that return, how far
 * gradients reach, and a text at equal numbers of parameters. Every model is trained with the default settings from one seed.
 *
 * <p>Arguments: CORPUS THREADS SEED DRAWING
 */
public final class Experiments {

    private static final int TEXT = 1_000_000;
    private static final int[] LAGS = {10, 50, 100, 200};
    private static final int[] REACHES = {1, 10, 50, 100, 200};
    private static final int PLACES = 4;
    /** Parts of a text that are read before anything is asked: in trainings, a state is never empty but at the beginning. */
    private static final int WARM_UP = 20;

    private static final int ASKED = 200;
    private static final int ATTENTION = 100;
    private static final int REFRAIN = 200;

    private final Workers workers;
    private final long seed;

    private Experiments(Workers workers, long seed) {
        this.workers = workers;
        this.seed = seed;
    }

    /** Prints the tables. */
    public static void main(String[] args) throws IOException {
        KernelChoice kernel = KernelChoice.of(KernelChoice.Request.AUTO);
        try (Workers workers = new Workers(Integer.parseInt(args[1]), kernel.kernels())) {
            Experiments experiments = new Experiments(workers, Long.parseLong(args[2]));
            experiments.recall();
            experiments.counting("ab");
            experiments.counting("abc");
            experiments.timing();
            experiments.refrains();
            experiments.text(args[0], Path.of(args[3]));
        }
    }

    /** A letter, distractors, a question mark, and the letter again; learnt from lags up to the one that is asked for. */
    private void recall() {
        title(
                "Recall of one of eight letters behind random digits, learnt from up to so many, 1 x 64, 4,000 steps: share of"
                        + " right answers behind that many");
        header(Arrays.stream(LAGS).mapToObj(lag -> lag + " between").toList());
        for (Cell cell : Cell.values()) {
            List<String> row = new ArrayList<>();
            for (int lag : LAGS) {
                SplittableRandom random = new SplittableRandom(seed);
                String text = repeated(() -> record(random, 1 + random.nextInt(lag)), TEXT);
                BatchShape shape = new BatchShape(32, 2 * (lag + 4));
                Trained trained = train(cell, 64, text, shape, 4000);
                String asked = repeated(() -> record(random, lag), (WARM_UP + ASKED) * (lag + 4));
                char[] predicted = trained.predicted(asked);
                int right = 0;
                for (int i = WARM_UP; i < WARM_UP + ASKED; i++) {
                    int answer = (i + 1) * (lag + 4) - 2;
                    right += predicted[answer - 1] == asked.charAt(answer) ? 1 : 0;
                }
                row.add(percent(right / (double) ASKED));
            }
            row(cell.label(), row);
        }
    }

    private static String record(SplittableRandom random, int lag) {
        char letter = (char) ('a' + random.nextInt(8));
        StringBuilder record = new StringBuilder().append(letter);
        for (int i = 0; i < lag; i++) {
            record.append((char) ('0' + random.nextInt(4)));
        }
        return record.append('?').append(letter).append('\n').toString();
    }

    /** a^n b^n or a^n b^n c^n; n up to 20 is learnt. */
    private void counting(String letters) {
        title("Counting, " + letters.chars().mapToObj(c -> (char) c + "^n").collect(Collectors.joining(" "))
                + ", learnt up to n = 20, 1 x 32, 4,000 steps: share of n foreseen to the end");
        header(List.of("1 to 20", "21 to 40", "41 to 80"));
        for (Cell cell : Cell.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = repeated(() -> counted(letters, 1 + random.nextInt(20)), TEXT);
            Trained trained = train(cell, 32, text, new BatchShape(32, 100), 4000);
            row(
                    cell.label(),
                    List.of(
                            percent(counted(trained, letters, 1, 20)),
                            percent(counted(trained, letters, 21, 40)),
                            percent(counted(trained, letters, 41, 80))));
        }
    }

    private static String counted(String letters, int n) {
        return letters.chars().mapToObj(c -> Character.toString(c).repeat(n)).collect(Collectors.joining()) + "\n";
    }

    private static double counted(Trained trained, String letters, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToDouble(n -> {
                    String before = IntStream.rangeClosed(1, WARM_UP)
                            .mapToObj(i -> counted(letters, 1 + 7 * i % 20))
                            .collect(Collectors.joining());
                    String text = before + counted(letters, n);
                    // How many there will be, nobody knows before the second letter.
                    return trained.foresees(text, before.length() + n) ? 1 : 0;
                })
                .average()
                .orElseThrow();
    }

    /** A spike every n steps; n changes after eight periods. */
    private void timing() {
        title(
                "Timing, a spike every n steps, n from 10 to 30, 1 x 32, 4,000 steps: share of n whose sixth to eighth period is"
                        + " foreseen to the step");
        header(List.of("spikes"));
        for (Cell cell : Cell.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = repeated(() -> spikes(10 + random.nextInt(21)), TEXT);
            Trained trained = train(cell, 32, text, new BatchShape(32, 200), 4000);
            String before = spikes(13) + spikes(27) + spikes(18);
            double share = IntStream.rangeClosed(10, 30)
                    .mapToDouble(n -> trained.foresees(before + spikes(n), before.length() + 5 * n) ? 1 : 0)
                    .average()
                    .orElseThrow();
            row(cell.label(), List.of(percent(share)));
        }
    }

    private static String spikes(int n) {
        return (".".repeat(n - 1) + "x").repeat(8);
    }

    /** Songs of words from a list, with a line of new words that returns behind every verse, some 150 characters later. */
    private void refrains() {
        title(
                "Songs whose refrain, a line of invented words, stands there four times, some 150 characters apart, 2 x 128, 1,350"
                        + " windows of 10 x 100: validation loss");
        header(List.of("without attention", "attention to " + REFRAIN));
        SplittableRandom random = new SplittableRandom(seed);
        List<String> words = Stream.generate(() -> word(random)).limit(150).toList();
        Corpus corpus = corpus(repeated(() -> song(random, words), TEXT));
        for (Cell cell : Cell.values()) {
            ModelConfig config = new ModelConfig(cell, corpus.vocabulary().size(), 128, 2, 0.1f, 0);
            List<String> row = new ArrayList<>();
            for (int attention : new int[] {0, REFRAIN}) {
                LanguageModel model = model(config.withAttention(attention));
                TrainingConfig training = new TrainingConfig(
                        new BatchShape(10, 100),
                        new TrainingLength(null, 1350L, null),
                        TrainingConfig.DEFAULT
                                .withPeak(Recipe.learningRate(cell, 128))
                                .schedule(),
                        TrainingConfig.DEFAULT.clip(),
                        0.1,
                        450,
                        seed);
                row.add(format("%.3f", learnt(model, TrainingData.of(corpus, training), training)[0]));
            }
            row(cell.label(), row);
        }
    }

    private static String song(SplittableRandom random, List<String> words) {
        String refrain = words(8, () -> word(random));
        return IntStream.range(0, 4)
                        .mapToObj(i ->
                                words(8 + random.nextInt(9), () -> words.get(random.nextInt(words.size()))) + refrain)
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String words(int count, Supplier<String> word) {
        return Stream.generate(word).limit(count).collect(Collectors.joining(" ", "", "\n"));
    }

    private static String word(SplittableRandom random) {
        return IntStream.range(0, 2 + random.nextInt(3))
                .mapToObj(i -> "" + letter(random, "bcdfghjklmnprstvz") + letter(random, "aeiou"))
                .collect(Collectors.joining());
    }

    private static char letter(SplittableRandom random, String letters) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    /** A text, with as many parameters as an LSTM of 2 x 128, and how far the gradients reach in it. */
    private void text(String file, Path drawing) throws IOException {
        Corpus corpus = Corpus.read(Sources.of(List.of(file), System.in), Unit.CHARACTER);
        TrainingConfig config =
                TrainingConfig.DEFAULT.holdingOutEnough(corpus.tokens().size());
        TrainingData data = TrainingData.of(corpus, config);
        Recipe recipe = new Recipe(data.training().size());
        BatchShape shape = recipe.shape(config.shape());
        int vocabulary = corpus.vocabulary().size();
        long size = new ModelConfig(Cell.LSTM, vocabulary, 128, 2, 0, 0).parameters();
        title("A text of " + corpus.tokens().size() + " characters, " + size + " parameters, " + recipe.epochs(shape)
                + " epochs");
        List<String> titles = new ArrayList<>(List.of("model", "validation loss", "characters a second"));
        Arrays.stream(REACHES).forEach(k -> titles.add("gradient " + k + " back, new"));
        Arrays.stream(REACHES).forEach(k -> titles.add("gradient " + k + " back, trained"));
        header(titles);
        ReachChart chart = new ReachChart();
        for (int attention : new int[] {0, ATTENTION}) {
            for (Cell cell : attention == 0 ? List.of(Cell.values()) : List.of(Cell.LSTM)) {
                ModelConfig suiting = suiting(cell, vocabulary, attention, size);
                LanguageModel model = model(suiting.withDropout(Recipe.dropout(recipe.epochs(shape)), 0));
                double[] before = reach(model, corpus);
                double[] learnt = learnt(
                        model,
                        data,
                        config.withShape(shape)
                                .withLength(new TrainingLength(recipe.epochs(shape), null, null))
                                .withPeak(Recipe.learningRate(cell, suiting.hidden())));
                double[] after = reach(model, corpus);
                List<String> row = new ArrayList<>(
                        List.of("2 x " + suiting.hidden(), format("%.3f", learnt[0]), format("%,.0f", learnt[1])));
                row.addAll(rounded(before));
                row.addAll(rounded(after));
                row(cell.label() + (attention == 0 ? "" : ", attention to " + attention), row);
                if (attention == 0) {
                    chart.add(cell.label(), before, after);
                }
            }
        }
        chart.save(drawing);
    }

    /** A model with about as many parameters. */
    private ModelConfig suiting(Cell cell, int vocabulary, int attention, long size) {
        int hidden = 16;
        ModelConfig config;
        do {
            hidden += 4;
            config = new ModelConfig(cell, vocabulary, hidden, 2, 0, 0).withAttention(attention);
        } while (config.parameters() < size);
        return config;
    }

    /** Trains; the lowest validation loss and the characters a second. */
    private static double[] learnt(LanguageModel model, TrainingData data, TrainingConfig config) {
        double[] best = {Double.POSITIVE_INFINITY, 0};
        TrainingListener listener = new TrainingListener() {
            @Override
            public void validated(Trainer trainer, Progress progress) {
                Double loss = progress.validationLoss();
                best[0] = loss == null ? best[0] : Math.min(best[0], loss);
            }

            @Override
            public void ended(Trainer trainer, Progress progress) {
                best[1] = progress.charactersPerSecond();
            }
        };
        new Trainer(model, data, config).run(listener, () -> false);
        return best;
    }

    /** Of the top layer, by lag. */
    private static double[] reach(LanguageModel model, Corpus corpus) {
        int lags = REACHES[REACHES.length - 1];
        GradientReach reach = new GradientReach(model, lags);
        for (int place = 1; place <= PLACES; place++) {
            int[] tokens = new int[2 * lags];
            long begin = (corpus.tokens().size() - tokens.length) * place / PLACES;
            Arrays.setAll(tokens, i -> corpus.tokens().get(begin + i));
            reach.add(tokens);
        }
        return reach.norms()[model.config().layers() - 1];
    }

    private static List<String> rounded(double[] norms) {
        return Arrays.stream(REACHES).mapToObj(k -> format("%.0e", norms[k])).toList();
    }

    private LanguageModel model(ModelConfig config) {
        return LanguageModel.initialized(config, seed, workers);
    }

    private static String repeated(Supplier<String> part, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(part.get());
        }
        return text.toString();
    }

    private static Corpus corpus(String text) {
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return Corpus.read(Sources.of(List.of("-"), in), Unit.CHARACTER);
    }

    private Trained train(Cell cell, int hidden, String text, BatchShape shape, long steps) {
        Corpus corpus = corpus(text);
        LanguageModel model = model(new ModelConfig(cell, corpus.vocabulary().size(), hidden, 1, 0, 0));
        TrainingConfig defaults = TrainingConfig.DEFAULT;
        TrainingConfig config = new TrainingConfig(
                shape,
                new TrainingLength(null, steps, null),
                defaults.withPeak(Recipe.learningRate(cell, hidden)).schedule(),
                defaults.clip(),
                0,
                0,
                seed);
        new Trainer(model, TrainingData.of(corpus, config), config).run(new TrainingListener() {}, () -> false);
        return new Trained(model, new Tokenizer(corpus.vocabulary()));
    }

    /** A model that has learnt a task. */
    private record Trained(LanguageModel model, Tokenizer tokenizer) {

        /** The likeliest next character behind each character of a text. */
        char[] predicted(String text) {
            int[] tokens = tokenizer.encode(text, Unknown.ERROR);
            int vocabulary = model.config().vocabulary();
            Window window = model.newWindow(1, tokens.length);
            System.arraycopy(tokens, 0, window.inputs(), 0, tokens.length);
            model.forward(window);
            char[] predicted = new char[tokens.length];
            for (int t = 0; t < tokens.length; t++) {
                int best = 0;
                for (int v = 1; v < vocabulary; v++) {
                    best = window.logits().data[t * vocabulary + v] > window.logits().data[t * vocabulary + best]
                            ? v
                            : best;
                }
                predicted[t] = tokenizer.decode(new int[] {best}).charAt(0);
            }
            return predicted;
        }

        /** Whether every character behind this place is the likeliest where it stands. */
        boolean foresees(String text, int place) {
            char[] predicted = predicted(text);
            return IntStream.range(place, text.length() - 1).allMatch(i -> predicted[i] == text.charAt(i + 1));
        }
    }

    private static void title(String title) {
        System.out.println();
        System.out.println(title + ":");
        System.out.println();
    }

    private static void header(List<String> titles) {
        List<String> cells = new ArrayList<>(List.of("cell"));
        cells.addAll(titles);
        System.out.println("| " + String.join(" | ", cells) + " |");
        System.out.println("|" + "---|".repeat(cells.size()));
    }

    private static void row(String cell, List<String> values) {
        System.out.println("| " + cell + " | " + String.join(" | ", values) + " |");
    }

    private static String percent(double share) {
        return format("%.0f%%", 100 * share);
    }

    private static String format(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
