/**
 * Pages to look at: one file each, which opens without a network and shows light or dark, on wide screens and narrow ones.
 *
 * <p>What a page says is HTML by the time it is written, from the templates among this package's resources, so that it can
 * be read where scripts are off; scripts add charts, tooltips, sorting. Texts, names and vocabularies may hold
 * anything, so {@link lstm.page.Markup} escapes every value of a template and {@link lstm.page.Page} the data of its scripts,
 * and should either fail, the page's policy still runs no script but those whose digests it names, and loads nothing.
 *
 * <p>The chart library comes from its WebJar on the class path and is put into a page as it is written, with its licence.
 */
@NullMarked
package lstm.page;

import org.jspecify.annotations.NullMarked;
