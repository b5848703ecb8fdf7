package lstm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.IntStream;
import lstm.text.Tokens;
import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void arrivesAsItWasSent() throws IOException, ClassNotFoundException {
        int[] tokens = IntStream.concat(
                        IntStream.range(0, 300),
                        IntStream.of(16_383, 16_384, 2_097_151, 2_097_152, Integer.MAX_VALUE, 0))
                .toArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Share(7, Tokens.of(tokens)));
        }
        Share arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (Share) in.readObject();
        }

        assertThat(arrived.worker()).isEqualTo(7);
        assertThat(IntStream.range(0, (int) arrived.tokens().size()).map(arrived.tokens()::get))
                .containsExactly(IntStream.of(tokens).boxed().toArray(Integer[]::new));
    }
}
