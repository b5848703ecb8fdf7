package lstm.page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;

/** A page that tells of one training, or compares several: what was learnt, how, and what the model makes of a text. */
public final class ReportPage {

    /** A run as the template sees it; the slot chooses its colour. */
    private record Run(
            String name,
            int slot,
            boolean first,
            boolean hasModel,
            @Nullable ScoredPassage passage,
            boolean firstViewer,
            NeuronPage.@Nullable Viewer viewer) {}

    private record Sample(String name, int slot, String text) {}

    private record Temperature(String temperature, List<Sample> samples) {}

    private record Figure(String name, String value) {}

    private record Contents(
            String title,
            String subtitle,
            List<Run> runs,
            boolean several,
            List<Figure> figures,
            List<ModelFacts.Row> facts,
            boolean hasCurves,
            boolean hasModels,
            boolean hasReach,
            boolean hasNeurons,
            long seed,
            List<Temperature> temperatures,
            String origin,
            List<String> notes,
            List<SymbolTable> vocabularies,
            int lags,
            String baseline,
            String notable,
            String high,
            String extreme,
            String library,
            String licence) {}

    private static final int COLOURS = 8;

    private final List<ReportRun> runs;
    private final ReportSettings settings;
    private final ChartData charts = new ChartData();
    private final List<Run> shown = new ArrayList<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, JsonObject> viewers = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable ReportText text;
    private int lags;

    private ReportPage(List<ReportRun> runs, ReportSettings settings, @Nullable ReportText text) {
        this.runs = List.copyOf(runs);
        this.settings = settings;
        this.text = text;
    }

    /**
     * Has the models write and read, which may take a while.
     *
     * @param text that the models read; null for one that the first of them writes
     */
    public static ReportPage of(
            List<ReportRun> runs, @Nullable ReportText text, ReportSettings settings, Workers workers)
            throws IOException {
        ReportPage page = new ReportPage(runs, settings, text);
        for (ReportRun run : runs) {
            page.look(run, workers);
        }
        return page;
    }

    /** Has a run's model write and read. */
    private void look(ReportRun run, Workers workers) throws IOException {
        int slot = shown.size() % COLOURS + 1;
        Checkpoint checkpoint = run.checkpoint();
        if (checkpoint == null) {
            charts.add(run.name(), slot, run.course(), null);
            shown.add(new Run(run.name(), slot, false, false, null, false, null));
            return;
        }
        RunReading reading = new RunReading(run.name(), checkpoint, checkpoint.model(workers));
        reading.samples(settings)
                .forEach((temperature, sample) -> samples.computeIfAbsent(temperature, key -> new ArrayList<>())
                        .add(new Sample(run.name(), slot, sample)));
        ReportText read = text == null ? reading.own(settings) : text;
        text = read;
        double @Nullable [][] norms = reading.norms(read);
        lags = Math.max(lags, norms == null ? 0 : norms[0].length - 1);
        charts.add(run.name(), slot, run.course(), norms);
        boolean first = shown.stream().noneMatch(Run::hasModel);
        boolean firstViewer = viewers.isEmpty();
        NeuronPage.Viewer viewer = viewer(reading, read);
        if (viewer == null) {
            notes.add(run.name()
                    + " has never seen any of the text's characters: neither its gradients nor its units are shown");
        } else if (norms == null) {
            notes.add("the text is too short to follow the gradients of " + run.name());
        }
        shown.add(new Run(run.name(), slot, first, true, reading.scored(read), firstViewer, viewer));
    }

    /** What could not be shown, and why: a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Models share the room that there is in a page. */
    private NeuronPage.@Nullable Viewer viewer(RunReading reading, ReportText read) {
        long models = runs.stream().filter(run -> run.checkpoint() != null).count();
        NeuronViewer viewer = reading.neurons(read, (int) (NeuronViewer.SMALL / models));
        if (viewer == null) {
            return null;
        }
        String id = NeuronPage.DATA + viewers.size();
        viewers.put(id, viewer.data());
        return new NeuronPage.Viewer(id, viewer.note());
    }

    /** Writes the page, in UTF-8; to buffer and to close the stream is the caller's affair. */
    public void write(OutputStream out) throws IOException {
        String title = runs.size() == 1 ? runs.get(0).name() : runs.size() + " trainings compared";
        Page page = new Page(
                out,
                "lstm report: " + title,
                List.of(ChartLibrary.STYLE, "layout.css", "neurons.css", "report.css"),
                List.of(ChartLibrary.SCRIPT, "neurons.js", "charts.js", "report.js"));
        if (text != null && text.baseline() != null) {
            charts.add(text.baseline().best());
        }
        page.add(Templates.named("report"), contents(title));
        page.addData("charts", charts.json());
        for (Map.Entry<String, JsonObject> viewer : viewers.entrySet()) {
            page.addData(viewer.getKey(), viewer.getValue());
        }
        page.end();
    }

    private Contents contents(String title) {
        List<Map<String, String>> facts = runs.stream().map(ModelFacts::of).toList();
        boolean several = runs.size() > 1;
        String names = runs.stream().map(ReportRun::name).collect(Collectors.joining(", "));
        SurpriseKey key = SurpriseKey.KEY;
        return new Contents(
                title,
                several ? names : description(runs.get(0)),
                shown,
                several,
                several ? List.of() : figures(facts.get(0)),
                ModelFacts.rows(facts),
                runs.stream().anyMatch(run -> run.course() != null),
                !samples.isEmpty(),
                lags > 0,
                !viewers.isEmpty(),
                settings.seed(),
                samples.entrySet().stream()
                        .map(entry -> new Temperature(entry.getKey(), entry.getValue()))
                        .toList(),
                text == null ? "" : text.origin(),
                notes,
                vocabularies(),
                lags,
                text == null || text.baseline() == null
                        ? ""
                        : text.baseline().best().order() + "-grams reach "
                                + ModelFacts.loss(text.baseline().best().nats()),
                key.notable(),
                key.high(),
                key.extreme(),
                ChartLibrary.name(),
                ChartLibrary.licence());
    }

    private static String description(ReportRun run) {
        return run.checkpoint() == null ? "" : run.checkpoint().config().description();
    }

    private static List<Figure> figures(Map<String, String> facts) {
        return List.of("validation loss, best", "parameters", "characters trained on", "vocabulary").stream()
                .filter(facts::containsKey)
                .map(name -> new Figure(name, facts.getOrDefault(name, "")))
                .toList();
    }

    /** Each once, with the runs that have it. */
    private List<SymbolTable> vocabularies() {
        Map<Vocabulary, List<String>> names = new LinkedHashMap<>();
        for (ReportRun run : runs) {
            if (run.checkpoint() != null) {
                names.computeIfAbsent(run.checkpoint().vocabulary(), key -> new ArrayList<>())
                        .add(run.name());
            }
        }
        List<SymbolTable> tables = new ArrayList<>();
        names.forEach((vocabulary, ofRuns) -> tables.add(SymbolTable.of(
                names.size() > 1 ? String.join(", ", ofRuns) : "",
                vocabulary,
                text == null ? vocabulary.unit() : text.unit(),
                text == null ? Map.of() : text.counts())));
        return tables;
    }
}
