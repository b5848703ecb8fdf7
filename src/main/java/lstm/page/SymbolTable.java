package lstm.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lstm.text.Symbols;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/**
 * A vocabulary and how often each symbol stands in a corpus; the names are those in the template.
 *
 * @param runs whose vocabulary it is
 * @param note how many symbols there are, and which are shown
 * @param counted whether the symbols were counted
 * @param symbols those that come most often first
 */
record SymbolTable(String runs, String note, boolean counted, List<Symbol> symbols) {

    /** A symbol; the width of its bar is a share of the most frequent one's. */
    record Symbol(
            String text, String code, String name, int number, long count, String shown, String share, String width) {}

    private static final int MOST = 3_000;

    /** Of a vocabulary, with the counts of a corpus by its symbols, where these are the vocabulary's. */
    static SymbolTable of(String runs, Vocabulary vocabulary, Unit counted, Map<Integer, Long> ofCorpus) {
        Map<Integer, Long> counts = vocabulary.unit() == counted ? ofCorpus : Map.of();
        long total = counts.values().stream().mapToLong(count -> count).sum();
        long most = counts.values().stream().mapToLong(count -> count).max().orElse(0);
        List<Symbol> symbols = new ArrayList<>();
        for (int token = 0; token < vocabulary.size(); token++) {
            int symbol = vocabulary.codePoint(token);
            symbols.add(symbol(vocabulary.unit(), symbol, counts.getOrDefault(symbol, 0L), total, most));
        }
        symbols.sort(Comparator.comparingLong((Symbol symbol) -> -symbol.count()));
        String without = ofCorpus.isEmpty()
                ? "; with --corpus their frequencies are counted"
                : "; the corpus was read, and counted, in " + counted.label();
        long unknown = counts.keySet().stream()
                .filter(symbol -> vocabulary.token(symbol) < 0)
                .count();
        String note = vocabulary.unit().count(symbols.size())
                + (total == 0 ? without : String.format(Locale.ROOT, ", counted in %,d of the corpus", total))
                + (unknown == 0 ? "" : String.format(Locale.ROOT, "; the corpus has %,d others", unknown))
                + (symbols.size() > MOST ? String.format(Locale.ROOT, "; the first %,d are shown", MOST) : "")
                + ".";
        return new SymbolTable(runs, note, total > 0, symbols.subList(0, Math.min(MOST, symbols.size())));
    }

    private static Symbol symbol(Unit unit, int symbol, long count, long total, long most) {
        boolean isByte = unit == Unit.BYTE;
        String name = isByte && symbol >= 0x80 ? "" : Symbols.unicodeName(symbol);
        return new Symbol(
                isByte && symbol >= 0x80 ? "" : symbol == ' ' ? "\u2423" : Symbols.inLine(symbol),
                String.format(isByte ? "0x%02X" : "U+%04X", symbol),
                name,
                symbol,
                count,
                String.format(Locale.ROOT, "%,d", count),
                total == 0 ? "" : String.format(Locale.ROOT, "%.3f%%", 100.0 * count / total),
                most == 0 ? "0" : String.format(Locale.ROOT, "%.2f", 100.0 * count / most));
    }
}
