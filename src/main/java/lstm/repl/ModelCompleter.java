package lstm.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lstm.generate.Completions;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: the model's likeliest continuations of a text; after a colon, commands and files. */
final class ModelCompleter implements Completer {

    private static final int COUNT = 8;
    private static final String MODEL_COMMAND = ":model ";

    private final Session session;
    private final Commands commands;

    ModelCompleter(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.line().substring(0, line.cursor());
        if (typed.startsWith(MODEL_COMMAND)) {
            offerFiles(typed.substring(MODEL_COMMAND.length()), candidates);
        } else if (Lines.isCommand(typed)) {
            commands.names()
                    .forEach(name ->
                            candidates.add(candidate(name, name, commands.description(name), candidates.size(), true)));
        } else {
            offerContinuations(typed, candidates);
        }
    }

    private void offerContinuations(String typed, List<Candidate> candidates) {
        for (Completions.Completion completion : session.continuations(Lines.text(typed), COUNT)) {
            String text = session.text(completion.tokens());
            String share = String.format(Locale.ROOT, "%.0f%%", 100 * completion.probability());
            candidates.add(candidate(typed + text, text.replace(' ', '\u00b7'), share, candidates.size(), false));
        }
    }

    private static void offerFiles(String typed, List<Candidate> candidates) {
        int slash = typed.lastIndexOf('/');
        String folder = typed.substring(0, slash + 1);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path file : files) {
                String name = file.getFileName() + (Files.isDirectory(file) ? "/" : "");
                candidates.add(candidate(MODEL_COMMAND + folder + name, name, "", 0, false));
            }
        } catch (IOException | RuntimeException e) {
            // Nothing to offer in a folder that cannot be read.
        }
    }

    /** The value replaces the whole line; a complete one gets a space behind it. */
    private static Candidate candidate(String value, String shown, String description, int rank, boolean complete) {
        return new Candidate(
                value, shown, null, description.isEmpty() ? null : description, null, null, complete, rank);
    }
}
