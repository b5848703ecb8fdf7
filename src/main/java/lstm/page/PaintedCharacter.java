package lstm.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lstm.score.ScoredCharacter;
import lstm.score.ScoredLine;
import lstm.score.Surprise;

/**
 * A character of a text that is painted by its surprise; the names are those in the template.
 *
 * @param text the character
 * @param level its class in the style sheet; empty where it is not painted
 * @param tip what the bubble says of it
 */
record PaintedCharacter(String text, String level, String tip) {

    /** Those of a line; its end is one where it surprises. */
    static List<PaintedCharacter> of(ScoredLine line) {
        List<PaintedCharacter> characters = new ArrayList<>();
        for (ScoredCharacter character : line.characters()) {
            characters.add(of(Character.toString(character.codePoint()), character.bits()));
        }
        if (line.isCut()) {
            characters.add(new PaintedCharacter(ScoredLine.CUT, "", "the line goes on"));
        }
        if (Surprise.of(line.endBits()) != Surprise.EXPECTED) {
            characters.add(of(ScoredLine.END, line.endBits()));
        }
        return characters;
    }

    private static PaintedCharacter of(String text, double bits) {
        Surprise surprise = Surprise.of(bits);
        return new PaintedCharacter(
                text,
                surprise == Surprise.EXPECTED ? "" : surprise.name().toLowerCase(Locale.ROOT),
                surprise == Surprise.UNKNOWN
                        ? "never seen"
                        : String.format(Locale.ROOT, "%.2f bits, %.3g%%", bits, 100 * Math.pow(2, -bits)));
    }
}
