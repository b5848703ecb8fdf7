package lstm.kernel;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resumed training starts cold where the other was warm: compilers may not change a bit. */
@BothKernels
class WarmUpTest {

    /** Enough for the optimizing compiler to have taken over. */
    private static final int CALLS = 20_000;

    /** Half the calls: scalars are compiled too before vectors take over. */
    private static final long SCALAR_PRODUCTS = CALLS / 2 * 4000L;

    private final KernelChoice.Request request;

    WarmUpTest(KernelChoice.Request request) {
        this.request = request;
    }

    @Test
    void everyCallGivesTheBitsThatAnInterpreterGives() {
        Map<String, Integer> interpreted = hashes("-Xint");

        EveryOperation.byName().forEach((name, operation) -> {
            Kernel kernel = EveryOperation.kernel(request, SCALAR_PRODUCTS);
            assertThat(firstCallWithOtherBits(operation, kernel, requireNonNull(interpreted.get(name))))
                    .as("the first call of %s with other bits", name)
                    .isEqualTo(CALLS);
        });
    }

    /** A training may be resumed on another machine. On a processor of another kind the option changes nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:MaxVectorSize=16", "-XX:MaxVectorSize=32"})
    void vectorsOfAnyWidthGiveTheSameBits(String width) {
        assertThat(hashes(width)).isEqualTo(hashes("-Xint"));
    }

    private static int firstCallWithOtherBits(ToIntFunction<Kernel> operation, Kernel kernel, int expected) {
        int call = 0;
        while (call < CALLS && operation.applyAsInt(kernel) == expected) {
            call++;
        }
        return call;
    }

    private Map<String, Integer> hashes(String mode) {
        List<String> options =
                Stream.concat(ChildJvm.VECTOR_MODULE.stream(), Stream.of(mode)).toList();
        return ChildJvm.run(options, EveryOperation.class, request.name()).stream()
                .map(line -> line.split("="))
                .collect(toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1])));
    }
}
