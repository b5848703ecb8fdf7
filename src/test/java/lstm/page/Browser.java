package lstm.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that opens pages from files, and tells of errors and of every request. Tests are skipped where there is none. */
final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Kept, or its level would be lost: Selenium warns that it has no classes for this version's protocol, which are not used. */
    private static final Logger LOG = Logger.getLogger("org.openqa.selenium.devtools");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one with an empty profile in a folder. */
    static Browser start(Path profile) {
        Optional<Path> browser =
                BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
        Optional<Path> service = onPath("chromedriver");
        assumeTrue(
                browser.isPresent() && service.isPresent(),
                "no Chromium with its driver is installed (Debian: chromium and chromium-driver)");
        LOG.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile, "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService driverService = new ChromeDriverService.Builder()
                .usingDriverExecutable(service.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(driverService, options));
    }

    private static Optional<Path> onPath(String name) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/bin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page on a screen of this width, in "light" or "dark". */
    void open(Path page, int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        logs(LogType.PERFORMANCE); // those of the page before
        driver.get(page.toUri().toString());
        if (Boolean.TRUE.equals(script("return document.documentElement.hasAttribute('data-theme')"))) {
            script("localStorage.clear()"); // what a test before has chosen
            driver.navigate().refresh();
        }
    }

    /** Nothing went wrong since it was opened, nothing was forbidden, and nothing but the page itself was asked for. */
    void requireClean(Path page) {
        assertThat(logs(LogType.BROWSER)).isEmpty();
        List<String> requests = new ArrayList<>();
        for (String entry : logs(LogType.PERFORMANCE)) {
            if (entry.contains("\"Network.requestWillBeSent\"")) {
                requests.add(entry.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"));
            }
        }
        assertThat(requests)
                .isNotEmpty()
                .allMatch(url -> url.startsWith("file:")
                        && url.endsWith(page.getFileName().toString()));
    }

    private List<String> logs(String type) {
        return driver.manage().logs().get(type).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Nullable
    Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** The page is no wider than the screen. */
    void requireNoSidewaysScroll() {
        assertThat(script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    void click(String selector) {
        WebElement element = find(selector);
        script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    Actions actions() {
        return new Actions(driver);
    }

    /** A colour as it is drawn, its parts from 0 to 255. */
    double[] colour(String selector, String property) {
        String text = String.valueOf(script(
                "const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});"
                        + "c.fillStyle = getComputedStyle(document.querySelector(arguments[0]))[arguments[1]];"
                        + "c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).join()",
                selector,
                property));
        return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines define it. */
    static double contrast(double[] one, double[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    static double luminance(double[] colour) {
        double[] linear = Arrays.stream(colour)
                .map(part -> part / 255)
                .map(part -> part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    /** Leaves a picture among the build's files, to be looked at. */
    void photograph(String name) throws IOException {
        Object height = requireNonNull(script("return Math.min(6000, document.documentElement.scrollHeight)"));
        Object width = requireNonNull(script("return innerWidth"));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Path folder = Files.createDirectories(Path.of("target/screenshots"));
        Files.write(folder.resolve(name.toLowerCase(Locale.ROOT) + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
