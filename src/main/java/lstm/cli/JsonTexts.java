package lstm.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import lstm.generate.Prediction;
import lstm.generate.TextListener;
import lstm.text.Tokenizer;
import lstm.text.Unit;

/** Writes every text as a JSON object in a line of its own, once it is complete. */
final class JsonTexts implements TextListener {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Console console;
    private final Tokenizer tokenizer;
    private final String prime;
    private final int others;
    private Deque<Prediction> pending = new ArrayDeque<>();
    private IntStream.Builder written = IntStream.builder();
    private JsonArray characters = new JsonArray();
    private double nats;
    private long count;

    /**
     * A writer.
     *
     * @param prime what stands before every text
     * @param others of how many others every character's object tells; {@link TextListener#NO_PREDICTIONS} for no such objects
     */
    JsonTexts(Console console, Tokenizer tokenizer, String prime, int others) {
        this.console = console;
        this.tokenizer = tokenizer;
        this.prime = prime;
        this.others = others;
    }

    @Override
    public int others() {
        return Math.max(0, others);
    }

    @Override
    public void drawn(long text, Prediction prediction) {
        pending.add(prediction);
    }

    @Override
    public void written(long text, int token) {
        written.add(token);
        Prediction prediction = pending.remove();
        nats -= prediction.logProbability();
        count++;
        if (others != NO_PREDICTIONS) {
            characters.add(object(prediction));
        }
    }

    private JsonObject object(Prediction prediction) {
        JsonObject object = object(prediction.token(), prediction.logProbability());
        JsonArray runnersUp = new JsonArray();
        prediction.others().forEach(other -> runnersUp.add(object(other.token(), other.logProbability())));
        object.add("others", runnersUp);
        return object;
    }

    private JsonObject object(int token, double logProbability) {
        JsonObject object = new JsonObject();
        int symbol = tokenizer.vocabulary().codePoint(token);
        if (tokenizer.vocabulary().unit() == Unit.BYTE) {
            object.addProperty("byte", symbol);
        } else {
            object.addProperty("char", Character.toString(symbol));
        }
        object.addProperty("p", Math.exp(logProbability));
        return object;
    }

    @Override
    public void ended(long text, boolean stuck) {
        JsonObject object = new JsonObject();
        object.addProperty("prime", prime);
        object.addProperty("text", tokenizer.decode(written.build().toArray()));
        if (count > 0) {
            object.addProperty("nats_per_char", nats / count);
        }
        if (stuck) {
            object.addProperty("stuck", true);
        }
        if (others != NO_PREDICTIONS) {
            object.add("chars", characters);
        }
        console.out().println(Json.line(GSON.toJson(object)));
        pending = new ArrayDeque<>();
        written = IntStream.builder();
        characters = new JsonArray();
        nats = 0;
        count = 0;
    }
}
