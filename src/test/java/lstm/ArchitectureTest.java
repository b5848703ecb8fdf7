package lstm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages are the stages of the work, and know each other in one direction. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("lstm");

    /** Of each package, the packages of ours and the libraries that it may know. */
    private static final Map<String, Set<String>> KNOWS = new TreeMap<>(Map.of(
            "text", Set.of(),
            "batch", Set.of("text"),
            "kernel", Set.of("org.ojalgo..", "jdk.incubator.vector.."),
            "model", Set.of("kernel", "org.ojalgo.."),
            "optimize", Set.of("model", "kernel", "org.ojalgo.."),
            "checkpoint", Set.of("model", "optimize", "text", "kernel", "org.ojalgo..", "com.google.gson.."),
            "generate", Set.of("model", "text", "org.ojalgo..", "org.apache.lucene.."),
            "train",
                    Set.of(
                            "checkpoint",
                            "optimize",
                            "model",
                            "batch",
                            "text",
                            "kernel",
                            "org.ojalgo..",
                            "com.google.gson.."),
            "repl",
                    Set.of(
                            "train",
                            "generate",
                            "checkpoint",
                            "model",
                            "text",
                            "kernel",
                            "org.ojalgo..",
                            "org.jline..",
                            "com.google.gson.."),
            "cli",
                    Set.of(
                            "metrics",
                            "ngram",
                            "tensorboard",
                            "onnx",
                            "live",
                            "plot",
                            "repl",
                            "page",
                            "score",
                            "inspect",
                            "generate",
                            "train",
                            "checkpoint",
                            "optimize",
                            "model",
                            "batch",
                            "text",
                            "kernel",
                            "org.ojalgo..",
                            "picocli..",
                            "com.google.gson..")));

    static {
        KNOWS.put("ngram", Set.of("text"));
        KNOWS.put(
                "plot",
                Set.of(
                        "metrics",
                        "ngram",
                        "text",
                        "javax.imageio..",
                        "org.knowm.xchart..",
                        "de.erichseifert.vectorgraphics2d.."));
        KNOWS.put("metrics", Set.of("train", "checkpoint", "com.google.gson.."));
        KNOWS.put("score", Set.of("model", "text"));
        KNOWS.put("live", Set.of("train", "text", "org.jline.."));
        KNOWS.put("inspect", Set.of("model", "text", "com.google.re2j.."));
        KNOWS.put("tensorboard", Set.of("train", "checkpoint", "text", "com.google.protobuf.."));
        KNOWS.put(
                "page",
                Set.of(
                        "metrics",
                        "ngram",
                        "inspect",
                        "score",
                        "generate",
                        "train",
                        "checkpoint",
                        "model",
                        "batch",
                        "text",
                        "kernel",
                        "com.samskivert.mustache..",
                        "com.google.gson.."));
        KNOWS.put(
                "onnx",
                Set.of(
                        "checkpoint",
                        "model",
                        "text",
                        "org.ojalgo..",
                        "com.google.gson..",
                        "ai.onnx..",
                        "com.google.protobuf.."));
    }

    static Set<String> packages() {
        return KNOWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageKnowsOnlyWhatItMay(String name) {
        String[] allowed = Stream.concat(
                        Stream.of("java..", "org.jspecify.annotations", "lstm." + name),
                        requireNonNull(KNOWS.get(name)).stream()
                                .map(known -> known.contains(".") ? known : "lstm." + known))
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage("lstm." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void thereIsNoOtherPackage() {
        Set<String> names = CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals("lstm"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(KNOWS.keySet().stream().map(name -> "lstm." + name)).containsAll(names);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("lstm.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsPicocliAndLeavesTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lstm.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    /** The compiler does not always inline such a call, and then keeps the vectors around it in memory, as objects. */
    @Test
    void vectorCodeIsNotCalledFromVectorCode() {
        assertThat(CLASSES.get("lstm.kernel.Lanes").getMethodCallsFromSelf())
                .filteredOn(call -> call.getTargetOwner().equals(call.getOriginOwner()))
                .extracting(call -> call.getOrigin().getName() + " calls " + call.getName())
                .containsOnly("logistic calls logistic", "tanh calls tanh", "copyStrips calls stripLength");
    }

    @Test
    void onlyTheReplAndTheLiveViewKnowJLine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("lstm.repl", "lstm.live")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(CLASSES);
    }

    /** AWT takes half a second to start, and fonts that not every machine has. */
    @Test
    void onlyPlotsKnowXChartAndAwt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lstm.plot")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.knowm.xchart..", "de.erichseifert..", "java.awt..", "javax.imageio..")
                .check(CLASSES);
    }

    @Test
    void onlyOneClassKnowsTheIncubatingVectors() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("lstm.kernel.Lanes")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(CLASSES);
    }

    /** What a user writes and trains stays on the machine. */
    @Test
    void nothingKnowsANetwork() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("lstm.cli.Version") // asks its own jar, by an address that names a file
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "javax.net..", "java.rmi..", "javax.naming..", "com.sun.net..", "jdk.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram).*")
                .check(CLASSES);
    }

    /** A file that was sent to somebody must not become code: there is none of Java's ways from bytes to objects or programs. */
    @Test
    void nothingRunsCodeFromAFile() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(Input|Output)(Stream|Filter).*|java\\.beans\\.XML.*"
                        + "|java\\.lang\\.(ClassLoader|Process|ProcessBuilder)|java\\.net\\.URLClassLoader")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.script..", "javax.tools..")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .check(CLASSES);
    }

    /** All others are given a console. */
    @Test
    void onlyTheBeginningOfTheProcessTouchesItsStandardStreams() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("lstm.cli.StandardStreams")
                .and()
                .doNotHaveFullyQualifiedName("lstm.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName("lstm.cli.Console")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageSaysWhatItIsForAndThatNothingInItIsNull(String name) throws Exception {
        Path info = Path.of("src/main/java/lstm", name, "package-info.java");
        assertThat(info).exists();
        assertThat(Files.readString(info)).startsWith("/**").contains("@NullMarked\npackage lstm." + name + ";");
    }
}
