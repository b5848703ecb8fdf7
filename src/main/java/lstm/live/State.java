package lstm.live;

import lstm.train.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What is to be shown of a training.
 *
 * @param progress of the last step
 * @param loss of training, smoothed, in nats; NaN before the first step
 * @param training the losses of training
 * @param validation the losses of validation
 * @param lastValidation the last of these; null before the first
 * @param best the step of the best validation and its loss; null before the first
 * @param sample what the model wrote last; null before that
 * @param ended whether nothing more comes
 */
record State(
        Progress progress,
        double loss,
        Points training,
        Points validation,
        @Nullable Double lastValidation,
        @Nullable Best best,
        @Nullable Sample sample,
        boolean ended) {

    /**
     * The best validation.
     *
     * @param step when it was; 0 where it was before this process began to train
     * @param loss in nats
     */
    record Best(long step, double loss) {}

    /**
     * What the model wrote.
     *
     * @param step when it was
     * @param text with control characters spelled out
     */
    record Sample(long step, String text) {}
}
