package lstm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.kernel.Workers;
import lstm.score.LineScorer;
import lstm.score.ScoredLine;
import lstm.score.WorstLines;
import lstm.text.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm score}: how surprising every line of a text is. */
@Command(
        versionProvider = Version.class,
        description = {
            "Tells how surprising every line of a text is to a model: bits per character, a tab, the line. The bits of a"
                    + " character are -log2 of its probability; the newline is one too. Lines unlike the text that was"
                    + " learnt have many: typos, odd lines of a log.",
            "A text may have any length: each line is written as it comes. Of a long line the first"
                    + " ${bundle:score.longest} characters are shown, and all are counted; a character that the model has"
                    + " never seen counts ${bundle:score.unknown-bits} bits."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm score log.safetensors app.log --top 20      the oddest lines of a log",
            "  lstm score my.safetensors - --color              what comes in, painted, for less -R",
            "  lstm score my.safetensors my.txt --carry --html my.html"
        })
final class ScoreCommand extends BaseCommand {

    private static final int LINES_BETWEEN_NOTES = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "Text files, directories, - for standard input [standard input].")
    private List<String> files = List.of(Sources.STANDARD_INPUT);

    @Option(
            names = "--carry",
            description =
                    "Let the model remember the lines before, as suits prose. Without it a line begins anew, and its"
                            + " score depends on nothing but the line.")
    private boolean carry;

    @Option(
            names = "--sort",
            description =
                    "Write the most surprising line first. All lines are kept in memory for it, until the text ends;"
                            + " --top keeps only its own.")
    private boolean sort;

    @Option(names = "--top", paramLabel = "N", description = "Write only the N most surprising lines, sorted.")
    private @Nullable Long top;

    @Option(
            names = "--color",
            negatable = true,
            description = "Paint each character by its surprise [in a terminal, unless NO_COLOR is set]. For less -R.")
    private @Nullable Boolean color;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page that shows the bits of every character, - for standard output.")
    private @Nullable Path html;

    @Option(
            names = "--json",
            description = "One JSON object a line: file, line (its number), chars (counted), unknown (of these never"
                    + " seen), bits_per_char, cut (whether the text is only the beginning), text.")
    private boolean json;

    @Option(
            names = "--bits",
            description = "Tell the bits of each character too, with --json: bits is an array of those of the text's"
                    + " characters (no number for one never seen), and behind them those of the newline.")
    private boolean bits;

    ScoreCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        Path model = checkpoint.file();
        if (html != null) {
            requireOther(html, model);
            PageFile.requireWritable(html);
        }
        Checkpoint loaded = load(model);
        Sources sources = Sources.of(files, console.in(), console::note);
        LineScorer.Context context = carry ? LineScorer.Context.TEXT : LineScorer.Context.LINE;
        try (Workers workers = kernel.workers(console);
                LineScorer lines = new LineScorer(loaded.model(workers), loaded.vocabulary(), sources, context)) {
            if (html != null) {
                PageFile.write(html, console, out -> write(lines, out, sources));
            } else {
                write(lines, console.out(), sources);
            }
        }
        return Lstm.DONE;
    }

    private static Checkpoint load(Path model) {
        try {
            return Checkpoint.load(model);
        } catch (CheckpointException e) {
            if (model.toString().endsWith(Checkpoints.SUFFIX)) {
                throw e;
            }
            throw new CommandException(
                    e.getMessage() + "; a text is named behind the model: lstm score CHECKPOINT FILE");
        }
    }

    private void requireSense() {
        if (Stream.of(html != null, json, Boolean.TRUE.equals(color))
                        .filter(given -> given)
                        .count()
                > 1) {
            throw new ParameterException(spec.commandLine(), "--html, --json and --color exclude each other; take one");
        }
        if (bits && !json) {
            throw new ParameterException(spec.commandLine(), "--bits is for --json; name both");
        }
        if (top != null && top < 1) {
            throw new ParameterException(spec.commandLine(), "expected 1 or more lines for --top, found " + top);
        }
    }

    private boolean writesFile() {
        return html != null && PageFile.isFile(html);
    }

    private void requireOther(Path written, Path model) {
        if (!PageFile.isFile(written)) {
            return;
        }
        for (Path read :
                Stream.concat(Stream.of(model), files.stream().map(Path::of)).toList()) {
            if (NamedFile.isSame(written, read)) {
                throw new ParameterException(
                        spec.commandLine(), "--html would write over " + read + " itself; name another file");
            }
        }
    }

    /** Writes all lines, or those before the place where the text cannot be read on. */
    private void write(LineScorer lines, OutputStream to, Sources sources) throws IOException {
        OutputStream out = new BufferedOutputStream(to);
        ScoreOutput output = output(out, sources);
        try {
            if (sort || top != null) {
                for (ScoredLine line : worst(lines).lines()) {
                    output.add(line);
                }
            } else {
                writeAsTheyCome(lines, output, out);
            }
        } finally {
            output.end();
            out.flush();
        }
    }

    private ScoreOutput output(OutputStream out, Sources sources) throws IOException {
        if (html != null) {
            return ScoreOutput.html(out, sources.toString());
        }
        return json
                ? new ScoreJson(out, bits)
                : new ScoreText(out, ScoreText.style(console.outIsTerminal(), color, System.getenv("NO_COLOR")));
    }

    private WorstLines worst(LineScorer lines) throws IOException {
        try {
            return worst(lines, new WorstLines(top == null ? Long.MAX_VALUE : top));
        } catch (OutOfMemoryError e) {
            throw new CommandException(
                    "out of memory for the lines that are to be sorted; keep fewer with --top, or allow"
                            + " more, such as LSTM_JAVA_OPTS=-Xmx8g");
        }
    }

    private WorstLines worst(LineScorer lines, WorstLines worst) throws IOException {
        long count = 0;
        for (ScoredLine line = lines.next(); line != null; line = lines.next()) {
            worst.add(line);
            progress(++count);
        }
        console.endProgress();
        return worst;
    }

    /** Writes until the end, or until nobody reads any more. */
    private void writeAsTheyCome(LineScorer lines, ScoreOutput output, OutputStream out) throws IOException {
        long count = 0;
        for (ScoredLine line = lines.next(); line != null && !console.out().checkError(); line = lines.next()) {
            output.add(line);
            if (!lines.hasScored()) {
                out.flush();
            }
            if (writesFile()) {
                progress(++count);
            }
        }
        if (writesFile()) {
            console.endProgress();
        }
    }

    private void progress(long lines) {
        if (console.errIsTerminal() && lines % LINES_BETWEEN_NOTES == 0) {
            console.progress(lines + " lines");
        }
    }
}
