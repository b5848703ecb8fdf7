package lstm.text;

import java.util.Locale;

/** What a token stands for. */
public enum Unit {
    /** A Unicode code point of a text in UTF-8. */
    CHARACTER("characters"),
    /** A byte of anything. */
    BYTE("bytes");

    private final String label;

    Unit(String label) {
        this.label = label;
    }

    /** The name in checkpoints and messages, in the plural. */
    public String label() {
        return label;
    }

    /** So many of them, in words: "1 character", "1,234 bytes". */
    public String count(long number) {
        return String.format(
                Locale.ROOT, "%,d %s", number, number == 1 ? label.substring(0, label.length() - 1) : label);
    }

    /**
     * The unit of a label.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Unit fromLabel(String label) {
        for (Unit unit : values()) {
            if (unit.label.equals(label)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("unknown unit of text '" + label + "': expected characters or bytes");
    }

    /** One more than the largest symbol. */
    public int limit() {
        return this == BYTE ? 0x100 : Character.MAX_CODE_POINT + 1;
    }
}
