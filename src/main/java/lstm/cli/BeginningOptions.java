package lstm.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import lstm.text.Sources;
import lstm.text.Symbols;
import lstm.text.TokenReader;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a text begins with. */
final class BeginningOptions {

    @Option(
            names = {"-p", "--prime"},
            paramLabel = "TEXT",
            description = "The beginning of the text, which the model goes on from.")
    private String prime = "";

    @Option(
            names = "--prime-file",
            paramLabel = "FILE",
            description = "A text file that stands before that, - for standard input.")
    private @Nullable String primeFile;

    @Option(
            names = "--no-echo",
            negatable = true,
            description = "Do not write the beginning, only what follows; --echo does.")
    private boolean silent;

    /** Whether it is not to be written. */
    boolean isSilent() {
        return silent;
    }

    /** Whether it is read from standard input. */
    boolean readsStandardInput() {
        return Sources.STANDARD_INPUT.equals(primeFile);
    }

    /** All of its tokens. */
    int[] tokens(Tokenizer tokenizer, Unknown policy, Console console) throws IOException {
        IntStream file = file(tokenizer.vocabulary(), policy, console);
        int[] tokens = IntStream.concat(file, IntStream.of(tokenizer.encode(prime, policy)))
                .toArray();
        if (policy == Unknown.SKIP && !tokenizer.unknown(prime).isEmpty()) {
            console.note("left out of the beginning: "
                    + Symbols.describe(tokenizer.vocabulary().unit(), tokenizer.unknown(prime)));
        }
        return tokens;
    }

    private IntStream file(Vocabulary vocabulary, Unknown policy, Console console) throws IOException {
        if (primeFile == null) {
            return IntStream.empty();
        }
        IntStream.Builder all = IntStream.builder();
        Sources sources = Sources.of(List.of(primeFile), console.in());
        try (TokenReader tokens = new TokenReader(sources, vocabulary, policy)) {
            for (int token = tokens.read(); token >= 0; token = tokens.read()) {
                all.add(token);
            }
            if (tokens.skipped() > 0) {
                console.note("left out of " + sources + ": " + vocabulary.unit().count(tokens.skipped())
                        + " that the model has never seen");
            }
        }
        return all.build();
    }
}
