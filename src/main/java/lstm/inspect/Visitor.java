package lstm.inspect;

import lstm.model.Activations;

/** Sees what all units do at every token of a text, one after the other. */
@FunctionalInterface
public interface Visitor {

    /**
     * Sees the activations behind a token.
     *
     * @param position of the token in the text, from 0 on
     * @param activations of a window; they change as soon as this method returns
     * @param step of the window that the token was read in; its stream is 0
     */
    void visit(long position, Activations activations, int step);

    /** Whether it has seen enough; no more is read then. */
    default boolean isDone() {
        return false;
    }
}
