/**
 * What a person sees of a training while it runs.
 *
 * <p>{@link lstm.live.LiveView} hears of the training on its thread and keeps what is shown in a {@code History}; a thread of its
 * own draws that now and then, so that a slow terminal holds up no step. {@code Layout} makes lines of a state and a size,
 * {@code LossChart} the curve among them: both are functions of what they are given. {@code Screen} brings lines to a terminal,
 * through JLine, which sends only what has changed. {@link lstm.live.ErrorTerminal} is that terminal: standard error alone, for
 * standard output may be redirected and standard input may be the corpus.
 *
 * <p>Nothing of the terminal's state is changed that a killed process would leave behind, but for the echo of what is typed,
 * which shells turn on by themselves: the cursor stays visible, and waits below the view.
 */
@NullMarked
package lstm.live;

import org.jspecify.annotations.NullMarked;
