/**
 * Interactive completion: type the beginning of a text, and the model goes on.
 *
 * <p>{@link lstm.repl.Session} is what a conversation is about: a model, settings, and the texts so far, a tree of passages
 * ({@code Branches}); {@code Reading} has the model read of them only what is new. {@code Commands} are the lines that begin with
 * a colon, {@code Setting} lists what can be set. {@link lstm.repl.Repl} talks to a person through JLine;
 * {@code GhostReader} reads the lines, and shows behind the cursor what {@code Ghost} finds on a thread of its own.
 * {@link lstm.repl.PipedRepl} serves a pipe line by line.
 */
@NullMarked
package lstm.repl;

import org.jspecify.annotations.NullMarked;
