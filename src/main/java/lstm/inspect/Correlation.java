package lstm.inspect;

/**
 * How a unit goes with a feature.
 *
 * @param layer from 0
 * @param unit from 0
 * @param coefficient Pearson's correlation, from -1 to 1; of a feature that is there or not, the same is called point-biserial
 * @param atZero the unit's value that fits best where the feature is 0: where it is 0 or 1, the mean there
 * @param slope by how much more for each unit of the feature: where it is 0 or 1, the difference of the means
 */
public record Correlation(int layer, int unit, double coefficient, double atZero, double slope) {

    /** The unit's value that fits best (least squares) where the feature has a value: of a binary one the mean. */
    public double at(double feature) {
        return atZero + slope * feature;
    }
}
