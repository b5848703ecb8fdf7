package lstm.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lstm.generate.Completions;
import lstm.text.TerminalText;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: the model's likeliest words behind a text; after a colon commands, files and settings. */
final class ModelCompleter implements Completer {

    private static final int COUNT = 8;

    private final Session session;
    private final Commands commands;

    ModelCompleter(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.line().substring(0, line.cursor());
        if (Lines.hasText(typed)) {
            offerWords(((GhostReader) reader).continuations(typed, COUNT), candidates);
            return;
        }
        int space = typed.indexOf(' ') + 1;
        String name = typed.substring(0, Math.max(0, space - 1));
        switch (commands.argument(name)) {
            case FILE -> offerFiles(typed.substring(0, space), typed.substring(space), candidates);
            case SETTING ->
                Setting.ALL.forEach(setting -> candidates.add(candidate(
                        name + " " + setting.name(), setting.name(), setting.description(), candidates, true)));
            case PLAIN ->
                commands.names().stream()
                        // All together would not fit into a window.
                        .filter(known -> typed.length() > 1 || !Setting.isSetBy(known))
                        .forEach(known ->
                                candidates.add(candidate(known, known, commands.description(known), candidates, true)));
        }
    }

    private void offerWords(List<Completions.Completion> completions, List<Candidate> candidates) {
        for (Completions.Completion completion : completions) {
            String text = session.text(completion.tokens());
            String share = String.format(Locale.ROOT, "%.0f%%", 100 * completion.probability());
            candidates.add(candidate(text, TerminalText.line(text).replace(' ', '\u00b7'), share, candidates, false));
        }
    }

    private static void offerFiles(String command, String typed, List<Candidate> candidates) {
        String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        Path opened = Path.of(folder.isEmpty() ? "." : Home.expanded(folder));
        try (Stream<Path> files = Files.list(opened)) {
            files.sorted().forEach(file -> {
                String name = file.getFileName() + (Files.isDirectory(file) ? "/" : "");
                candidates.add(candidate(command + folder + name, TerminalText.line(name), "", candidates, false));
            });
        } catch (IOException | RuntimeException e) {
            // Nothing to offer in a folder that cannot be read.
        }
    }

    /** The value replaces the word; a complete one gets a space behind it. Those before give its rank. */
    private static Candidate candidate(
            String value, String shown, String description, List<Candidate> before, boolean complete) {
        return new Candidate(
                value, shown, null, description.isEmpty() ? null : description, null, null, complete, before.size());
    }
}
