package lstm.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The templates, style sheets and scripts that pages are made of. */
final class Resources {

    private Resources() {}

    /** The text of a resource of this package, or of one that the class path has from its root. */
    static String text(String name) {
        try (@Nullable InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("lstm.jar or a jar beside it lacks " + name + "; build lstm again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
