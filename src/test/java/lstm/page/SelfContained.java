package lstm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Holds a page to needing no other file, and to a policy under which nothing can load one. */
final class SelfContained {

    private SelfContained() {}

    static void require(String page) {
        assertThat(page).doesNotContain("@import", "url(", "<link", "<iframe", "{{", " style=\"", " onclick");
        for (String reference : all(page, "(?:src|href|action|xlink:href)=[\"']?([^\"' >]*)")) {
            assertThat(reference).matches("#[a-z-]*|[^:/]*\\.html");
        }
        String policy =
                all(page, "Content-Security-Policy\" content=\"([^\"]*)\"").get(0);
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe", "http", "*");
        for (String script : all(page, "(?s)<script>(.*?)</script>")) {
            assertThat(policy).contains("'sha256-" + sha256(script) + "'");
        }
        for (String style : all(page, "(?s)<style>(.*?)</style>")) {
            assertThat(policy).contains("'sha256-" + sha256(style) + "'");
        }
    }

    private static List<String> all(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
