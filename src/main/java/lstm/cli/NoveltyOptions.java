package lstm.cli;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.generate.CopyRule;
import lstm.generate.Rule;
import lstm.text.KnownGrams;
import lstm.text.KnownRecords;
import lstm.text.LongestCopy;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Symbols;
import lstm.text.Tokenizer;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What texts may share with each other and with the text that the model learnt. */
final class NoveltyOptions {

    private static final int SHOWN = 60;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--unique", description = "No text twice.")
    private boolean unique;

    @Option(names = "--novel", description = "No text that is a record of --corpus: a line, or what --records parted.")
    private boolean novel;

    @Option(
            names = "--max-copy",
            paramLabel = "N",
            description = "Share no N characters in a row with --corpus; what cannot go on otherwise ends.")
    private @Nullable Integer maxCopy;

    @Option(
            names = "--copies",
            description = "Tell of every text, once all are written, the longest run that it shares with --corpus.")
    private boolean copies;

    @Option(
            names = "--corpus",
            paramLabel = "FILE",
            description = "The text that the model learnt, for these options; may be given several times.")
    private List<String> corpus = List.of();

    /** Refuses what cannot be, before a model is loaded. */
    void check() {
        if (maxCopy != null && maxCopy < 1) {
            throw wrong("expected 1 or more for --max-copy, found " + maxCopy);
        }
        if (corpus.isEmpty() && (novel || copies || maxCopy != null)) {
            String option = novel ? "--novel" : copies ? "--copies" : "--max-copy";
            throw wrong(option + " asks for the text that the model learnt: add --corpus FILE");
        }
        if (!corpus.isEmpty() && !novel && !copies && maxCopy == null) {
            throw wrong("--corpus is for --novel, --copies and --max-copy: add one of them");
        }
        int readers = (novel ? 1 : 0) + (copies ? 1 : 0) + (maxCopy == null ? 0 : 1);
        if (readers > 1 && readsStandardInput()) {
            throw wrong("standard input can be read once: name a file for --corpus");
        }
    }

    /** Whether the text that the model learnt comes from standard input, which can be read once. */
    boolean readsStandardInput() {
        return corpus.contains(Sources.STANDARD_INPUT);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Whether texts are left out. */
    boolean isChoosing() {
        return unique || novel;
    }

    /** Whether {@link #tell} has something to tell. */
    boolean isTelling() {
        return copies;
    }

    /** What a text must not copy; a corpus that is not there is missed here, before any text is written. */
    List<Rule> rules(Vocabulary vocabulary, Console console) throws IOException {
        if (corpus.isEmpty()) {
            return List.of();
        }
        Sources all = sources(console);
        if (maxCopy == null) {
            return List.of();
        }
        return List.of(new CopyRule(KnownGrams.read(all, vocabulary, maxCopy)));
    }

    /** Whether a text that follows a beginning is to be taken, both being one record. */
    Predicate<int[]> isNew(int[] beginning, Tokenizer tokenizer, Records records, Console console) throws IOException {
        Predicate<int[]> stands = text -> false;
        if (novel) {
            Records kind = records == Records.NONE ? Records.LINE : records;
            stands = KnownRecords.read(sources(console), tokenizer.vocabulary(), kind)::containsTokens;
        }
        Predicate<int[]> known = stands;
        Set<String> before = new HashSet<>();
        return text -> {
            int[] whole = IntStream.concat(IntStream.of(beginning), IntStream.of(text))
                    .toArray();
            return !known.test(whole) && (!unique || before.add(tokenizer.decode(whole)));
        };
    }

    /** Tells what texts share with the corpus. */
    void tell(List<int[]> texts, Vocabulary vocabulary, Console console) throws IOException {
        int number = 0;
        for (LongestCopy copy : LongestCopy.of(texts, sources(console), vocabulary)) {
            number++;
            String where = copy.length() == 0
                    ? ""
                    : ", " + copy.source() + ", line " + copy.line() + ": \"" + shown(copy.run()) + "\"";
            console.note((texts.size() == 1 ? "" : "text " + number + ": ") + "longest run shared with the corpus: "
                    + copy.length() + where);
        }
    }

    /** In one line. */
    private static String shown(String run) {
        String beginning =
                run.codePoints().limit(SHOWN).mapToObj(Symbols::inLine).collect(Collectors.joining());
        return run.codePoints().count() > SHOWN ? beginning + "..." : beginning;
    }

    private Sources sources(Console console) {
        return Sources.of(corpus, console.in());
    }
}
