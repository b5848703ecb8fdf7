package lstm.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lstm.inspect.InspectedText;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenReader;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model and the text that it reads while its units are looked at. */
final class ModelAndText {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path checkpoint;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "Text files, directories, - for standard input.")
    private List<String> files = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "Read this text, and no file.")
    private @Nullable String given;

    @Option(
            names = "--unknown",
            paramLabel = "POLICY",
            description = "A character that the model has never seen: skip or error [error].")
    private Unknown unknown = Unknown.ERROR;

    /** The model's file. */
    Path checkpoint() {
        return checkpoint;
    }

    /** All that is read, but standard input. */
    Stream<Path> files() {
        Stream<Path> texts = files.stream()
                .filter(file -> !file.equals(Sources.STANDARD_INPUT) && !file.isEmpty())
                .map(NamedFile::path);
        return Stream.concat(Stream.of(checkpoint), texts);
    }

    /** Refuses two texts, and none. */
    void requireOne() {
        if (files.isEmpty() == (given == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (given == null ? "no text is named" : "a text is named and another one given")
                            + "; name files, - for standard input, or give a --text");
        }
    }

    /** Reads the text into memory; a line tells of what was left out. */
    InspectedText read(Vocabulary vocabulary, Console console) throws IOException {
        InspectedText text = new InspectedText(
                vocabulary, given == null ? files(vocabulary, console) : given(given, vocabulary, console));
        if (text.size() == 0) {
            throw new TextException(
                    "there is nothing to read in the text; give one that the model knows characters of");
        }
        return text;
    }

    private Tokens files(Vocabulary vocabulary, Console console) throws IOException {
        try (TokenReader reader =
                new TokenReader(Sources.of(files, console.in(), console::note), vocabulary, unknown)) {
            Tokens tokens = Tokens.read(reader::read);
            tell(reader.skipped(), vocabulary.unit(), console);
            return tokens;
        }
    }

    private Tokens given(String text, Vocabulary vocabulary, Console console) {
        int[] tokens = new Tokenizer(vocabulary).encode(text, unknown);
        long symbols = vocabulary.unit() == Unit.CHARACTER
                ? text.codePoints().count()
                : text.getBytes(StandardCharsets.UTF_8).length;
        tell(symbols - tokens.length, vocabulary.unit(), console);
        return Tokens.of(tokens);
    }

    private static void tell(long skipped, Unit unit, Console console) {
        if (skipped > 0) {
            console.note("left out " + unit.count(skipped) + " that the model has never seen");
        }
    }
}
