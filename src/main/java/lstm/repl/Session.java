package lstm.repl;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import lstm.generate.Completions;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.text.Tokenizer;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.text.Vocabulary;

/** A model, the settings in force, and where the text stands. */
public final class Session {

    private final ModelLoader loader;
    private final Unknown unknown;
    private SamplingSettings settings;
    private OptionalLong seed;
    private LoadedModel model;
    private Tokenizer tokenizer;
    private TextGenerator generator;

    /**
     * A session that begins with this model.
     *
     * @param seed of every completion; absent for a new one each time
     */
    public Session(
            LoadedModel model, ModelLoader loader, SamplingSettings settings, OptionalLong seed, Unknown unknown) {
        this.loader = loader;
        this.settings = settings;
        this.seed = seed;
        this.unknown = unknown;
        this.model = model;
        tokenizer = new Tokenizer(model.vocabulary());
        generator = new TextGenerator(model.model());
        generator.begin(model.vocabulary());
    }

    LoadedModel model() {
        return model;
    }

    Vocabulary vocabulary() {
        return model.vocabulary();
    }

    SamplingSettings settings() {
        return settings;
    }

    void settings(SamplingSettings changed) {
        settings = changed;
    }

    OptionalLong seed() {
        return seed;
    }

    void seed(OptionalLong changed) {
        seed = changed;
    }

    /** Goes on with another model, at the beginning of a text. */
    void load(Path file) {
        LoadedModel loaded = loader.load(file);
        model = loaded;
        tokenizer = new Tokenizer(loaded.vocabulary());
        generator = new TextGenerator(loaded.model());
        generator.begin(loaded.vocabulary());
    }

    /**
     * Begins a text, or goes on with the last one where this is empty.
     *
     * @return the tokens of the beginning
     * @throws lstm.text.TextException where it holds an unknown symbol that is not to be skipped; the last text stays
     */
    int[] begin(String text) {
        int[] tokens = tokenizer.encode(text, unknown);
        if (!text.isEmpty()) {
            generator.begin(vocabulary());
            generator.read(tokens);
        }
        return tokens;
    }

    /** The symbols of a text that the model has never seen. */
    List<Integer> unknown(String text) {
        return tokenizer.unknown(text);
    }

    /** Passes on what follows, token by token, until the length is reached or {@code stop} says so. */
    void complete(IntConsumer sink, BooleanSupplier stop) {
        Sampler sampler = settings.sampler();
        SplittableRandom random = seed.isPresent() ? new SplittableRandom(seed.getAsLong()) : new SplittableRandom();
        for (long i = 0; i < settings.length() && !stop.getAsBoolean(); i++) {
            sink.accept(generator.next(sampler, random));
        }
    }

    /** The likeliest ways to go on from a text, as text; where the text stands does not change. */
    List<Completions.Completion> continuations(String text, int count) {
        TextGenerator.Place place = generator.place();
        try {
            if (!text.isEmpty()) {
                generator.begin(vocabulary());
                generator.read(tokenizer.encode(text, Unknown.SKIP));
            }
            return new Completions(generator, this::isTypeable, this::isInWord).likeliest(count);
        } finally {
            generator.returnTo(place);
        }
    }

    String text(List<Integer> tokens) {
        return tokenizer.decode(tokens.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether a line that somebody types can hold it. */
    private boolean isTypeable(int token) {
        return !Character.isISOControl(vocabulary().codePoint(token));
    }

    /** Letters, digits, apostrophes, and the bytes of anything beyond ASCII. */
    private boolean isInWord(int token) {
        int symbol = vocabulary().codePoint(token);
        return Character.isLetterOrDigit(symbol)
                || symbol == '\''
                || (symbol >= 0x80 && vocabulary().unit() == Unit.BYTE);
    }
}
