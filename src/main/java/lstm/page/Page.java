package lstm.page;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page on its way to a stream, in UTF-8: its head, then the parts that are added, then its scripts.
 *
 * <p>Its content security policy allows the style sheets and scripts that it begins with, by their SHA-256, and no network.
 */
final class Page {

    /** What the template of the shell is filled with; the names are those in it. */
    private record Shell(
            String title,
            String styleHashes,
            String scriptHashes,
            List<String> styles,
            String early,
            List<String> scripts) {}

    private static final List<String> STYLES = List.of("base.css");
    private static final List<String> SCRIPTS = List.of("tip.js");

    private final OutputStream out;
    private final Template tail;
    private final Shell shell;

    /**
     * Begins a page.
     *
     * @param out to buffer and to close it is the caller's affair
     * @param styles resources behind those that all pages have
     * @param scripts likewise, in the order in which they run
     */
    Page(OutputStream out, String title, List<String> styles, List<String> scripts) throws IOException {
        this.out = out;
        String early = Resources.text("theme.js");
        List<String> allStyles = all(STYLES, styles);
        List<String> allScripts = all(SCRIPTS, scripts);
        shell = new Shell(
                title,
                hashes(allStyles.stream()),
                hashes(Stream.concat(Stream.of(early), allScripts.stream())),
                allStyles,
                early,
                allScripts);
        Template[] halves = Templates.around("shell", "\\{content}");
        tail = halves[1];
        add(halves[0], shell);
    }

    private static List<String> all(List<String> shared, List<String> own) {
        return Stream.concat(shared.stream(), own.stream()).map(Resources::text).toList();
    }

    /** As a policy names them. The newline is the template's. */
    private static String hashes(Stream<String> texts) {
        return texts.map(text -> "'sha256-" + sha256("\n" + text) + "'").collect(Collectors.joining(" "));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Adds what a template makes of an object, whose methods the names in it are. */
    void add(Template template, Object context) throws IOException {
        write(template.execute(context));
    }

    /** Adds data for the scripts, which find them by the identifier. */
    void addData(String id, JsonElement data) throws IOException {
        // This form of JSON has no character that ends a script.
        write("<script type=\"application/json\" id=\"" + id + "\">" + new Gson().toJson(data) + "</script>\n");
    }

    /** Ends the page. */
    void end() throws IOException {
        add(tail, shell);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
