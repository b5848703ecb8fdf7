package lstm.repl;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lstm.generate.Completions;
import lstm.generate.Draft;
import lstm.generate.Drafting;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.generate.TextRules;
import lstm.repl.Branches.Author;
import lstm.text.Bits;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;

/**
 * A model, the settings in force, and the texts so far.
 *
 * <p>All that a person wrote or took over, and all that the model wrote, comes as a passage with its author into {@link #texts()}.
 * One thread at a time uses a session.
 */
public final class Session {

    /** A control character, or the first bytes of a character. */
    private static final Pattern UNTYPEABLE = Pattern.compile("[\\p{IsControl}\uFFFD]");

    private final ModelLoader loader;
    private final Unknown unknown;
    private Settings settings;
    // Made when they change, not at every keystroke: an expression becomes an automaton.
    private Drafting drawn;
    private Drafting likeliest;
    private LoadedModel model;
    private Tokenizer tokenizer;
    private Reading reading;
    private Branches texts = new Branches();
    private Learning learning;

    /**
     * A session that begins with this model.
     *
     * @param seed of every completion; absent for a new one each time
     */
    public Session(
            LoadedModel model, ModelLoader loader, SamplingSettings settings, OptionalLong seed, Unknown unknown) {
        this.loader = loader;
        this.settings = Settings.of(settings, seed);
        this.unknown = unknown;
        this.model = model;
        tokenizer = new Tokenizer(model.vocabulary());
        drawn = this.settings.drafting(tokenizer);
        likeliest = likeliest(this.settings, tokenizer);
        reading = new Reading(new TextGenerator(model.model()), model.vocabulary());
        learning = new Learning(model);
    }

    LoadedModel model() {
        return model;
    }

    Vocabulary vocabulary() {
        return model.vocabulary();
    }

    Settings settings() {
        return settings;
    }

    /**
     * Changes settings, all or none.
     *
     * @throws IllegalArgumentException where this model can make no completions with them
     */
    void settings(Settings changed) {
        Drafting made = changed.drafting(tokenizer);
        likeliest = likeliest(changed, tokenizer);
        drawn = made;
        settings = changed;
    }

    private static Drafting likeliest(Settings settings, Tokenizer tokenizer) {
        return settings.likeliest(Suggestion.LONGEST).drafting(tokenizer);
    }

    /**
     * Has completions keep to something else.
     *
     * @throws IllegalArgumentException where this model's cannot
     */
    public void rules(TextRules changed) {
        settings(settings.withRules(changed));
    }

    /** Has the model forget what it learnt so; whether there was anything. */
    boolean forget() {
        boolean learnt = learning.forget();
        reading = new Reading(new TextGenerator(model.model()), vocabulary());
        return learnt;
    }

    /** The texts, in the tokens of the model. */
    Branches texts() {
        return texts;
    }

    /**
     * Another model, for the same texts; what it has never seen is left out of them.
     *
     * @throws RuntimeException in one line, where it cannot be; the session is then as it was
     */
    void load(Path file) {
        load(
                file,
                settings,
                other -> other.vocabulary().equals(vocabulary())
                        ? texts
                        : texts.map(tokens -> other.encode(tokenizer.decode(tokens), Unknown.SKIP)));
    }

    /** Another model, other settings and other texts. */
    void load(Path file, Settings changed, Function<Tokenizer, Branches> saved) {
        LoadedModel loaded = loader.load(file);
        Tokenizer other = new Tokenizer(loaded.vocabulary());
        Drafting made = changed.drafting(other);
        Drafting longest = likeliest(changed, other);
        texts = saved.apply(other);
        drawn = made;
        likeliest = longest;
        settings = changed;
        model = loaded;
        tokenizer = other;
        reading = new Reading(new TextGenerator(loaded.model()), loaded.vocabulary());
        learning = new Learning(loaded);
    }

    /**
     * Begins a text, or goes on with the last one where this is empty.
     *
     * @return the tokens of the beginning
     * @throws lstm.text.TextException where it holds an unknown symbol that is not to be skipped; the last text stays
     */
    int[] begin(String text) {
        int[] tokens = encode(text);
        if (!text.isEmpty()) {
            learn(new int[0], tokens);
            begin(tokens);
        }
        return tokens;
    }

