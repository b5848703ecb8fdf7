package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    private static final String LISTED = "/home/listed";

    @Test
    void theHistoryStandsWhereTheEnvironmentSays() {
        assertThat(Home.history(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/me"), LISTED))
                .isEqualTo(Path.of("/state/lstm/history"));
        assertThat(Home.history(Map.of("HOME", "/home/me"), LISTED))
                .isEqualTo(Path.of("/home/me/.local/state/lstm/history"));
        assertThat(Home.history(Map.of(), LISTED)).isEqualTo(Path.of("/home/listed/.local/state/lstm/history"));
    }

    @Test
    void aRelativeFolderIsIgnoredAsIfItWereNotSet() {
        assertThat(Home.history(Map.of("XDG_STATE_HOME", "state", "HOME", ""), LISTED))
                .isEqualTo(Path.of("/home/listed/.local/state/lstm/history"));
    }

    @Test
    void theCacheStandsWhereTheEnvironmentSays() {
        assertThat(Home.cache(Map.of("XDG_CACHE_HOME", "/cache", "HOME", "/home/me"), LISTED))
                .isEqualTo(Path.of("/cache/lstm"));
        assertThat(Home.cache(Map.of("XDG_CACHE_HOME", "cache", "HOME", "/home/me"), LISTED))
                .isEqualTo(Path.of("/home/me/.cache/lstm"));
        assertThat(Home.cache(Map.of(), LISTED)).isEqualTo(Path.of("/home/listed/.cache/lstm"));
        assertThat(Home.cache(Map.of(), "?")).isNull();
    }

    /** Else a folder called "?" would come to stand in the present one. */
    @Test
    void aUserWithoutAHomeHasNoHistory() {
        assertThat(Home.history(Map.of(), "?")).isNull();
        assertThat(Home.history(Map.of("XDG_STATE_HOME", "", "HOME", "here"), null))
                .isNull();
    }
}
