package lstm.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.StringReader;

/** The templates of pages, in which every value is escaped. */
final class Templates {

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .withEscaper(Markup::escape)
            .emptyStringIsFalse(true)
            .nullValue("")
            // Without its last newline, which would stand between the characters of a text.
            .withLoader(name -> new StringReader(Resources.text(name + ".html").stripTrailing()));

    private Templates() {}

    /** The template in a resource. */
    static Template named(String name) {
        return of(Resources.text(name + ".html"));
    }

    static Template of(String source) {
        return COMPILER.compile(source);
    }

    /** The two templates before and behind a place in a resource, which stands on a line of its own. */
    static Template[] around(String name, String place) {
        String[] halves = Resources.text(name + ".html").split(place + "\n", -1);
        return new Template[] {of(halves[0]), of(halves[1])};
    }
}
