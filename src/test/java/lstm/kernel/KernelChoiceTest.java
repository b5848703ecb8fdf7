package lstm.kernel;

import static lstm.kernel.KernelChoice.Request.AUTO;
import static lstm.kernel.KernelChoice.Request.OJALGO;
import static lstm.kernel.KernelChoice.Request.VECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelChoiceTest {

    @Test
    void ojAlgoIsTakenWhereItIsAskedFor() {
        assertThat(KernelChoice.of(OJALGO).name()).isEqualTo("ojalgo");
        assertThat(KernelChoice.of(OJALGO).reason()).isEqualTo("as asked");
    }

    @Test
    void vectorsAreTakenWhereTheyAreAskedForOrCanWork() {
        assertThat(KernelChoice.of(VECTOR).name()).isEqualTo("vector");
        assertThat(KernelChoice.of(VECTOR).reason()).matches("\\d+-bit vectors");
        assertThat(KernelChoice.of(AUTO).name()).isEqualTo("vector");
    }

    @ParameterizedTest
    @EnumSource
    void everyThreadGetsACheckedKernelOfItsOwnByTheNameOfTheChoice(KernelChoice.Request request) {
        KernelChoice choice = KernelChoice.of(request);

        Kernel one = choice.kernels().get();
        Kernel other = choice.kernels().get();

        assertThat(one).isNotSameAs(other).isInstanceOf(CheckedKernel.class);
        assertThat(one.name()).isEqualTo(choice.name());
    }

    @Test
    void withoutTheVectorModuleAutoFallsBackAndSaysWhatToDo() {
        assertThat(ChildJvm.run(List.of(), Choose.class, "AUTO"))
                .containsExactly("ojalgo: the module jdk.incubator.vector is not loaded;"
                        + " start Java with --add-modules jdk.incubator.vector");
    }

    @Test
    void withoutTheVectorModuleAskingForVectorsIsRefused() {
        assertThat(ChildJvm.run(List.of(), Choose.class, "VECTOR"))
                .singleElement()
                .asString()
                .startsWith("refused: the vector kernel cannot work: the module jdk.incubator.vector is not loaded");
    }

    /** Prints the choice for a request. */
    static final class Choose {
        public static void main(String[] args) {
            try {
                KernelChoice choice = KernelChoice.of(KernelChoice.Request.valueOf(args[0]));
                System.out.println(choice.kernels().get().name() + ": " + choice.reason());
            } catch (IllegalArgumentException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }
}
