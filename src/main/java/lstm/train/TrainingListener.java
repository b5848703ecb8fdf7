package lstm.train;

/** Hears of a training's course, on the thread that trains; the trainer stands between two steps meanwhile. */
public interface TrainingListener {

    /** After every step. */
    default void stepped(Trainer trainer, Progress progress) {}

    /** After every validation. */
    default void validated(Trainer trainer, Progress progress) {}

    /** After the training has exploded and gone back to its last good model, instead of hearing of the step. */
    default void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {}

    /** Once, when the training has reached its end, was stopped, or goes on no more. */
    default void ended(Trainer trainer, Progress progress) {}
}
