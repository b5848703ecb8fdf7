package lstm.live;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** The first lines of a text, wrapped between words where there are any. */
final class TextLines {

    private TextLines() {}

    /** At most so many lines of at most so many columns; lines without a character are left out. */
    static List<AttributedString> of(String text, int columns, int most) {
        List<AttributedString> lines = new ArrayList<>();
        for (String paragraph : text.replace('\t', ' ').split("\n", -1)) {
            String rest = paragraph.strip();
            while (!rest.isEmpty() && lines.size() < most) {
                int end = end(rest, columns);
                lines.add(new AttributedString(rest.substring(0, end).stripTrailing()));
                rest = rest.substring(end).stripLeading();
            }
        }
        return lines;
    }

    /** Where the first line of a paragraph ends. */
    private static int end(String text, int columns) {
        String fitting =
                new AttributedString(text).columnSubSequence(0, columns).toString();
        if (fitting.length() == text.length()) {
            return text.length();
        }
        // A character that is wider than all columns is shown all the same, or there would be no end.
        int most = Math.max(fitting.length(), Character.charCount(text.codePointAt(0)));
        if (text.charAt(most) == ' ') {
            return most;
        }
        int space = text.lastIndexOf(' ', most - 1);
        return space > most / 2 ? space : most;
    }
}
