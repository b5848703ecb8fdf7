package lstm.score;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The lines of a stream that surprise a model most: as many as are asked for are kept, and no more. */
public final class WorstLines {

    private record Place(ScoredLine line, long place) {}

    private static final Comparator<Place> WORST_FIRST =
            Comparator.comparingDouble((Place p) -> -p.line.bitsPerCharacter()).thenComparingLong(Place::place);

    private final PriorityQueue<Place> kept = new PriorityQueue<>(WORST_FIRST.reversed());
    private final long most;
    private long count;

    /** For so many lines; {@link Long#MAX_VALUE} keeps them all. */
    public WorstLines(long most) {
        this.most = most;
    }

    /** Keeps a line, unless it surprises less than those that are kept. */
    public void add(ScoredLine line) {
        kept.add(new Place(line, count++));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** The lines, those with the most bits per character first; where these are equal, in the order that they came in. */
    public List<ScoredLine> lines() {
        return kept.stream().sorted(WORST_FIRST).map(Place::line).toList();
    }
}
