package lstm.cli;

import java.nio.file.Path;
import java.util.List;
import lstm.kernel.KernelChoice;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.train.Cluster;
import lstm.train.Cluster.Shared;
import lstm.train.Cluster.Sharing;
import lstm.train.TrainingConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which machines train. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ArgGroup(validate = false, heading = "%nOn many machines, with Apache Spark:%n", order = 4)
    private final Group group = new Group();

    private static final class Group {
        @Option(
                names = "--spark",
                paramLabel = "MASTER",
                description = "Train on this cluster, such as spark://host:7077, yarn or local[4]; needs --workers.")
        private @Nullable String master;

        @Option(
                names = "--workers",
                paramLabel = "N",
                description = "Workers that each learn from an equal part of the text, with their part of --batch.")
        private @Nullable Integer workers;

        @Option(
                names = "--local-steps",
                paramLabel = "K",
                description = "Steps of each worker between two exchanges [" + Sharing.LOCAL_STEPS + "].")
        private @Nullable Integer localSteps;
    }

    /** Whether other machines than this are to train. */
    boolean isGiven() {
        if (group.workers == null && (group.master != null || group.localSteps != null)) {
            throw wrong((group.master == null ? "--local-steps" : "--spark")
                    + " needs --workers: in how many parts the text is learnt at once");
        }
        return group.workers != null;
    }

    /**
     * The cluster.
     *
     * @param before how the training was shared out that is to go on; null where a new one begins
     * @throws ParameterException where the options make no sense together
     * @throws CommandException where this build has none
     */
    Cluster connect(int threads, KernelChoice.Request kernel, @Nullable Shared before, Console console) {
        Sharing sharing = SamplingOptions.checked(
                spec,
                () -> new Sharing(group.workers == null ? 0 : group.workers, localSteps(before), threads, kernel));
        Cluster.Connector connector = Cluster.Connector.find();
        if (connector == null) {
            throw new CommandException(
                    "this build of lstm trains on one machine alone: make spark builds one that trains"
                            + " on many, target/spark/lstm; leave --workers and --spark out to train here");
        }
        if (group.master == null && !connector.isConnected()) {
            throw wrong(
                    "--workers needs --spark MASTER, such as --spark local[2], where spark-submit has not named one");
        }
        if (group.master != null) {
            // Spark takes seconds to begin, and a minute to find that nobody answers.
            console.note("asking Spark for machines at " + group.master);
        }
        return connector.connect(group.master, sharing, console::note);
    }

    private int localSteps(@Nullable Shared before) {
        if (group.localSteps != null) {
            return group.localSteps;
        }
        return before == null ? Sharing.LOCAL_STEPS : before.localSteps();
    }

    /** Refuses what only one machine can do, before the others are asked for. */
    void check(TrainingConfig asked, Records kind, List<String> corpora) {
        if (!isGiven()) {
            return;
        }
        if (asked.length().seconds() != null) {
            throw wrong("--time is for one machine, whose clock sets the learning rate; give --epochs or --steps");
        }
        if (kind != Records.NONE) {
            throw wrong("the records of a list are shuffled by one machine alone; leave --workers and --spark out");
        }
        if (corpora.contains(Sources.STANDARD_INPUT)) {
            throw wrong("standard input (-) is of this machine alone; name files that the workers can read");
        }
    }

    /**
     * Refuses to go on with a training in another way than it was shared out before.
     *
     * @param before null where one machine trained
     */
    void checkResumed(@Nullable Shared before, Path target) {
        String instead = ", or --init-from to start from its weights";
        if (before == null && isGiven()) {
            throw wrong(target + " was trained by one machine: leave --workers and --spark out to go on" + instead);
        }
        if (before != null && (group.workers == null || group.workers != before.workers())) {
            throw wrong(target + " was trained by " + before.workers() + " workers: give --workers " + before.workers()
                    + (group.master == null ? " and --spark" : "") + " to go on" + instead);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
