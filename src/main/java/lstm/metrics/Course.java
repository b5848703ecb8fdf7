package lstm.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import lstm.train.CurvePoint;
import lstm.train.TrainingCurve;

/**
 * The course of one training.
 *
 * @param name by which it is told from others
 * @param points one for a step, by rising step; maybe none yet
 */
public record Course(String name, List<Point> points) {

    private static final int LENGTH_BYTES = 8;

    /** Copies the points. */
    public Course {
        points = List.copyOf(points);
    }

    /**
     * What a metrics file tells, or a checkpoint remembers; its name is the file's.
     *
     * @throws MetricsException in one line, where it cannot be read or makes no sense, or a checkpoint remembers nothing
     * @throws lstm.checkpoint.CheckpointException in one line, where a checkpoint cannot be used
     */
    public static Course of(Path file) {
        String name = CourseNames.of(file);
        return isCheckpoint(file) ? of(name, file, Checkpoint.load(file)) : new Course(name, MetricsFile.read(file));
    }

    /** Those of several files, with names that differ. */
    public static List<Course> of(List<Path> files) {
        List<String> names = CourseNames.of(files);
        return IntStream.range(0, files.size())
                .mapToObj(i -> new Course(names.get(i), of(files.get(i)).points))
                .toList();
    }

    /**
     * What a checkpoint that was loaded from a file remembers; without seconds, since no clock reaches a checkpoint.
     *
     * @throws MetricsException in one line, where it remembers nothing, or what makes no sense
     */
    public static Course of(String name, Path file, Checkpoint checkpoint) {
        List<CurvePoint> remembered;
        try {
            remembered = TrainingCurve.of(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new MetricsException(file + " does not tell its course: " + e.getMessage()
                    + "; name the file that train --metrics wrote");
        }
        if (remembered.isEmpty()) {
            throw new MetricsException(
                    file + " remembers no course: it was not trained, or by an older lstm, or slimmed"
                            + " down; name the file that train --metrics wrote");
        }
        return new Course(name, remembered.stream().map(Course::point).toList());
    }

    private static Point point(CurvePoint point) {
        return new Point(
                point.step(),
                point.epoch(),
                point.characters(),
                null,
                null,
                point.trainLoss(),
                point.validationLoss(),
                point.learningRate(),
                point.gradientNorm());
    }

    /** The place of the lowest validation loss among the points, the first of several; empty where nothing was validated. */
    public OptionalInt best() {
        return IntStream.range(0, points.size())
                .filter(i -> points.get(i).validationLoss() != null)
                .reduce((one, other) -> loss(other) < loss(one) ? other : one);
    }

    /**
     * This course, which has something to draw.
     *
     * @throws MetricsException in one line, where none of its points has a loss
     */
    public Course requireLoss() {
        if (points.stream().allMatch(point -> point.trainLoss() == null && point.validationLoss() == null)) {
            throw new MetricsException("there is nothing to draw in " + name + ": it has no step with a loss yet");
        }
        return this;
    }

    private double loss(int i) {
        return Objects.requireNonNull(points.get(i).validationLoss());
    }

    /**
     * Whether a file is a checkpoint rather than a metrics file. A safetensors file begins with the length of its header,
     * of which some of the eight bytes are zero; no text has that.
     *
     * @throws MetricsException in one line, where it cannot be read
     */
    public static boolean isCheckpoint(Path file) {
        if (!Files.isRegularFile(file)) {
            // What is read of a pipe is gone; nobody looks into one for a checkpoint.
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] length = in.readNBytes(LENGTH_BYTES);
            return IntStream.range(0, length.length).anyMatch(i -> length[i] == 0);
        } catch (IOException e) {
            throw MetricsException.of("read", file, e);
        }
    }
}
