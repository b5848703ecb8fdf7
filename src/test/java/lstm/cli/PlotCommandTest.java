package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code lstm plot}: pictures that are looked into, pixel by pixel and line by line. */
class PlotCommandTest {

    private static final int BLUE = 0x0072b2;
    private static final int VERMILION = 0xd55e00;
    /** On the way from blue and vermilion to white. */
    private static final int FAINT_BLUE = 0x8cc0dc;

    private static final int FAINT_VERMILION = 0xecb68c;
    private static final int BASELINE = 0x666666;
    private static final int WHITE = 0xffffff;

    @TempDir
    private static Path folder;

    private static Path text;
    private static Path model;
    private static Path metrics;
    private static Path other;

    @BeforeAll
    static void train() {
        text = Texts.file(folder, "fox.txt", 2000);
        model = folder.resolve("fox.safetensors");
        metrics = folder.resolve("fox.jsonl");
        other = folder.resolve("vole.jsonl");
        Run.train(text, "-o", model, "--steps", 200, "--val-every", 20, "--metrics", metrics);
        Run.train(
                text,
                "-o",
                folder.resolve("vole.safetensors"),
                "--steps",
                300,
                "--val-every",
                30,
                "--lr",
                0.001,
                "--metrics",
                other);
    }

    private static BufferedImage png(Object... words) throws IOException {
        Path file = folder.resolve("plot.png");
        Run run = Run.lstm(joined(file, words)).succeeded();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("drew ").endsWith(" into " + file + "\n");
        return ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static Document svg(Object... words) throws Exception {
        Path file = folder.resolve("plot.svg");
        Run.lstm(joined(file, words)).succeeded();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // Its document type names a page of the web, which is not to be fetched.
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static Object[] joined(Path file, Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "plot";
        all[1] = "-o";
        all[2] = file;
        System.arraycopy(words, 0, all, 3, words.length);
        return all;
    }

    /** How many pixels have nearly this colour. */
    private static long pixels(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> isNear(image.getRGB(i % image.getWidth(), i / image.getWidth()), color))
                .count();
    }

    private static boolean isNear(int one, int other) {
        return IntStream.of(0, 8, 16)
                .allMatch(shift -> Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) <= 12);
    }

