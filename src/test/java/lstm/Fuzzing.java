package lstm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs Jazzer, a fuzzer that is guided by coverage, on what reads files and commands: {@code make fuzz}.
 *
 * <p>A target is a test with a method {@code fuzzerTestOneInput} and a method {@code seeds}, which are where it begins. The
 * ordinary tests run each on its seeds, with what was once found among them; what is found is left in {@code target/fuzz}.
 */
final class Fuzzing {

    private static final List<String> TARGETS = List.of(
            "lstm.train.CheckpointFuzzTest",
            "lstm.checkpoint.PyTorchFuzzTest",
            "lstm.metrics.MetricsFuzzTest",
            "lstm.text.TokenizerFuzzTest",
            "lstm.repl.CommandsFuzzTest",
            "lstm.repl.SessionFuzzTest");

    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";
    /** An input that takes longer, in seconds, counts as found. */
    private static final int TOO_LONG = 60;

    private Fuzzing() {}

    /** Takes seconds for each target, and the beginnings of their names, all where there are none. */
    public static void main(String[] args) throws Exception {
        boolean found = false;
        for (String target : TARGETS) {
            String name = target.replaceFirst(".*\\.", "").replace("FuzzTest", "");
            boolean asked = args.length == 1 || Stream.of(args).skip(1).anyMatch(name::startsWith);
            found |= asked && hasFound(target, Path.of("target", "fuzz", name), args[0]);
        }
        System.exit(found ? 1 : 0);
    }

    private static boolean hasFound(String target, Path folder, String seconds) throws Exception {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        write(Class.forName(target), seeds);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                JAZZER,
                "--target_class=" + target,
                "--instrumentation_includes=lstm.**:com.google.gson.**",
                "--instrumentation_excludes=lstm.kernel.**",
                // Files and expressions that a user names are meant to be opened and followed.
                "--disabled_hooks=" + SANITIZERS + "FilePathTraversal:" + SANITIZERS + "RegexInjection",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-timeout=" + TOO_LONG,
                "-print_final_stats=1",
                "-verbosity=1"));
        command.add(corpus.toString());
        command.add(seeds.toString());
        System.err.println("--- " + target);
        return new ProcessBuilder(command).inheritIO().start().waitFor() != 0;
    }

    private static void write(Class<?> target, Path folder) throws ReflectiveOperationException, IOException {
        var method = target.getDeclaredMethod("seeds");
        method.setAccessible(true);
        int count = 0;
        for (Object seed : ((Stream<?>) method.invoke(null)).toList()) {
            Files.write(folder.resolve("seed" + count++), (byte[]) seed);
        }
    }
}
