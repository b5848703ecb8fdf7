/**
 * Interactive completion: type the beginning of a text, and the model goes on.
 *
 * <p>{@link lstm.repl.Session} is what a conversation is about: a model, settings and the text so far; {@code Commands} are
 * the lines that begin with a colon. {@link lstm.repl.Repl} talks to a person through JLine, which no other package imports,
 * or serves a pipe line by line.
 */
@NullMarked
package lstm.repl;

import org.jspecify.annotations.NullMarked;
