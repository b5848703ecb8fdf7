package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GhostTest {

    private final Semaphore found = new Semaphore(0);
    private final Session session = Talks.byHeart(3);
    private final Ghost ghost = new Ghost(session, line -> found.release());

    @AfterEach
    void close() {
        ghost.close();
    }

    @Test
    void itIsTheLikeliestToTheEndOfTheLine() throws InterruptedException {
        awaitFor("ab");
        assertThat(ghost.behind("ab")).isEqualTo("cd efgh:.");
    }

    @Test
    void whoTypesAlongKeepsItsRest() throws InterruptedException {
        awaitFor("ab");
        assertThat(ghost.behind("abcd")).isEqualTo(" efgh:.");
        assertThat(ghost.behind("abcd efgh:.")).isEmpty();
        assertThat(ghost.behind("abcX")).isEmpty();
        assertThat(ghost.behind("a")).isEmpty();
    }

    @Test
    void theLastLineWantedIsTheOneFound() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            ghost.want("ab".repeat(i));
        }
        awaitFor("efg");
        assertThat(ghost.behind("efg")).isEqualTo("h:.");
    }

    @Test
    void theSessionIsTheCallersAfterARest() {
        for (int i = 0; i < 100; i++) {
            ghost.want("abcd efgh:.".repeat(100 + i));
            ghost.rest();
            session.begin("ab");
            StringBuilder text = new StringBuilder();
            session.complete(token -> text.append(session.text(new int[] {token})), () -> false);
            assertThat(text).hasToString("cd ");
        }
    }

    @Test
    void wordsAreLeftAloneByWhoIsInAHurry() {
        assertThat(ghost.continuations("ab", 3, () -> false)).isNotEmpty();
        String endless = "abcd efgh:.".repeat(1_000_000);
        assertThat(ghost.continuations(endless, 3, () -> true)).isEmpty();
    }

    private void awaitFor(String line) throws InterruptedException {
        ghost.want(line);
        while (ghost.behind(line).isEmpty()) {
            assertThat(found.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
