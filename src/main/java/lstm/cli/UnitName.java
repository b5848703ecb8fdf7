package lstm.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lstm.model.ModelConfig;
import picocli.CommandLine.TypeConversionException;

/**
 * A unit as people write it, such as 2:201, both numbers counted from 1.
 *
 * @param layer from 0
 * @param unit from 0
 */
record UnitName(int layer, int unit) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    /** The unit of a name, for picocli. */
    static UnitName of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected LAYER:UNIT, such as 1:20, found '" + name + "'");
        }
        return new UnitName(Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)) - 1);
    }

    /** Whether a model has it. */
    boolean isIn(ModelConfig model) {
        return layer >= 0 && layer < model.layers() && unit >= 0 && unit < model.hidden();
    }

    @Override
    public String toString() {
        return (layer + 1) + ":" + (unit + 1);
    }
}
