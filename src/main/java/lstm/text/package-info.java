/**
 * From files to tokens and back: reading texts, the vocabulary, encoding and decoding.
 *
 * <p>A token stands for a Unicode code point or, in byte models, for a byte. Every text goes through one strict decoder,
 * block by block, once: standard input and pipes cannot be read twice. Nothing is changed on the way but a byte-order mark
 * at the start of a file, which is dropped. A file of a folder that is no text is left out and named, one in UTF-16 or
 * UTF-32 is told from UTF-8 and refused, and so is one that somebody writes over meanwhile ({@link lstm.text.SnapshotStream}).
 *
 * <p>A text that is too long for memory becomes a {@link lstm.text.TokenFile}, which is mapped: windows of a few streams are
 * read in a row, so that a training is as fast. The file is ours alone; a user's text is read and never mapped, for to a mapped
 * file that shrinks a process is lost.
 *
 * <p>A list is parted into its {@link lstm.text.Records}, which a {@link lstm.text.RecordList} puts into any order.
 *
 * <p>What a model has written is compared with a corpus here as well, in one pass over it: {@link lstm.text.LongestCopy},
 * {@link lstm.text.KnownGrams} and {@link lstm.text.KnownRecords}.
 */
@NullMarked
package lstm.text;

import org.jspecify.annotations.NullMarked;
