package lstm.cli;

import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which kernel does the arithmetic. */
final class KernelOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description = "What does the arithmetic: auto, vector or ojalgo [auto].")
    private KernelChoice.Request kernel = KernelChoice.Request.AUTO;

    /** What the user asks for. */
    KernelChoice.Request request() {
        return kernel;
    }

    /** A thread with a kernel for every processor; as {@link #workers(int, Console)}. */
    Workers workers(Console console) {
        return workers(Runtime.getRuntime().availableProcessors(), console);
    }

    /** Threads with kernels; a line says so where the fast kernel was hoped for and cannot work. */
    Workers workers(int threads, Console console) {
        try {
            KernelChoice choice = KernelChoice.of(kernel);
            if (kernel == KernelChoice.Request.AUTO && choice.name().equals("ojalgo")) {
                console.note("the slow kernel works: " + choice.reason());
            }
            return new Workers(threads, choice.kernels());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
