package lstm.live;

import java.util.ArrayList;
import java.util.List;
import lstm.train.Progress;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Lays the state of a training out in the lines of a terminal: all of it where there is room, down to a single line. */
final class Layout {

    /** Of the longest figure, best 999.999 (1442.695 bpc). */
    private static final int NARROWEST = 27;

    private static final int NARROWEST_CHART = 30;
    private static final int LOWEST_CHART = 3;
    private static final int HIGHEST_CHART = 10;
    private static final int SAMPLE_LINES = 4;
    private static final int WIDEST = 160;
    private static final int SHORTEST_BAR = 5;
    private static final String BETWEEN = "   ";

    private final State state;
    private final int width;
    private final int height;
    private final Look look;
    private final List<AttributedString> lines = new ArrayList<>();

    private Layout(State state, int columns, int rows, Look look) {
        this.state = state;
        // What reaches the last column may be wrapped, and the cursor waits in the last row.
        width = Math.min(WIDEST, columns - 1);
        height = rows - 1;
        this.look = look;
    }

    /** The lines for a terminal of this size, none of them empty at its end; at least one. */
    static List<AttributedString> lines(State state, int columns, int rows, Look look) {
        Layout layout = new Layout(state, columns, rows, look);
        if (layout.width < NARROWEST || layout.height < 2) {
            return List.of(layout.single());
        }
        layout.addAll();
        return layout.lines;
    }

    /** What matters most, for a terminal that has room for nothing else; what does not fit is left out, not cut to another number. */
    private AttributedString single() {
        StringBuilder line = new StringBuilder();
        addWhole(line, Figures.percent(state.progress().share()));
        if (!addWhole(line, Figures.format("  loss %.3f", state.loss()))) {
            addWhole(line, Figures.format("  %.3f", state.loss()));
        }
        if (state.lastValidation() != null) {
            addWhole(line, Figures.format("  val %.3f", state.lastValidation()));
        }
        addWhole(line, "  " + time());
        return new AttributedString(line);
    }

    private boolean addWhole(StringBuilder line, String part) {
        boolean fits = line.length() + part.length() <= width;
        line.append(fits ? part : "");
        return fits;
    }

    private void addAll() {
        lines.add(bar());
        for (AttributedString line : flow(losses())) {
            add(line);
        }
        for (AttributedString line : flow(figures())) {
            add(line);
        }
        int left = height - lines.size();
        int ofSample = state.sample() == null ? 0 : 2 + SAMPLE_LINES;
        int chart = Math.min(HIGHEST_CHART, left - 2 - Math.min(ofSample, left / 3));
        if (chart >= LOWEST_CHART && width >= NARROWEST_CHART) {
            lines.add(AttributedString.EMPTY);
            lines.addAll(LossChart.lines(state, width, chart, look));
        }
        addSample();
    }

    private void add(AttributedString line) {
        if (lines.size() < height) {
            lines.add(line);
        }
    }

    private AttributedString bar() {
        Progress progress = state.progress();
        String percent = Figures.percent(progress.share()) + "  ";
        String time = "  " + time();
        if (percent.length() + time.length() > width) {
            time = "  " + clock();
        }
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(look.bold(), percent);
        int length = width - percent.length() - time.length();
        if (length >= SHORTEST_BAR) {
            Glyphs glyphs = look.glyphs();
            int halves = (int) (2 * length * progress.share());
            String done = glyphs.done.repeat(halves / 2) + (halves % 2 == 1 ? glyphs.halfDone : "");
            line.styled(look.training(), done);
            line.styled(look.faint(), glyphs.rule.repeat(length - done.length()));
        }
        return line.append(time).toAttributedString();
    }

    private String time() {
        if (!state.ended()) {
            return clock() + " left";
        }
        return (state.progress().share() < 1 ? "stopped after " : "took ") + clock();
    }

    /** Of what is left, and at the end of what it took. */
    private String clock() {
        Progress progress = state.progress();
        return Figures.clock(state.ended() ? progress.elapsedSeconds() : progress.secondsLeft());
    }

    private List<AttributedString> losses() {
        List<AttributedString> fields = new ArrayList<>();
        fields.add(field("loss", Figures.loss(state.loss())));
        Double validation = state.lastValidation();
        State.Best best = state.best();
        boolean isBest = validation != null && best != null && validation == best.loss();
        if (validation != null) {
            AttributedString measured = field("val", Figures.loss(validation));
            fields.addAll(isBest ? together(measured, mark()) : List.of(measured));
        }
        if (best != null && !isBest) {
            AttributedString lowest = field("best", Figures.loss(best.loss()));
            AttributedString at = field("at step", Figures.count(best.step()));
            fields.addAll(best.step() > 0 ? together(lowest, at) : List.of(lowest));
        }
        return fields;
    }

    private AttributedString mark() {
        return new AttributedString("best", look.validation().bold());
    }

    /** One field of two where there is room for it. */
    private List<AttributedString> together(AttributedString field, AttributedString more) {
        boolean fits = field.length() + 1 + more.length() <= width;
        return fits ? List.of(AttributedString.join(new AttributedString(" "), field, more)) : List.of(field, more);
    }

    private List<AttributedString> figures() {
        Progress progress = state.progress();
        return List.of(
                field("epoch", Figures.format("%.1f", progress.epoch())),
                field("step", Figures.count(progress.step())),
                new AttributedStringBuilder()
                        .styled(look.bold(), Figures.count(Math.round(progress.charactersPerSecond())))
                        .styled(look.faint(), " char/s")
                        .toAttributedString(),
                field("lr", Figures.learningRate(progress.learningRate())),
                field("grad norm", Figures.gradientNorm(progress.gradientNorm())));
    }

    private AttributedString field(String name, String value) {
        return new AttributedStringBuilder()
                .styled(look.faint(), name + " ")
                .styled(look.bold(), value)
                .toAttributedString();
    }

    /** Puts fields side by side, and into another line where they are too long for one. */
    private List<AttributedString> flow(List<AttributedString> fields) {
        List<AttributedString> flowed = new ArrayList<>();
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (AttributedString field : fields) {
            if (line.length() > 0 && line.length() + BETWEEN.length() + field.length() > width) {
                flowed.add(line.toAttributedString());
                line = new AttributedStringBuilder();
            }
            line.append(line.length() > 0 ? BETWEEN : "").append(field);
        }
        flowed.add(line.toAttributedString());
        return flowed;
    }

    private void addSample() {
        State.Sample sample = state.sample();
        int left = height - lines.size();
        if (sample == null || left < 3) {
            return;
        }
        lines.add(AttributedString.EMPTY);
        String rule = look.glyphs().rule;
        String title = rule + " sample at step " + Figures.count(sample.step()) + " ";
        if (title.length() > width) {
            title = rule + " sample ";
        }
        lines.add(new AttributedString(title + rule.repeat(width - title.length()), look.faint()));
        String text = look.glyphs().shown(sample.text());
        lines.addAll(TextLines.of(text, width, Math.min(SAMPLE_LINES, left - 2)));
    }
}
