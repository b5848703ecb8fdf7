package lstm.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The library that draws charts: uPlot, from its WebJar, whose version the jar itself tells. */
final class ChartLibrary {

    private static final String PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final String VERSION = version();
    private static final String FOLDER = "/META-INF/resources/webjars/uplot/" + VERSION + "/";

    static final String SCRIPT = FOLDER + "dist/uPlot.iife.min.js";
    static final String STYLE = FOLDER + "dist/uPlot.min.css";

    private ChartLibrary() {}

    private static String version() {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Resources.text(PROPERTIES)));
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name() {
        return "uPlot " + VERSION;
    }

    /** Its text, which has to go with every copy. */
    static String licence() {
        return Resources.text(FOLDER + "LICENSE");
    }
}
