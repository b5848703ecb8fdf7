package lstm.cli;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lstm.checkpoint.CheckpointException;
import lstm.text.TerminalText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm ls}: which checkpoints there are. */
@Command(
        versionProvider = Version.class,
        description = {
            "Lists checkpoints: size, model, the text that was learnt, the lowest loss on what was held out in nats and in"
                    + " bits per character, when they were saved, and * at the one that sample takes where none is named.",
            "Only the beginnings of files are read, so that large ones take no longer; lstm info reads all of one. A"
                    + " terminal shows as many columns as it has room for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm ls --sort loss             the best first",
            "  lstm ls runs/* --json           one JSON object a line, for programs",
            "  lstm ls --all                   also those that a new training replaced"
        })
final class ListCommand extends BaseCommand {

    /** In which order. */
    enum Order {
        NAME(comparing(listed -> listed.file().toString())),
        DATE(comparing(ListedFile::modified)
                .thenComparing(listed -> listed.file().toString())
                .reversed()),
        LOSS(comparing(ListedFile::loss, nullsLast(naturalOrder()))),
        SIZE(comparing(ListedFile::bytes, reverseOrder()));

        private final Comparator<ListedFile> comparator;

        Order(Comparator<ListedFile> comparator) {
            this.comparator = comparator;
        }
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Checkpoints, and directories of them [checkpoints/, else the one that comes with lstm].")
    private List<String> names = List.of();

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "By name, date (newest first), loss (lowest first) or size (largest first) [date].")
    private Order order = Order.DATE;

    @Option(names = "--all", description = "List also the FILE.1.bak, FILE.2.bak, ... that new trainings have kept.")
    private boolean all;

    @Option(
            names = "--json",
            description =
                    "One JSON object a line: file, bytes, modified, newest (whether sample takes it), cell, layers,"
                            + " hidden, embedding, tied, attention, dropout, weight_dropout, parameters, unit, records, symbols (of the"
                            + " vocabulary), resumable; if it was trained here step, epochs, complete, corpus, val_loss,"
                            + " val_bits_per_char; or error.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final List<ListedFile> listed = new ArrayList<>();
    private boolean failed;
    private int backups;

    ListCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path folder = Checkpoints.folder();
        List<Path> places = names.isEmpty() ? List.of(folder) : NamedFile.paths(spec, names);
        files(places).forEach(this::look);
        listed.sort(order.comparator.thenComparing(Order.DATE.comparator));
        Optional<Path> chosen = Checkpoints.newest(folder);
        if (json) {
            listed.forEach(file -> console.out().println(Json.line(CheckpointJson.line(file, isChosen(file, chosen)))));
        } else if (!listed.isEmpty()) {
            print(new CheckpointTable(places.size() == 1 ? places.get(0) : null), chosen);
        }
        explain(places);
        return failed ? Lstm.FAILED : Lstm.DONE;
    }

    /** What is there, each file once, by where it is; what is named wrongly is told, and the others listed. */
    private Iterable<Path> files(List<Path> places) {
        Map<Path, Path> files = new LinkedHashMap<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                // A folder that was not named need not be there.
                if (!names.isEmpty()) {
                    files.putIfAbsent(place.toAbsolutePath().normalize(), place);
                }
                continue;
            }
            try {
                List<Path> kept = Checkpoints.in(place, Backup::isBackup);
                Checkpoints.in(place, file -> Checkpoints.isCheckpoint(file) || (all && Backup.isBackup(file)))
                        .forEach(file -> files.putIfAbsent(file.toAbsolutePath().normalize(), file));
                backups += kept.size();
            } catch (CommandException e) {
                fail(e.getMessage());
            }
        }
        return files.values();
    }

    private void look(Path file) {
        try {
            listed.add(ListedFile.of(file));
        } catch (CheckpointException e) {
            fail(e.getMessage());
        }
    }

    private void fail(@Nullable String message) {
        failed = true;
        console.note("lstm: " + message);
    }

    private static boolean isChosen(ListedFile file, Optional<Path> chosen) {
        return chosen.isPresent() && NamedFile.isSame(file.file(), chosen.get());
    }

    private void print(CheckpointTable table, Optional<Path> chosen) {
        listed.forEach(file -> table.add(file, isChosen(file, chosen)));
        table.lines(console.columns().orElse(Table.UNLIMITED)).forEach(console.out()::println);
    }

    /** What does not stand in the list. */
    private void explain(List<Path> places) {
        if (listed.isEmpty() && !failed) {
            console.note("no checkpoint in "
                    + String.join(
                            ", ",
                            places.stream()
                                    .map(place -> TerminalText.line(place.toString()))
                                    .toList())
                    + "; train one: lstm train CORPUS");
        }
        for (ListedFile file : listed) {
            if (file.error() != null && places.contains(file.file())) {
                fail(file.error()); // a folder may hold anything, but this was said to be one
            } else if (file.error() != null && !json) {
                console.note(file.error());
            }
        }
        if (backups > 0 && !all) {
            console.note(backups + (backups == 1 ? " earlier checkpoint" : " earlier checkpoints")
                    + " (.bak) not listed; --all does");
        }
    }
}
