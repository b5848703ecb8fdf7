package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.util.Arrays;
import lstm.inspect.InspectedText;
import lstm.model.Activation;
import lstm.text.Tokenizer;

/** A text and a unit's values for programs: a JSON object for each line of the text. */
final class UnitJson extends UnitOutput {

    /** A line is told in parts of so many tokens. */
    static final int LONGEST = 1 << 16;

    private final InspectedText text;
    private final UnitName unit;
    private final Activation kind;
    private final Tokenizer tokenizer;
    private int[] tokens = new int[256];
    private int size;
    private JsonArray values = new JsonArray();
    private long line = 1;

    /** Of a text's first characters, as they come. */
    UnitJson(PrintStream reader, InspectedText text, UnitName unit, Activation kind) {
        super(reader);
        this.text = text;
        this.unit = unit;
        this.kind = kind;
        tokenizer = new Tokenizer(text.vocabulary());
    }

    @Override
    public void accept(long position, float value) {
        int token = text.tokens().get(position);
        // JSON knows no other numbers.
        values.add(Float.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE);
        if (text.vocabulary().codePoint(token) == '\n') {
            endLine();
            line++;
            return;
        }
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
        if (size == LONGEST) {
            endLine();
        }
    }

    @Override
    void endLine() {
        JsonObject object = new JsonObject();
        object.addProperty("layer", unit.layer() + 1);
        object.addProperty("unit", unit.unit() + 1);
        object.addProperty("kind", kind.label());
        object.addProperty("line", line);
        object.addProperty("text", tokenizer.decode(Arrays.copyOf(tokens, size)));
        object.add("values", values);
        out.println(Json.line(object));
        values = new JsonArray();
        size = 0;
    }

    @Override
    boolean isLineOpen() {
        return size > 0;
    }
}
