package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work that does not end when it is asked to: a second request ends the process at once. */
class InterruptionTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheText() throws IOException {
        assumeFalse(Child.interruptsAreIgnored());
        Texts.file(folder, "fox.txt", 600);
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource({"INT, INT, 130", "TERM, TERM, 143", "INT, TERM, 143", "HUP, HUP, 129"})
    void aSecondSignalLeavesAtOnceWithItsCode(String first, String second, int code) throws IOException {
        assumeFalse(Child.isIgnored(first));
        try (Child child = Child.start(StuckTraining.class, folder, List.of(), "fox.txt")) {
            assertThat(child.outLine()).isEqualTo("stepped");
            child.signal(first);
            child.awaitLine("stopping: what was learnt is being saved; another Ctrl-C leaves at once");
            child.signal(second);
            Run left = child.end();

            assertThat(left.code()).isEqualTo(code);
            assertThat(left.err()).endsWith("left at once: what was learnt since the last save is lost\n");
        }
    }

    @Test
    void alsoWhereNobodyReadsWhatItSays() throws IOException {
        try (Child child = Child.start(StuckTraining.class, folder, List.of(), "fox.txt", "floods")) {
            assertThat(child.outLine()).isEqualTo("stepped");
            child.signal("INT");
            assertThat(child.outLine()).isEqualTo("requested");
            child.signal("INT");

            assertThat(child.code()).isEqualTo(Lstm.INTERRUPTED);
        }
    }
}
