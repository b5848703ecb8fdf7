package lstm.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import lstm.checkpoint.CheckpointSummary;
import lstm.text.Bits;
import lstm.text.TerminalText;
import lstm.train.TrainingState;
import org.jspecify.annotations.Nullable;

/** Checkpoints as rows of a table. */
final class CheckpointTable {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String NOTHING = "-";
    private static final String CHOSEN = "* ";

    private final @Nullable Path folder;
    private final Table table;

    /** Of files in a folder, which stands above their names; or, without one, of files with their paths. */
    CheckpointTable(@Nullable Path file) {
        boolean isFolder = file != null && Files.isDirectory(file);
        folder = isFolder ? file : null;
        String head = folder == null ? "file" : TerminalText.line(folder.toString());
        table = new Table(List.of(
                new Table.Column(" ".repeat(CHOSEN.length()) + head, false, 0),
                new Table.Column("size", true, 3),
                new Table.Column("model", false, 1),
                new Table.Column("parameters", true, Table.EXTRA + 2),
                new Table.Column("corpus", false, 4),
                new Table.Column("loss", true, 0),
                new Table.Column("bpc", true, Table.EXTRA),
                new Table.Column("steps", true, Table.EXTRA + 1),
                new Table.Column("epochs", true, Table.EXTRA + 3),
                new Table.Column("saved", false, 2)));
    }

    void add(ListedFile listed, boolean chosen) {
        Path name = folder == null ? listed.file() : folder.relativize(listed.file());
        CheckpointSummary summary = listed.summary();
        TrainingState training = listed.training();
        Double loss = listed.loss();
        table.add(List.of(
                (chosen ? CHOSEN : " ".repeat(CHOSEN.length())) + TerminalText.line(name.toString()),
                size(listed.bytes()),
                summary == null ? "cannot be used" : summary.config().shape(),
                summary == null ? NOTHING : format("%,d", summary.config().parameters()),
                listed.corpus() == null ? NOTHING : TerminalText.line(listed.corpus()),
                loss == null ? NOTHING : format("%.3f", loss),
                loss == null ? NOTHING : format("%.3f", Bits.ofNats(loss)),
                training == null ? NOTHING : format("%,d", training.step()),
                training == null ? NOTHING : format("%.1f", training.epochs()),
                date(listed.modified())));
    }

    List<String> lines(int width) {
        return table.lines(width);
    }

    /** Of this machine's time zone, to the minute. */
    static String date(FileTime time) {
        return DATE.format(Instant.ofEpochMilli(time.toMillis()));
    }

    /** In units of a thousand: "812 B", "10.4 MB". */
    static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        // What would round to 1000.0 is 1.0 of the next.
        while (size >= 999.95) {
            size /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : format("%.1f %sB", size, "kMGTPE".charAt(unit - 1));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
