package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseCommandTest {

    @Test
    void everyLineOfItSucceeds(@TempDir Path folder) {
        Run run = Run.lstm("rehearse", folder.resolve("new")).succeeded();

        assertThat(run.out()).startsWith("lstm ").contains("\n  vocabulary ", " nats per character, ", "\n---\n");
        assertThat(folder.resolve("new")).isDirectoryContaining("glob:**/model.safetensors");
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold(@TempDir Path folder) {
        Run.lstm("rehearse", Texts.write(folder.resolve("file"), "text")).failed(Lstm.FAILED, "cannot write", "file");
    }
}
