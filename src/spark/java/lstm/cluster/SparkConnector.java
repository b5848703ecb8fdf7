package lstm.cluster;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lstm.train.Cluster;
import lstm.train.Cluster.Sharing;
import lstm.train.TrainingException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Finds Spark: by the name of its master, or as what has begun this process. */
public final class SparkConnector implements Cluster.Connector {

    /** The Spark whose classes this was built with. */
    private static final String MAJOR_VERSION = "4.";

    /** The kernels', and what keeps a product's sums in registers. */
    private static final String EXECUTORS_JAVA_OPTIONS =
            "--add-modules=jdk.incubator.vector -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000";

    private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

    /** For the service loader. */
    public SparkConnector() {}

    @Override
    public boolean isConnected() {
        try {
            return new SparkConf().contains("spark.master");
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    @Override
    public Cluster connect(@Nullable String master, Sharing sharing, Consumer<String> notes) {
        SparkConf conf = fit(conf()).setIfMissing("spark.app.name", "lstm");
        if (master != null) {
            conf.setMaster(master);
        }
        conf.setIfMissing("spark.task.cpus", String.valueOf(sharing.threads()));
        List<String> jars = new ArrayList<>(ownJars());
        jars.addAll(Arrays.asList(conf.get("spark.jars", "").split(",")));
        conf.setJars(jars.stream().filter(jar -> !jar.isEmpty()).distinct().toArray(String[]::new));
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(conf);
        } catch (LinkageError | Exception e) {
            throw unreachable(conf.get("spark.master", "?"), e);
        }
        if (!context.version().startsWith(MAJOR_VERSION)) {
            context.close();
            throw new TrainingException(
                    "Spark is version " + context.version() + " here, and this build of lstm needs 4");
        }
        return new SparkCluster(context, sharing, notes).outlastingInterruptions();
    }

    /** Sets what workers need, and what suits messages that are all weights, which nothing compresses. */
    static SparkConf fit(SparkConf conf) {
        conf.set(JAVA_OPTIONS, (conf.get(JAVA_OPTIONS, "") + " " + EXECUTORS_JAVA_OPTIONS).strip());
        return conf.setIfMissing("spark.broadcast.compress", "false")
                .setIfMissing("spark.shuffle.compress", "false")
                .setIfMissing("spark.task.maxDirectResultSize", "32m");
    }

    private static SparkConf conf() {
        try {
            return new SparkConf();
        } catch (NoClassDefFoundError e) {
            TrainingException told =
                    new TrainingException("found no Spark: set SPARK_HOME to where Spark 4 is installed");
            told.initCause(e);
            throw told;
        }
    }

    private static TrainingException unreachable(String master, Throwable failure) {
        TrainingException told = new TrainingException(
                failure instanceof LinkageError
                        ? "this Spark does not fit, lstm needs version 4: " + OneLine.of(failure)
                        : "cannot train with Spark at " + master + ": " + OneLine.of(failure)
                                + "; a master is such as local[4], spark://host:7077 or yarn");
        told.initCause(failure);
        return told;
    }

    /** The jar that this class is in, and those beside it that it needs, for the executors; none where it is in no jar. */
    private static List<String> ownJars() {
        CodeSource source = SparkConnector.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return List.of();
        }
        File own;
        try {
            own = new File(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            return List.of();
        }
        if (!own.isFile()) {
            return List.of();
        }
        File[] libraries = new File(own.getParentFile(), "lib").listFiles((folder, name) -> name.endsWith(".jar"));
        return Stream.concat(Stream.of(own), Stream.of(libraries == null ? new File[0] : libraries))
                .map(File::getPath)
                .sorted()
                .toList();
    }
}
