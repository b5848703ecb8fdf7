package lstm.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lstm.checkpoint.CheckpointException;
import lstm.metrics.MetricsException;
import lstm.model.OverflowException;
import lstm.plot.PlotException;
import lstm.text.TextException;
import lstm.train.TrainingException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where errors become a line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final long MEGABYTE = 1 << 20;
    private static final Pattern CHOICE =
            Pattern.compile("expected one of \\[(.*?)] \\(case-insensitive\\) but was '(.*)'", Pattern.DOTALL);

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** Wrong usage. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = inWords(firstLine(e.getMessage()));
        String listed = "options";
        if (e instanceof UnmatchedArgumentException unmatched) {
            if (command.getParent() == null && !unmatched.isUnknownOption()) {
                message = "there is no command '" + unmatched.getUnmatched().get(0) + "'";
                listed = "commands";
            }
            message += suggestion(unmatched);
        }
        say(message + " (" + command.getCommandSpec().qualifiedName() + " --help lists the " + listed + ")");
        return Lstm.USAGE;
    }

    private static String suggestion(UnmatchedArgumentException e) {
        List<String> suggestions = e.getSuggestions();
        return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    }

    /** Java's names of numbers and of enumerated values are picocli's, but not the user's. */
    private static String inWords(String message) {
        Matcher choice = CHOICE.matcher(message);
        if (choice.find()) {
            String names = choice.group(1).toLowerCase(Locale.ROOT).replaceFirst(", ([^,]*)$", " or $1");
            return message.substring(0, choice.start()) + "expected " + names + ", found '" + choice.group(2) + "'";
        }
        return message.replaceFirst(" is not an? (double|float)$", " is not a number")
                .replaceFirst(" is not an? (int|long)$", " is not a whole number, or is too large");
    }

    /** Work that failed. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        if (e instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        return handleFailure(e, result.originalArgs().contains("--debug"));
    }

    /** Work that failed, where picocli does not look after it. */
    int handleFailure(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(console.err());
        }
        boolean expected = e instanceof CheckpointException
                || e instanceof TextException
                || e instanceof TrainingException
                || e instanceof MetricsException
                || e instanceof PlotException
                || e instanceof OverflowException
                || e instanceof CommandException;
        if (e instanceof OutOfMemoryError) {
            say(
                    "out of memory: Java may take " + Runtime.getRuntime().maxMemory() / MEGABYTE
                            + " MB; take a smaller"
                            + " --hidden, --layers, --batch, --attention or text, or allow more, such as LSTM_JAVA_OPTS=-Xmx8g");
        } else if (e instanceof InternalError && String.valueOf(e.getMessage()).contains("memory access")) {
            // Of files, the tokens of a long text alone are mapped.
            say(
                    "the tokens of the text, which another program has cut short, can no longer be read; the same command with"
                            + " --resume goes on from what was saved");
        } else {
            say(expected ? firstLine(e.getMessage()) : "a mistake in lstm itself: " + e + "; --debug shows where");
        }
        return Lstm.FAILED;
    }

    /** The exit code, once it is known whether what was written to standard output got there. */
    int handleOutput(int code) {
        IOException failure = console.outFailure();
        if (failure == null) {
            return code;
        }
        say("cannot write to standard output: " + CheckpointException.reason(failure));
        return code == Lstm.DONE ? Lstm.FAILED : code;
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private void say(String message) {
        console.note("lstm: " + message);
    }
}
