package lstm.cli;

/** How a training's course is shown. */
enum ProgressKind {

    /** {@link #LIVE} in a terminal that can, {@link #PLAIN} elsewhere. */
    AUTO,

    /** In place. */
    LIVE,

    /** Line by line. */
    PLAIN,

    /** At its end alone. */
    NONE
}
