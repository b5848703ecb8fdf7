package lstm.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ClusterArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages("lstm");

    @Test
    void onlyItKnowsSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lstm.cluster")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..", "lstm.cluster")
                .check(CLASSES);
    }

    @Test
    void itKnowsOnlyWhatTrains() {
        classes()
                .that()
                .resideInAPackage("lstm.cluster")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "lstm.cluster",
                        "lstm.train",
                        "lstm.checkpoint",
                        "lstm.model",
                        "lstm.batch",
                        "lstm.text",
                        "lstm.kernel",
                        "org.ojalgo..",
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "scala..")
                .check(CLASSES);
    }

    /** Whatever goes over a network, Spark sends it. */
    @Test
    void itOpensNoSocket() {
        noClasses()
                .that()
                .resideInAPackage("lstm.cluster")
                .and()
                .doNotHaveFullyQualifiedName("lstm.cluster.SparkConnector") // asks for its own jar
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "javax.net..", "java.rmi..")
                        .and(not(assignableTo(Exception.class))))
                .check(CLASSES);
    }
}
