package lstm.cli;

import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lstm.inspect.Feature;
import lstm.inspect.RegexFeature;
import lstm.inspect.TextFeature;
import picocli.CommandLine.TypeConversionException;

/** Features as people name them: by a word, or by a regular expression between slashes. */
final class FeatureName implements Iterable<String> {

    /** The feature of a name, for picocli. */
    static Feature feature(String name) {
        if (name.length() > 2 && name.startsWith("/") && name.endsWith("/")) {
            try {
                return new RegexFeature(name.substring(1, name.length() - 1));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
        return Stream.of(TextFeature.values())
                .filter(feature -> feature.label().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + words().collect(Collectors.joining(", ")) + ", or /REGEX/, found '" + name + "'"));
    }

    private static Stream<String> words() {
        return Stream.of(TextFeature.values()).map(TextFeature::label);
    }

    /** The words, for picocli to complete. */
    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }
}
