package lstm.repl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a session: a tree of passages. A text is the way from the root to a passage; every text that somebody begins grows
 * from the root, and every continuation from the passage that it goes on from, beside the others that do. Nothing is taken out.
 */
final class Branches {

    /** Who wrote a passage. */
    enum Author {
        PERSON,
        MODEL
    }

    /** A part of a text; no two are the same, whatever they say. */
    static final class Passage {

        private final @Nullable Passage before;
        private final Author author;
        private final int[] tokens;

        private Passage(@Nullable Passage before, Author author, int[] tokens) {
            this.before = before;
            this.author = author;
            this.tokens = tokens;
        }

        /** What it goes on from; null at the beginning of a text. */
        @Nullable
        Passage before() {
            return before;
        }

        Author author() {
            return author;
        }

        int[] tokens() {
            return tokens;
        }
    }

    /** In the order in which they came to be. */
    private final List<Passage> passages = new ArrayList<>();

    private @Nullable Passage here;

    /** Where the text stands: behind this passage; null is before any text. */
    @Nullable
    Passage here() {
        return here;
    }

    List<Passage> passages() {
        return Collections.unmodifiableList(passages);
    }

    /** Goes on from here; the text then stands behind what came. */
    Passage add(Author author, int[] tokens) {
        Passage added = new Passage(here, author, tokens);
        passages.add(added);
        here = added;
        return added;
    }

    void moveTo(@Nullable Passage passage) {
        here = passage;
    }

    /** The whole text up to here. */
    int[] text() {
        return text(here);
    }

    static int[] text(@Nullable Passage last) {
        List<int[]> parts = new ArrayList<>();
        for (Passage passage = last; passage != null; passage = passage.before) {
            parts.add(0, passage.tokens);
        }
        return parts.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** The same tree of other tokens. */
    Branches map(UnaryOperator<int[]> translation) {
        Branches mapped = new Branches();
        Map<Passage, Passage> images = new HashMap<>();
        for (Passage passage : passages) {
            mapped.moveTo(passage.before == null ? null : images.get(passage.before));
            images.put(passage, mapped.add(passage.author, translation.apply(passage.tokens)));
        }
        mapped.moveTo(here == null ? null : images.get(here));
        return mapped;
    }

    /** How many continuations of the model's a passage has. */
    long continuations(@Nullable Passage of) {
        return passages.stream()
                .filter(passage -> passage.before == of && passage.author == Author.MODEL)
                .count();
    }

    /** The passages that nothing goes on from, and the one that the text stands behind. */
    List<Passage> ends() {
        return passages.stream()
                .filter(end -> end == here || passages.stream().noneMatch(passage -> passage.before == end))
                .toList();
    }
}
