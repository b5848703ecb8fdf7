package lstm.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The course of a training, which its checkpoint remembers: a point every ten steps and at every validation.
 *
 * <p>The last point is open: the next step may still count for it, and a validation at the end of a training belongs to it
 * only until that training goes on, because one that never ended there has none. A point is closed as the next step
 * begins. So a training that was stopped anywhere ends with the points of one that was not.
 *
 * <p>Points that become too many are thinned out to an even distance; see {@link CurveThinning}.
 */
public final class TrainingCurve {

    static final int STEPS_BETWEEN_POINTS = 10;

    private final List<CurvePoint> closed = new ArrayList<>();
    private @Nullable CurvePoint open;
    /** Over the steps of the open point. */
    private CurveSums sums = CurveSums.NONE;

    TrainingCurve() {}

    /**
     * The points that a checkpoint remembers, in the order of their steps; none where it is slim, imported, or was made
     * before checkpoints remembered them.
     *
     * @throws IllegalArgumentException where the tensor cannot be the course of a training
     */
    public static List<CurvePoint> of(Checkpoint checkpoint) {
        Tensor tensor = checkpoint.trainingTensors().get(CurveTensors.POINTS);
        return tensor == null ? List.of() : CurveTensors.points(tensor);
    }

    /** Counts a step, of which this tells the loss and the norm. */
    void stepped(CurvePoint step) {
        closeIfDue();
        sums = sums.plus(step);
        open = step.withMeans(sums.meanLoss(), sums.meanNorm());
    }

    /** Whether the last step was validated, as one that is due or as the last of all. */
    boolean isValidated() {
        return open != null && open.validationLoss() != null;
    }

    /** Adds the loss of a validation that every such training has at this step. */
    void validated(double loss) {
        setValidation(loss, true);
    }

    /** Adds the loss of a validation that a longer training would not have. */
    void validatedAtTheEnd(double loss) {
        // A training that is resumed at its end validates once more, at a step that may have been due.
        setValidation(loss, sums.lastingValidation());
    }

    private void setValidation(double loss, boolean lasting) {
        if (open != null) {
            open = open.withValidation(loss);
            sums = sums.withLastingValidation(lasting);
        }
    }

    private void closeIfDue() {
        if (open == null || (open.step() % STEPS_BETWEEN_POINTS != 0 && !sums.lastingValidation())) {
            return;
        }
        closed.add(sums.lastingValidation() ? open : open.withValidation(null));
        sums = CurveSums.NONE;
        CurveThinning.thin(closed);
    }

    /** As tensors of a checkpoint; none before the first step. */
    Map<String, Tensor> tensors() {
        if (open == null) {
            return Map.of();
        }
        List<CurvePoint> points = new ArrayList<>(closed);
        points.add(open);
        // Not Map.of, whose order changes from process to process, and with it the bytes of the file.
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(CurveTensors.POINTS, CurveTensors.tensor(points));
        tensors.put(CurveTensors.SUMS, CurveTensors.tensor(sums));
        return tensors;
    }

    /**
     * Goes on with what a checkpoint remembers, which may be nothing.
     *
     * @param step at which the training stands
     * @throws TrainingException where its tensors make no sense
     */
    void restore(Checkpoint checkpoint, long step) {
        closed.clear();
        open = null;
        sums = CurveSums.NONE;
        Tensor tensor = checkpoint.trainingTensors().get(CurveTensors.POINTS);
        if (tensor == null) {
            return;
        }
        try {
            closed.addAll(CurveTensors.points(tensor));
            open = closed.remove(closed.size() - 1);
            sums = CurveTensors.sums(checkpoint.trainingTensors().get(CurveTensors.SUMS), closed, open);
            if (open.step() != step) {
                throw new IllegalArgumentException("its tensor training.curve ends at step " + open.step()
                        + ", and the training stands at step " + step);
            }
        } catch (IllegalArgumentException e) {
            throw new TrainingException("the checkpoint cannot be resumed: " + e.getMessage()
                    + "; use --init-from to start from its weights");
        }
    }
}
