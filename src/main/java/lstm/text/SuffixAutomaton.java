package lstm.text;

import java.util.Arrays;

/**
 * The smallest automaton that reads all substrings of a text (Blumer et al., 1985), of at most 2n states and 3n edges.
 *
 * <p>A state stands for the substrings that end at the same places in the text: suffixes of its longest one, down to a
 * length where they are found in more places, which are the business of the state that its suffix link leads to. Built
 * by adding the text's tokens one by one, in amortized constant time each, whatever the alphabet.
 */
final class SuffixAutomaton {

    /** The state of the empty string. */
    static final int ROOT = 0;

    private static final int NONE = -1;

    private final int[] lengths;
    private final int[] links;
    private int states = 1;
    private int last = ROOT;

    // Edges, those of a state in a list and all in a hash table by state and token.
    private final int[] firstEdges;
    private final int[] sources;
    private final int[] tokens;
    private final int[] targets;
    private final int[] nextEdges;
    private int edges;
    private final int[] table;

    /** The automaton of the empty text, with room for one of so many tokens. */
    SuffixAutomaton(int size) {
        int mostStates = Math.max(2, Math.multiplyExact(2, size));
        int mostEdges = Math.max(2, Math.multiplyExact(3, size));
        lengths = new int[mostStates];
        links = new int[mostStates];
        firstEdges = new int[mostStates];
        sources = new int[mostEdges];
        tokens = new int[mostEdges];
        targets = new int[mostEdges];
        nextEdges = new int[mostEdges];
        table = new int[2 * Integer.highestOneBit(Math.multiplyExact(2, mostEdges))];
        links[ROOT] = NONE;
        Arrays.fill(firstEdges, NONE);
        Arrays.fill(table, NONE);
    }

    /** How many states there are; they are numbered from 0. */
    int states() {
        return states;
    }

    /** The length of a state's longest substring. */
    int length(int state) {
        return lengths[state];
    }

    /** The state of the longest suffix of a state's substrings that is found in more places; -1 for the root. */
    int link(int state) {
        return links[state];
    }

    /** Where a token leads; -1 where no substring of the text goes on so. */
    int next(int state, int token) {
        int edge = edge(state, token);
        return edge == NONE ? NONE : targets[edge];
    }

    /** Adds a token; the state whose longest substring is the whole text so far. */
    int add(int token) {
        int whole = newState(lengths[last] + 1);
        int state = last;
        for (; state != NONE && next(state, token) == NONE; state = links[state]) {
            addEdge(state, token, whole);
        }
        links[whole] = state == NONE ? ROOT : suffix(state, token);
        last = whole;
        return whole;
    }

    /**
     * The state of what ends in this token and was there before: a part of another's substrings becomes a state of its
     * own.
     */
    private int suffix(int state, int token) {
        int there = next(state, token);
        if (lengths[there] == lengths[state] + 1) {
            return there;
        }
        int clone = newState(lengths[state] + 1);
        for (int edge = firstEdges[there]; edge != NONE; edge = nextEdges[edge]) {
            addEdge(clone, tokens[edge], targets[edge]);
        }
        links[clone] = links[there];
        links[there] = clone;
        for (int from = state; from != NONE && next(from, token) == there; from = links[from]) {
            targets[edge(from, token)] = clone;
        }
        return clone;
    }

    private int newState(int length) {
        lengths[states] = length;
        return states++;
    }

    private int edge(int state, int token) {
        return table[slot(state, token)];
    }

    private void addEdge(int state, int token, int target) {
        table[slot(state, token)] = edges;
        sources[edges] = state;
        tokens[edges] = token;
        targets[edges] = target;
        nextEdges[edges] = firstEdges[state];
        firstEdges[state] = edges++;
    }

    /** Where an edge is, or would be put: the first place from its hash on that is free or its own. */
    private int slot(int state, int token) {
        int mask = table.length - 1;
        int slot = (int) RollingHash.scattered((long) state << 32 | token) & mask;
        while (table[slot] != NONE && !(sources[table[slot]] == state && tokens[table[slot]] == token)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
