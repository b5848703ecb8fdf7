package lstm.repl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.Shown;
import lstm.repl.Branches.Author;
import lstm.repl.Branches.Passage;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import org.jspecify.annotations.Nullable;

/** A session as a file of JSON: the model's path, the settings, and the passages in the order in which they came. */
final class SessionFile {

    private static final String FORMAT = "lstm session/1";
    private static final String PERSON = "person";
    private static final String MODEL = "model";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** What is missing in a file is null, whatever the annotations say; {@link #check} looks. */
    private record Saved(
            String format, String model, Map<String, JsonPrimitive> settings, List<SavedPassage> passages, int here) {}

    /**
     * A passage.
     *
     * @param after the number of the passage before, counted from 1; 0 begins a text
     * @param text null where it is no text, but bytes
     */
    private record SavedPassage(
            int after, String by, @Nullable String text, int @Nullable [] bytes) {}

    private SessionFile() {}

    /**
     * Writes a session; another session's file is replaced, and no other file.
     *
     * @throws CommandException where it cannot be written
     */
    static void save(Session session, Path file) {
        if (Files.exists(file) && !isSession(file)) {
            throw new CommandException(file + " is there and is no saved session; choose another name");
        }
        Map<String, JsonPrimitive> settings = new LinkedHashMap<>();
        Setting.ALL.forEach(setting ->
                settings.put(setting.name(), primitive(setting.value().apply(session.settings()))));
        Branches texts = session.texts();
        List<Passage> passages = texts.passages();
        Saved saved = new Saved(
                FORMAT,
                session.model().file().toAbsolutePath().normalize().toString(),
                settings,
                passages.stream()
                        .map(passage -> saved(session, passage, passages))
                        .toList(),
                number(texts.here(), passages));
        ByteBuffer json = StandardCharsets.UTF_8.encode(GSON.toJson(saved) + "\n");
        try {
            AtomicFile.replace(file, channel -> {
                for (ByteBuffer rest = json.duplicate(); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
            });
        } catch (IOException e) {
            throw new CommandException(CheckpointException.of("write", file, e).getMessage() + "; choose another name");
        }
    }

    private static boolean isSession(Path file) {
        try {
            return FORMAT.equals(read(file).format);
        } catch (CommandException e) {
            return false;
        }
    }

    private static JsonPrimitive primitive(String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            return number.toString().equals(value) ? new JsonPrimitive(number) : new JsonPrimitive(value);
        } catch (NumberFormatException e) {
            return new JsonPrimitive(value);
        }
    }

    private static SavedPassage saved(Session session, Passage passage, List<Passage> passages) {
        Tokenizer tokenizer = new Tokenizer(session.vocabulary());
        String text = tokenizer.decode(passage.tokens());
        boolean isText = Arrays.equals(tokenizer.encode(text, Unknown.SKIP), passage.tokens());
        int[] symbols = Arrays.stream(passage.tokens())
                .map(session.vocabulary()::codePoint)
                .toArray();
        return new SavedPassage(
                number(passage.before(), passages),
                passage.author() == Author.PERSON ? PERSON : MODEL,
                isText ? text : null,
                isText ? null : symbols);
    }

    private static int number(@Nullable Passage passage, List<Passage> passages) {
        return passage == null ? 0 : passages.indexOf(passage) + 1;
    }

    /**
     * Goes on with what was saved: the model, the settings, the texts.
     *
     * @throws RuntimeException in one line, where that cannot be; the session is then as it was
     */
    static void load(Session session, Path file) {
        Saved saved = read(file);
        check(saved, file);
        Settings settings = session.settings();
        try {
            for (Map.Entry<String, JsonPrimitive> set : saved.settings.entrySet()) {
                settings =
                        setting(set.getKey()).changed(settings, set.getValue().getAsString());
            }
        } catch (CommandException e) {
            throw new CommandException(file + ": " + e.getMessage());
        }
        try {
            session.load(model(saved, file), settings, tokenizer -> texts(saved, tokenizer));
        } catch (IllegalArgumentException e) { // of settings that do not suit the model
            throw new CommandException(file + ": " + e.getMessage());
        }
    }

    private static Path model(Saved saved, Path file) {
        try {
            return Path.of(saved.model);
        } catch (InvalidPathException e) {
            throw new CommandException(
                    file + ": its model " + Shown.quoted(saved.model) + " is not the name of a file here");
        }
    }

    private static Setting setting(String name) {
        return Setting.ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandException("there is no setting " + Shown.shortened(name)));
    }

    private static Saved read(Path file) {
        try {
            Saved saved = GSON.fromJson(Files.readString(file), Saved.class);
            if (saved != null) {
                return saved;
            }
        } catch (NoSuchFileException e) {
            throw new CommandException(file + ": there is no such file");
        } catch (IOException e) {
            throw new CommandException(
                    String.valueOf(CheckpointException.of("read", file, e).getMessage()));
        } catch (JsonParseException e) {
            // Said below.
        }
        throw noSession(file);
    }

    private static CommandException noSession(Path file) {
        return new CommandException(file + " is no saved session; :save writes one");
    }

    private static void check(Saved saved, Path file) {
        boolean whole = FORMAT.equals(saved.format)
                && saved.model != null
                && saved.settings != null
                && !saved.settings.containsValue(null)
                && saved.passages != null
                && saved.here >= 0
                && saved.here <= saved.passages.size();
        for (int i = 0; whole && i < saved.passages.size(); i++) {
            SavedPassage passage = saved.passages.get(i);
            whole = passage != null
                    && passage.after >= 0
                    && passage.after <= i
                    && (PERSON.equals(passage.by) || MODEL.equals(passage.by))
                    && (passage.text != null || passage.bytes != null);
        }
        if (!whole) {
            throw noSession(file);
        }
    }

    /** Characters that the model does not know are left out. */
    private static Branches texts(Saved saved, Tokenizer tokenizer) {
        Branches texts = new Branches();
        List<Passage> passages = new ArrayList<>();
        for (SavedPassage passage : saved.passages) {
            texts.moveTo(passage.after == 0 ? null : passages.get(passage.after - 1));
            passages.add(
                    texts.add(passage.by.equals(PERSON) ? Author.PERSON : Author.MODEL, tokens(passage, tokenizer)));
        }
        texts.moveTo(saved.here == 0 ? null : passages.get(saved.here - 1));
        return texts;
    }

    private static int[] tokens(SavedPassage passage, Tokenizer tokenizer) {
        return passage.bytes == null
                ? tokenizer.encode(String.valueOf(passage.text), Unknown.SKIP)
                : Arrays.stream(passage.bytes)
                        .map(tokenizer.vocabulary()::token)
                        .filter(token -> token >= 0)
                        .toArray();
    }
}
