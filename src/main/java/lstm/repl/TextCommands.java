package lstm.repl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.repl.Branches.Author;
import lstm.repl.Branches.Passage;
import lstm.text.Sources;
import lstm.text.TokenReader;

/** The commands that are about the texts of a session: where they go on, and what the model makes of them. */
final class TextCommands {

    private static final int TOP = 10;
    /** Characters of a branch that its line in the list shows. */
    private static final int BRANCH_SHOWN = 48;

    private final Session session;
    private final BooleanSupplier stop;
    private final boolean colours;

    TextCommands(Session session, BooleanSupplier stop, boolean colours) {
        this.session = session;
        this.stop = stop;
        this.colours = colours;
    }

    /** Without a text; with one, the line is the model's to read. */
    Outcome more(String none) {
        return Outcome.complete(new int[0]);
    }

    Outcome retry(String none) {
        Branches texts = session.texts();
        Passage here = texts.here();
        if (here != null && here.author() == Author.MODEL) {
            texts.moveTo(here.before());
        }
        return Outcome.complete(texts.text());
    }

    Outcome undo(String none) {
        Branches texts = session.texts();
        Passage here = texts.here();
        if (here == null) {
            throw new CommandException("there is nothing before the beginning");
        }
        texts.moveTo(here.before());
        return here.before() == null ? Outcome.say("before any text") : Outcome.show(texts.text());
    }

    Outcome branch(String none) {
        List<Passage> ends = session.texts().ends();
        return Outcome.say(
                ends.isEmpty()
                        ? "there is no text yet"
                        : IntStream.range(0, ends.size())
                                .mapToObj(i -> branch(i + 1, ends.get(i)))
                                .collect(Collectors.joining("\n")));
    }

    private String branch(int number, Passage end) {
        Passage before = end.before();
        int[] text = before == null ? new int[0] : Branches.text(before);
        String last = "…" + end(text, BRANCH_SHOWN / 3);
        String shown = (before == null ? "" : last) + beginning(end.tokens(), BRANCH_SHOWN);
        String mark = end == session.texts().here() ? "*" : " ";
        return String.format("%s %2d  %s", mark, number, shown.replaceAll("\\R", "⏎"));
    }

    private String beginning(int[] tokens, int length) {
        String text = session.text(IntStream.of(tokens).limit(length).toArray());
        return tokens.length > length ? text + "…" : text;
    }

    private String end(int[] tokens, int length) {
        return session.text(
                IntStream.of(tokens).skip(Math.max(0, tokens.length - length)).toArray());
    }

    Outcome switchTo(String argument) {
        Branches texts = session.texts();
        int number = number(":switch", argument);
        List<Passage> ends = texts.ends();
        if (number < 1 || number > ends.size()) {
            throw new CommandException("there is no branch " + argument + "; :branch lists them");
        }
        texts.moveTo(ends.get(number - 1));
        return Outcome.show(texts.text());
    }

    Outcome top(String argument) {
        int count = argument.isEmpty() ? TOP : number(":top", argument);
        if (count < 1) {
            throw new CommandException(":top takes 1 or more, found " + argument);
        }
        return Outcome.say(NextCharacters.bars(session.vocabulary(), session.next(stop), count));
    }

    Outcome score(String none) {
        int[] text = session.texts().text();
        if (text.length == 0) {
            throw new CommandException("there is no text yet");
        }
        return Outcome.say(Surprise.paint(session.vocabulary(), text, session.surprises(text, stop), colours));
    }

    Outcome prompt(Path file) {
        IntStream.Builder tokens = IntStream.builder();
        Sources sources = Sources.of(List.of(file.toString()), InputStream.nullInputStream());
        try (TokenReader reader = new TokenReader(sources, session.vocabulary(), session.policy())) {
            for (int token = reader.read(); token >= 0; token = reader.read()) {
                tokens.add(token);
            }
        } catch (IOException e) {
            throw new CommandException(file + ": " + e.getMessage());
        }
        session.begin(tokens.build().toArray());
        return Outcome.show(session.texts().text());
    }

    private static int number(String command, String argument) {
        try {
            return Integer.parseInt(argument);
        } catch (NumberFormatException e) {
            throw new CommandException(command + " takes a number, found " + (argument.isEmpty() ? "none" : argument));
        }
    }
}
