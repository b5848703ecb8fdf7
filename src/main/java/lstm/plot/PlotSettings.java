package lstm.plot;

/**
 * How courses are drawn.
 *
 * @param axis what the losses are drawn over
 * @param bits whether losses are in bits per character, not nats
 * @param width in pixels
 * @param height in pixels
 */
public record PlotSettings(HorizontalAxis axis, boolean bits, int width, int height) {

    /** Fits into a page of text. */
    public static final PlotSettings DEFAULT = new PlotSettings(HorizontalAxis.STEPS, false, 1000, 600);

    private static final int SMALLEST = 240;
    /** A picture has four bytes a pixel. */
    private static final int LARGEST = 10_000;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException where it is out of range
     */
    public PlotSettings {
        if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
            throw new IllegalArgumentException("expected a width and a height from " + SMALLEST + " to " + LARGEST
                    + " pixels, found " + width + " x " + height);
        }
    }
}
