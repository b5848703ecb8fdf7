package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edges of the format; {@link HostileFileTest} has what lies beyond them. */
class SafetensorsReaderTest {

    @TempDir
    private Path folder;

    private SafetensorsFile read(byte[] content) {
        return HandMade.read(folder.resolve("file.safetensors"), content);
    }

    @Test
    void theShortestFileHoldsNothing() {
        assertThat(read(HandMade.file("{}")).names()).isEmpty();
    }

    @Test
    void aLengthWithNothingBehindItIsRefusedForWhatIsMissing() {
        assertThatThrownBy(() -> read(HandMade.file(2, new byte[0])))
                .hasMessageContaining("its header should have 2 bytes, but only 0 follow");
    }

    @Test
    void whereTensorsBeginAtOneByteTheEmptyOneIsFirst() {
        SafetensorsFile file = read(HandMade.file(
                "{\"full\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                        + "\"empty\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                (byte) 1,
                (byte) 2));

        assertThat(file.names()).containsExactly("full", "empty");
    }

    @Test
    void bytesBehindTheLastTensorAreCounted() {
        assertThatThrownBy(() -> read(HandMade.file(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                        (byte) 1,
                        (byte) 2,
                        (byte) 3,
                        (byte) 4)))
                .hasMessageContaining("3 bytes follow after the last tensor");
    }

    /** A pipe would keep whoever opens it waiting, also for the header alone. */
    @Test
    void whatIsNoFileIsNotOpened() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("directory.safetensors"));

        assertThatThrownBy(() -> CheckpointSummary.read(directory)).hasMessageEndingWith("it is a directory");
        assertThatThrownBy(() -> Checkpoint.load(directory)).hasMessageEndingWith("it is a directory");
    }
}
