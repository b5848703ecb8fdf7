package lstm.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A page in which one goes through the units of a model and sees what each does at every character of a text. */
public final class NeuronPage {

    /** The identifier of the first viewer's data, of which there may be several in a page. */
    static final String DATA = "neurons";

    private record Contents(String title, String model, Viewer viewer) {}

    /** What a viewer's template is filled with. */
    record Viewer(String data, String note) {}

    private NeuronPage() {}

    /** Writes the page, in UTF-8; to buffer and to close the stream is the caller's affair. */
    public static void write(OutputStream out, String title, String model, NeuronViewer viewer) throws IOException {
        Page page = new Page(out, title, List.of("layout.css", "neurons.css"), List.of("neurons.js"));
        page.add(Templates.named("neurons"), new Contents(title, model, new Viewer(DATA, viewer.note())));
        page.addData(DATA, viewer.data());
        page.end();
    }
}