    /** How many columns of the picture have a pixel of nearly this colour. */
    private static long columns(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth())
                .filter(x -> IntStream.range(0, image.getHeight()).anyMatch(y -> isNear(image.getRGB(x, y), color)))
                .count();
    }

    @Test
    void aPngHasItsSizeAndTheCurvesOfEveryRun() throws IOException {
        BufferedImage image = png(metrics, other);

        assertThat(image.getWidth()).isEqualTo(1000);
        assertThat(image.getHeight()).isEqualTo(600);
        assertThat(pixels(image, WHITE)).isGreaterThan(400_000);
        // The first ends at two thirds of the width, the second at the edge.
        assertThat(columns(image, BLUE)).isBetween(400L, 750L);
        assertThat(columns(image, VERMILION)).isBetween(700L, 1000L);
        assertThat(pixels(image, FAINT_BLUE)).isGreaterThan(100);
        assertThat(pixels(image, FAINT_VERMILION)).isGreaterThan(100);
        assertThat(columns(image, BASELINE)).isLessThan(600);
    }

    @Test
    void aSingleStepIsADot() throws IOException {
        Path single = Texts.write(
                folder.resolve("single.jsonl"),
                "{\"step\":10,\"epoch\":1,\"chars\":100,\"elapsed_s\":1,\"chars_per_s\":100,\"train_loss\":2,"
                        + "\"val_loss\":null,\"lr\":0.01,\"grad_norm\":1}\n");

        // Beside the line in the legend.
        assertThat(pixels(png(single), BLUE))
                .isGreaterThan(pixels(png(metrics), BLUE) / 20)
                .isGreaterThan(50);
    }

    @Test
    void aCheckpointIsDrawnAsItsMetricsFileIs() throws IOException {
        assertThat(colors(png(model))).isEqualTo(colors(png(metrics)));
    }

    private static int[] colors(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void theBaselineIsALineFromEdgeToEdge() throws IOException {
        BufferedImage image = png(model, "--corpus", text);
        int row = IntStream.range(0, image.getHeight())
                .boxed()
                .max(Comparator.comparingLong(y -> greyIn(image, y)))
                .orElseThrow();
        assertThat(greyIn(image, row)).isGreaterThan(450);

        Path json = Texts.write(
                folder.resolve("fox.json"),
                Run.lstm("baseline", text, "--json").succeeded().out());
        BufferedImage same = png(model, "--baseline", json);
        assertThat(greyIn(same, row)).isEqualTo(greyIn(image, row));
    }

    private static long greyIn(BufferedImage image, int row) {
        return IntStream.range(0, image.getWidth())
                .filter(x -> (image.getRGB(x, row) & 0xff) < 0xb0)
                .count();
    }

    @Test
    void aLargerPngIsTheSameInMorePixels() throws IOException {
        BufferedImage small = png(metrics);
        BufferedImage large = png(metrics, "--size", "2000x1200");

        assertThat(large.getWidth()).isEqualTo(2000);
        assertThat(large.getHeight()).isEqualTo(1200);
        assertThat(pixels(large, BLUE) / (double) pixels(small, BLUE)).isBetween(3.0, 6.0);
        assertThat(png(metrics, "--size", "300x250").getHeight()).isEqualTo(250);
    }

    @Test
    void anSvgHasALineForEveryPieceOfACurveAndAMarkForEveryBest() throws Exception {
        Document one = svg(metrics);
        Document two = svg(metrics, other, "--corpus", text);

        assertThat(one.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(one.getDocumentElement().getAttribute("width")).isEqualTo("1000px");
        // Ten validations have nine pieces between them, and the legend has one.
        assertThat(drawn(one, "line", "rgb(0,114,178)")).isEqualTo(10);
        assertThat(drawn(one, "line", "rgb(213,94,0)")).isZero();
        assertThat(drawn(one, "ellipse", "rgb(0,114,178)")).isEqualTo(1);
        assertThat(drawn(two, "line", "rgb(0,114,178)")).isEqualTo(10);
        assertThat(drawn(two, "line", "rgb(213,94,0)")).isEqualTo(10);
        assertThat(drawn(two, "line", "rgb(102,102,102)")).isEqualTo(1);
        assertThat(drawn(two, "ellipse", "rgb(213,94,0)")).isEqualTo(1);
        // Letters are outlines, so that it looks the same where other fonts are.
        assertThat(one.getElementsByTagName("path").getLength()).isGreaterThan(10);
        assertThat(one.getElementsByTagName("text").getLength()).isZero();
    }

    private static long drawn(Document svg, String tag, String color) {
        NodeList elements = svg.getElementsByTagName(tag);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> (Element) elements.item(i))
                .filter(element -> element.getAttribute("style").contains(color))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "chars", "time", "epochs", "TIME"})
    void itIsDrawnOverAnyAxis(String axis) throws IOException {
        assertThat(columns(png(metrics, "--x", axis, "--bits"), BLUE)).isGreaterThan(500);
    }

    @Test
    void aTrainingWithoutValidationIsOneLine() throws IOException {
        Path file = folder.resolve("alone.jsonl");
        Run.train(text, "-o", folder.resolve("alone"), "--steps", 100, "--val", 0, "--metrics", file);
        BufferedImage image = png(file);

        assertThat(columns(image, BLUE)).isGreaterThan(500);
    }

    @Test
    void manyRunsAreAllDrawn() throws IOException {
        Object[] runs = IntStream.range(0, 16).mapToObj(i -> metrics).toArray();
        assertThat(png(runs).getWidth()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "plot.gif, ends with .png or .svg",
        "plot, ends with .png or .svg",
        "png, ends with .png or .svg",
    })
    void anotherEndingIsRefused(String name, String message) {
        Run.lstm("plot", metrics, "-o", folder.resolve(name)).failed(2, message, name);
        assertThat(folder.resolve(name)).doesNotExist();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        Path out = folder.resolve("none.png");
        Run.lstm("plot").failed(2, "RUN");
        Run.lstm("plot", metrics).failed(2, "--out");
        Run.lstm("plot", folder.resolve("missing"), "-o", out).failed(1, "cannot read", "missing", "no such file");
        Run.lstm("plot", text, "-o", out).failed(1, "fox.txt, line 1: it is not JSON", "--metrics");
        Run.lstm("plot", metrics, "-o", out, "--size", "big").failed(2, "--size such as 1000x600, found big");
        Run.lstm("plot", metrics, "-o", out, "--size", "10x10").failed(2, "240 to 10000", "10 x 10");
        Run.lstm("plot", metrics, "-o", out, "--x", "weeks").failed(2, "--x", "weeks");
        Run.lstm("plot", model, "-o", out, "--x", "time").failed(1, "no time in fox", "--metrics");
        Run.lstm("plot", metrics, "-o", out, "--corpus", text, "--baseline", text)
                .failed(2, "--corpus", "--baseline");
        Run.lstm("plot", metrics, "-o", out, "--baseline", text).failed(1, "fox.txt", "lstm baseline --json");
        Run.lstm("plot", metrics, "-o", out, "--baseline", folder.resolve("missing"))
                .failed(1, "cannot read", "missing");
        Run.lstm("plot", metrics, "-o", folder.resolve("folder.png").resolve("x.png"))
                .succeeded();
        Run.lstm("plot", metrics, "-o", folder.resolve("folder.png")).failed(1, "cannot write", "it is a directory");
        Path empty = Texts.write(folder.resolve("empty.jsonl"), "");
        Run.lstm("plot", empty, "-o", out).failed(1, "nothing to draw in empty");
        Path copy = Files.copy(metrics, folder.resolve("run.png"));
        Run.lstm("plot", copy, "-o", copy).failed(2, "--out would write over", "name another");
        assertThat(copy).hasSameTextualContentAs(metrics);
        assertThat(out).doesNotExist();
    }

    @Test
    void anotherTextThanThatOfTheTrainingIsToldOf() {
        Path strange = Texts.file(folder, "strange.txt", 700);
        Run run = Run.lstm("plot", model, "-o", folder.resolve("strange.png"), "--corpus", strange);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains(strange + " is not the text that " + model + " was trained on");
    }

    /** Fontconfig that is told of no fonts is as good as none; Java remembers fonts in the home folder. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whereThereAreNoFontsItSaysWhatToInstall() throws Exception {
        Path configuration = Texts.write(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
        Path home = Files.createDirectories(folder.resolve("home"));
        Path out = folder.resolve("fontless.png");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "plot",
                metrics.toString(),
                "-o",
                out.toString());
        builder.environment().putAll(Map.of("FONTCONFIG_FILE", configuration.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() != 0, "this Java brings fonts of its own");

        List<String> lines =
                err.lines().filter(line -> line.startsWith("lstm: ")).toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("finds no fonts", "install fontconfig", "apt install fontconfig fonts-dejavu-core");
        assertThat(err).doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }
}
