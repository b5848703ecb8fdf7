/**
 * From a model and a text to how surprising the text is: {@link lstm.score.LineScorer} gives every line its bits.
 *
 * <p>A line is by default a text of its own, behind a newline: its score then depends on nothing but the line, is the same
 * in any order and any excerpt, and lines can be read side by side. Prose is better foreseen with the lines before it, so the
 * state can be carried on instead. A stream may have any length, and a line too; a live one is not kept waiting.
 */
@NullMarked
package lstm.score;

import org.jspecify.annotations.NullMarked;
