package lstm.checkpoint;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/**
 * A vocabulary in JSON that nobody vouches for. It is read symbol by symbol, for Gson's tree of a million strings would take
 * twenty times the memory of the text.
 */
final class VocabularyJson {

    private static final String NAME = "vocabulary";

    private VocabularyJson() {}

    /**
     * The vocabulary of an array, whose i-th string is the symbol of token i.
     *
     * @throws IllegalArgumentException where it is anything else
     */
    static Vocabulary ofArray(Unit unit, String text) {
        return read(text, reader -> {
            CheckpointFormat.require(reader.peek() == JsonToken.BEGIN_ARRAY, "expected an array in \"" + NAME + "\"");
            return array(unit, reader);
        });
    }

    /**
     * The same, or that of an object with the token of every symbol.
     *
     * @throws IllegalArgumentException where it is anything else
     */
    static Vocabulary ofArrayOrObject(Unit unit, String text) {
        return read(text, reader -> switch (reader.peek()) {
            case BEGIN_ARRAY -> array(unit, reader);
            case BEGIN_OBJECT -> Vocabulary.of(unit, symbols(reader));
            default -> throw new IllegalArgumentException("expected an array or an object");
        });
    }

    private interface Reading {
        Vocabulary of(JsonReader reader) throws IOException;
    }

    private static Vocabulary read(String text, Reading reading) {
        JsonReader reader = JsonFields.strict(text);
        try {
            Vocabulary vocabulary = reading.of(reader);
            JsonFields.requireEnd(NAME, reader);
            return vocabulary;
        } catch (JsonParseException | IOException | UncheckedIOException e) {
            throw JsonFields.notJson(NAME, e);
        }
    }

    private static Vocabulary array(Unit unit, JsonReader reader) throws IOException {
        reader.beginArray();
        Vocabulary vocabulary = Vocabulary.of(unit, new Strings(reader));
        reader.endArray();
        return vocabulary;
    }

    /** The strings that remain of an array. */
    private static final class Strings implements Iterator<String> {
        private final JsonReader reader;
        private int count;

        Strings(JsonReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            try {
                return reader.hasNext();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String next() {
            try {
                if (reader.peek() != JsonToken.STRING) {
                    throw new IllegalArgumentException("symbol " + count + " of the vocabulary is not a string");
                }
                count++;
                return reader.nextString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The names of an object's members, in the order of their numbers, which are those from 0 on. */
    private static List<String> symbols(JsonReader reader) throws IOException {
        List<String> names = new ArrayList<>();
        int[] tokens = new int[Byte.MAX_VALUE];
        reader.beginObject();
        while (reader.hasNext()) {
            if (names.size() == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * tokens.length);
            }
            String name = reader.nextName();
            tokens[names.size()] = token(name, reader);
            names.add(name);
        }
        reader.endObject();
        String[] symbols = new String[names.size()];
        for (int i = 0; i < symbols.length; i++) {
            int token = tokens[i];
            if (token < 0 || token >= symbols.length || symbols[token] != null) {
                throw new IllegalArgumentException("expected the numbers from 0 to " + (symbols.length - 1)
                        + ", each for one character, found " + token);
            }
            symbols[token] = names.get(i);
        }
        return Arrays.asList(symbols);
    }

    private static int token(String name, JsonReader reader) throws IOException {
        String digits = reader.peek() == JsonToken.NUMBER ? reader.nextString() : "";
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the number of " + Shown.quoted(name) + " is not a whole number");
        }
    }
}
