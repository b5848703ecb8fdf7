package lstm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** No vector that a loop of the kernel sums is an object once the loop is compiled. */
class BoxedVectorsTest {

    private static final Pattern LAUNCHED = Pattern.compile("-XX:CompileCommand=[^\"\\s\\\\]+");

    @Test
    void aCallAllocatesNoVector() {
        assertCallsAllocateLittle("-XX:+UseTypeProfile");
    }

    /**
     * As in the rare trainings in which the compiler does not trust the profile of what a method was called on. JDK 17 resolves no
     * operation on vectors without profiles, and would fail whatever the loops look like.
     */
    @Test
    @EnabledForJreRange(minVersion = 25)
    void norWhereTheCompilerKnowsNothingOfOtherCallers() {
        assertCallsAllocateLittle("-XX:-UseTypeProfile");
    }

    @Test
    void norWhereTheLauncherHasThemCompiledEarly() throws IOException {
        List<String> early = LAUNCHED.matcher(Files.readString(Path.of("src/main/sh/lstm")))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(early).hasSize(3);
        assertCallsAllocateLittle(early.toArray(String[]::new));
    }

    private static void assertCallsAllocateLittle(String... further) {
        List<String> options = Stream.concat(ChildJvm.VECTOR_MODULE.stream(), Stream.of(further))
                .toList();

        assertThat(ChildJvm.run(options, AllocationPerCall.class))
                .hasSize(10)
                .allSatisfy(line -> assertThat(Long.parseLong(line.substring(line.indexOf('=') + 1)))
                        .as(line)
                        .isLessThan(AllocationPerCall.FEW_BYTES));
    }
}
