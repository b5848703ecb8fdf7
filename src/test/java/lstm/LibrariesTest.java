package lstm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The libraries that ship beside lstm: those that NOTICE lists, as their makers published them, under their licences. */
@EnabledIfSystemProperty(named = "lstm.libraries", matches = ".+", disabledReason = "Maven tells which they are")
class LibrariesTest {

    /** What makers call the licences that we may ship. */
    private static final Map<String, Set<String>> CALLED = Map.of(
            "Apache-2.0",
            Set.of(
                    "Apache-2.0",
                    "Apache 2",
                    "The Apache License, Version 2.0",
                    "The Apache Software License, version 2.0",
                    "The Apache Software License, Version 2.0"),
            "BSD-3-Clause",
            Set.of("BSD-3-Clause", "The BSD License", "The (New) BSD License", "Go License"),
            "MIT",
            Set.of("MIT"),
            "LGPL-3.0-or-later",
            Set.of("GNU Library or Lesser General Public License (LGPL)"));

    private static final Pattern LISTED = Pattern.compile("(?m)^(\\S+\\.jar) +(\\S+) +Copyright .+$");

    private final String notice = Files.readString(Path.of("NOTICE"));

    LibrariesTest() throws IOException {}

    @Test
    void noticeListsThemAndNoOther() {
        assertThat(licences().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        jars().map(jar -> jar.getFileName().toString()).toList());
    }

    /** The list is in the form of sha256sum; each file was first held against the hash that Maven Central has of it. */
    @Test
    void theyAreTheFilesOfWhichTheHashesAreKnown() throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        for (Path jar : jars().toList()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            hashes.put(jar.getFileName().toString(), HexFormat.of().formatHex(hash));
        }
        Map<String, String> known = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/lstm/libraries.sha256"))) {
            known.put(line.substring(66), line.substring(0, 64));
        }

        assertThat(hashes).containsExactlyInAnyOrderEntriesOf(known);
    }

    @Test
    void theirMakersDeclareTheLicencesThatNoticeTells() throws Exception {
        for (Path jar : jars().toList()) {
            String name = jar.getFileName().toString();
            String licence = requireNonNull(licences().get(name), name);
            Set<String> allowed = requireNonNull(CALLED.get(licence), licence);
            Path pom = jar.resolveSibling(name.replaceAll("\\.jar$", ".pom"));

            assertThat(declared(pom)).as(name).isNotEmpty().isSubsetOf(allowed);
        }
    }

    @Test
    void noticeHoldsTheTextOfEveryLicenceOrSaysWhereItIs() {
        for (String licence : Set.copyOf(licences().values())) {
            String heading =
                    licence.startsWith("LGPL") ? "General Public License, version 3: https" : "\n\n" + licence + "\n\n";
            assertThat(notice).contains(heading);
        }
    }

    @Test
    void theJarItselfCarriesBoth() throws IOException {
        assertThat(Path.of("target/classes/META-INF/NOTICE")).hasSameTextualContentAs(Path.of("NOTICE"));
        assertThat(Path.of("target/classes/META-INF/LICENSE")).hasSameTextualContentAs(Path.of("LICENSE"));
    }

    private static Stream<Path> jars() {
        return Stream.of(System.getProperty("lstm.libraries").split(File.pathSeparator))
                .map(Path::of);
    }

    /** The licence of each jar that NOTICE lists. */
    private Map<String, String> licences() {
        Map<String, String> licences = new TreeMap<>();
        Matcher line = LISTED.matcher(notice);
        while (line.find()) {
            licences.put(line.group(1), line.group(2));
        }
        return licences;
    }

    /** The names of the licences in a pom or, where it has none, in that of its parent. */
    private static List<String> declared(Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        Element licences = child(project, "licenses");
        if (licences != null) {
            return children(licences, "license")
                    .map(licence -> text(licence, "name"))
                    .toList();
        }
        Element parent = child(project, "parent");
        if (parent == null) {
            return List.of();
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        return declared(Path.of(
                        System.getProperty("lstm.repository"),
                        text(parent, "groupId").split("\\."))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom"));
    }

    private static String text(Element element, String name) {
        return requireNonNull(child(element, name), name).getTextContent().strip();
    }

    private static @Nullable Element child(Element element, String name) {
        return children(element, name).findFirst().orElse(null);
    }

    private static Stream<Element> children(Element element, String name) {
        return Stream.<@Nullable Node>iterate(element.getFirstChild(), node -> node != null, Node::getNextSibling)
                .filter(node -> node instanceof Element && name.equals(node.getNodeName()))
                .map(Element.class::cast);
    }
}
