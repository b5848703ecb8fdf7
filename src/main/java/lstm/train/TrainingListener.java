package lstm.train;

/** Hears of a training's course, on the thread that trains; the trainer stands between two steps meanwhile. */
public interface TrainingListener {

    /** After every step. */
    default void stepped(Trainer trainer, Progress progress) {}

    /** After every validation. */
    default void validated(Trainer trainer, Progress progress) {}

    /** Once, when the training has reached its end or was stopped. */
    default void ended(Trainer trainer, Progress progress) {}
}
