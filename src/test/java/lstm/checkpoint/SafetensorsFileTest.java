package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs write is read, and what is asked of a file is held against what it has. */
class SafetensorsFileTest {

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("torch.safetensors");
    }

    @Test
    void aFileOfAnotherWriterIsRead() {
        String header = "{ \"w\" : {\"data_offsets\": [4, 28], \"shape\": [2, 3], \"dtype\": \"F32\"},\t\r\n"
                + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"__metadata__\":{\"format\":\"pt\"}}       ";
        byte[] data = new byte[28];
        System.arraycopy(new byte[] {0, 0x3c, 0, (byte) 0xbc}, 0, data, 0, 4);
        System.arraycopy(HandMade.floats(1, 2, 3, 4, 5, 6), 0, data, 4, 24);
        SafetensorsFile file = HandMade.read(path, HandMade.file(header, data));

        assertThat(file.metadata()).containsOnly(entry("format", "pt"));
        assertThat(file.names()).containsExactly("w", "b");
        assertThat(file.matrix("w", 2, 3).data).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(file.vector("b", 2).data).containsExactly(1, -1);
    }

    @Test
    void theSmallestFileIsRead() {
        SafetensorsFile file = HandMade.read(path, HandMade.file("{}"));

        assertThat(file.metadata()).isEmpty();
        assertThat(file.names()).isEmpty();
    }

    @Test
    void emptyTensorsLieAnywhereBetweenOthers() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[1,1]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[0,0]},"
                + "\"d\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}";
        SafetensorsFile file = HandMade.read(path, HandMade.file(header, (byte) 1, (byte) 2));

        assertThat(file.tensor("d").toLongs()).containsExactly(2);
        assertThat(file.vector("b", 0).data).isEmpty();
        assertThat(file.matrix("c", 3, 0).data).isEmpty();
    }

    @Test
    void aTensorIsHeldAgainstWhatIsAskedFor() {
        SafetensorsFile file = HandMade.read(
                path,
                HandMade.file(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                                + "\"n\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}}",
                        new byte[16]));

        assertThat(file.longs("n", 1)).containsExactly(0);
        assertRefused(() -> file.tensor("y"), "it has no tensor 'y'");
        assertRefused(() -> file.matrix("y", 1, 2), "it has no tensor 'y'");
        assertRefused(() -> file.matrix("x", 2, 1), "tensor 'x' is F32[1, 2], expected F32[2, 1]");
        assertRefused(() -> file.vector("x", 2), "tensor 'x' is F32[1, 2], expected F32[2]");
        assertRefused(() -> file.vector("n", 1), "tensor 'n' is I64[1], expected F32[1]");
        assertRefused(() -> file.longs("n", 2), "tensor 'n' is I64[1], expected I64[2]");
        assertRefused(() -> file.longs("x", 2), "tensor 'x' is F32[1, 2], expected I64[2]");
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
            SafetensorsFile file = HandMade.read(
                    path,
                    HandMade.file(
                            "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                            HandMade.floats(Float.MAX_VALUE, value)));

            assertRefused(() -> file.vector("x", 2), "tensor 'x' holds " + value + " where numbers are expected");
        }
    }

    private void assertRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        path + " is not a checkpoint that can be used: " + reason + "; copy it again or train anew");
    }
}
