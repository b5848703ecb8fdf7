package lstm.cli;

import lstm.checkpoint.CheckpointException;
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

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** Wrong usage. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = firstLine(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += "; did you mean " + unmatched.getSuggestions().get(0) + "?";
        }
        say(message + " (" + command.getCommandSpec().qualifiedName() + " --help lists the options)");
        return Lstm.USAGE;
    }

    /** Work that failed. */
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        if (debug(command)) {
            e.printStackTrace(console.err());
        }
        if (e instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        boolean expected = e instanceof CheckpointException
                || e instanceof TextException
                || e instanceof TrainingException
                || e instanceof CommandException;
        say(expected ? firstLine(e.getMessage()) : "a mistake in lstm itself: " + e + "; --debug shows where");
        return Lstm.FAILED;
    }

    private static boolean debug(CommandLine command) {
        return command.getParseResult() != null
                && command.getParseResult().originalArgs().contains("--debug");
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private void say(String message) {
        console.err().println("lstm: " + message);
    }
}