    /** Begins a text. */
    void begin(int[] tokens) {
        texts.moveTo(null);
        texts.add(Author.PERSON, tokens);
    }

    /** Writes on in the last text; see {@link #begin(String)}. */
    int[] goOn(String text) {
        int[] tokens = encode(text);
        if (tokens.length > 0) {
            learn(texts.text(), tokens);
            texts.add(Author.PERSON, tokens);
        }
        return tokens;
    }

    private void learn(int[] before, int[] tokens) {
        if (settings.adapts()) {
            learning.learn(before, tokens, reading);
        }
    }

    private int[] encode(String text) {
        return tokenizer.encode(text, unknown);
    }

    /** The symbols of a text that the model has never seen. */
    List<Integer> unknown(String text) {
        return tokenizer.unknown(text);
    }

    /** What to do with them. */
    Unknown policy() {
        return unknown;
    }

    /**
     * Passes on what follows, token by token, until the length is reached or {@code stop} says so. With a seed, the first
     * continuation of a text is always the same, and so is each other.
     */
    void complete(IntConsumer sink, BooleanSupplier stop) {
        if (!reading.goTo(texts.text(), stop)) {
            return;
        }
        Draft draft = drawn.draft(vocabulary().size());
        draft.read(texts.text());
        OptionalLong seed = settings.seed();
        long chance = seed.isPresent()
                ? seed.getAsLong() + texts.continuations(texts.here())
                : new SplittableRandom().nextLong();
        IntStream.Builder written = IntStream.builder();
        IntConsumer text = token -> {
            written.add(token);
            sink.accept(token);
        };
        new Continuation(model.model(), reading, draft, text).make(settings, chance, stop);
        int[] passage = written.build().toArray();
        if (passage.length > 0) {
            texts.add(Author.MODEL, passage);
        }
    }

    /** What most likely follows on a line that is being typed; nothing where it was stopped. */
    String suggestion(String line, BooleanSupplier stop) {
        int[] before = behind(line);
        if (!reading.goTo(before, stop)) {
            return "";
        }
        Draft draft = likeliest.draft(vocabulary().size());
        draft.read(before);
        String text = text(Suggestion.of(reading.generator(), draft, new Words(vocabulary()), stop));
        return UNTYPEABLE.split(text, 2)[0];
    }

    /** The likeliest words to follow on a line that is being typed; none where it was stopped. */
    List<Completions.Completion> continuations(String line, int count, BooleanSupplier stop) {
        if (!reading.goTo(behind(line), stop)) {
            return List.of();
        }
        Words words = new Words(vocabulary());
        return new Completions(reading.generator(), words::isTypeable, words::isInWord).likeliest(count);
    }

    private int[] behind(String line) {
        IntStream before = Lines.goesOn(line) ? IntStream.of(texts.text()) : IntStream.empty();
        return IntStream.concat(before, IntStream.of(tokenizer.encode(Lines.text(line), Unknown.SKIP)))
                .toArray();
    }

    /**
     * The natural logarithms of the probabilities of what comes next, at temperature 1.
     *
     * @return by token; empty where it was stopped
     */
    double[] next(BooleanSupplier stop) {
        return reading.goTo(texts.text(), stop) ? reading.generator().logProbabilities() : new double[0];
    }

    /**
     * How surprising each token of a text is behind those before it, in bits.
     *
     * @return of so many of the first tokens as were read before it was stopped
     */
    double[] surprises(int[] text, BooleanSupplier stop) {
        TextGenerator generator = reading.generator();
        TextGenerator.Place place = generator.place();
        generator.begin(vocabulary());
        double[] bits = IntStream.of(text)
                .takeWhile(token -> !stop.getAsBoolean())
                .mapToDouble(token -> {
                    double surprise = 0 - Bits.ofNats(generator.logProbabilities()[token]); // not -0
                    generator.read(token);
                    return surprise;
                })
                .toArray();
        generator.returnTo(place);
        return bits;
    }

    String text(List<Integer> tokens) {
        return text(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    String text(int[] tokens) {
        return tokenizer.decode(tokens);
    }
}
