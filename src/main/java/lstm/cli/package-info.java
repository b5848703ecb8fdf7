/**
 * The command: options in, text and exit codes out.
 *
 * <p>The only package that knows picocli, and the only one that ends the process. A command turns its options into the
 * records of the packages below it, which check them, and hands over; {@link lstm.cli.Failures} turns what goes wrong into
 * one line and an exit code. Generated text goes to standard output and nothing else does.
 */
@NullMarked
package lstm.cli;

import org.jspecify.annotations.NullMarked;
