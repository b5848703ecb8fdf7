package lstm.text;

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
