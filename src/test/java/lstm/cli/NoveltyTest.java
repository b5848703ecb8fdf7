package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.text.Records;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lstm sample}: records that are new, and texts that copy nothing. */
class NoveltyTest {

    @TempDir
    private static Path folder;

    private static Path list;
    private static Path names;
    private static Path recipes;

    @BeforeAll
    static void train() throws IOException {
        list = Texts.write(folder.resolve("list.txt"), records("\n"));
        names = train(list, Records.LINE);
        recipes = train(Texts.write(folder.resolve("recipes.txt"), records("\n\n")), Records.BLANK_LINE);
    }

    /** Of two syllables and a number of one figure, two thirds of all that there are. */
    private static String records(String separator) {
        return IntStream.range(0, 250)
                .filter(i -> i % 3 > 0)
                .mapToObj(i -> List.of("ka", "lo", "mi", "nu", "pe").get(i % 5)
                        + List.of("ka", "lo", "mi", "nu", "pe").get(i / 5 % 5)
                        + (i / 25))
                .sorted()
                .collect(Collectors.joining(separator));
    }

    private static Path train(Path text, Records kind) {
        Path model = folder.resolve(kind.label() + ".safetensors");
        Run.train(
                text,
                "-o",
                model,
                "--records",
                kind,
                "--steps",
                500,
                "--lr",
                0.01,
                "--hidden",
                32,
                "--batch",
                16,
                "--seq-length",
                12);
        return model;
    }

    private static List<String> sample(Path model, Object... words) {
        Object[] all = new Object[words.length + 2];
        all[0] = "sample";
        all[1] = model;
        System.arraycopy(words, 0, all, 2, words.length);
        return Run.lstm(all).succeeded().out().lines().toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Records.class,
            names = {"LINE", "BLANK_LINE"})
    void aSampleOfAListIsWholeRecords(Records kind) {
        List<String> lines = sample(kind == Records.LINE ? names : recipes, "--count", 40, "--seed", 1, "--temp", 0.5);
        List<String> records = lines.stream().filter(line -> !line.isEmpty()).toList();
        assertThat(records).hasSizeGreaterThanOrEqualTo(38); // an empty one may be drawn
        assertThat(lines).hasSize(kind == Records.LINE ? 40 : 79);
        assertThat(records)
                .filteredOn(record -> record.matches("([a-z]{2}){2}\\d"))
                .hasSizeGreaterThan(20);
    }

    @Test
    void whatIsUniqueStandsThereOnceAndWhatIsNovelNotInTheList() {
        List<String> any = sample(names, "--count", 150, "--seed", 1, "--temp", 0.7);
        assertThat(any).anyMatch(records("\n").lines().toList()::contains);
        assertThat(any.stream().distinct().count()).isLessThan(150);

        List<String> unique = sample(names, "--count", 100, "--seed", 1, "--temp", 0.7, "--unique");
        assertThat(unique).hasSize(100).doesNotHaveDuplicates();
        List<String> both = sample(
                names, "--count", 100, "--seed", 1, "--temp", 1, "--unique", "--novel", "--corpus", list, "-p", "k");
        assertThat(both)
                .hasSize(100)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("k"))
                .doesNotContainAnyElementsOf(records("\n").lines().toList());
    }

    @Test
    void aBeamHoldsWhatIsNewToo() {
        List<String> known = records("\n").lines().toList();
        List<String> all = sample(names, "--beam", 30, "--count", 30);
        List<String> expected =
                all.stream().filter(name -> !known.contains(name)).toList();
        assertThat(expected).isNotEmpty().hasSizeLessThan(30);
        assertThat(sample(names, "--beam", 30, "--count", expected.size(), "--novel", "--corpus", list))
                .isEqualTo(expected);
        Run run = Run.lstm("sample", names, "--beam", 30, "--count", 30, "--novel", "--corpus", list);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(expected.size());
        assertThat(run.err()).contains("found " + expected.size() + " of 30 texts");
    }

    @Test
    void whereNothingIsNewAnyMoreItSaysSo() {
        Run run = Run.lstm("sample", names, "--count", 5, "--unique", "--temp", 0);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err())
                .isEqualToNormalizingNewlines("lstm: found 1 of 5 texts: the last 10000 were none that is"
                        + " new; a higher --temp may make more\n");
    }

    @Test
    void noRunOfTheCorpusIsLongerThanAllowed() {
        for (int most : new int[] {2, 3, 4}) {
            Run run = Run.lstm(
                            "sample",
                            names,
                            "--count",
                            20,
                            "--seed",
                            1,
                            "-n",
                            30,
                            "--max-copy",
                            most,
                            "--copies",
                            "--corpus",
                            list)
                    .succeeded();
            List<Integer> longest = run.err()
                    .lines()
                    .filter(line -> line.contains("longest run shared with the corpus: "))
                    .map(line -> Integer.parseInt(line.replaceFirst(".*corpus: (\\d+).*", "$1")))
                    .toList();
            assertThat(longest).hasSize(20).allMatch(length -> length < most);
        }
    }

    @Test
    void aRecordEndsWhateverItMustNotHold() {
        assertThat(sample(names, "--count", 20, "--seed", 1, "--chars", "a-z0-9", "--temp", 0.5))
                .allMatch(name -> name.length() < 20);
        assertThat(sample(names, "--count", 20, "--seed", 1, "--max-copy", 3, "--corpus", list, "--temp", 0.5))
                .anyMatch(name -> name.length() < 8);
    }

    @Test
    void theLongestCopyIsTold() {
        Run run = Run.lstm("sample", names, "--temp", 0, "-n", 4, "--copies", "--corpus", list)
                .succeeded();
        String text = run.out().strip();
        List<String> lines = records("\n").lines().toList();
        String longest = IntStream.range(0, 4)
                .boxed()
                .flatMap(from -> IntStream.rangeClosed(from, 4).mapToObj(to -> text.substring(from, to)))
                .filter(run4 -> lines.stream().anyMatch(line -> line.contains(run4)))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        assertThat(run.err())
                .startsWith("longest run shared with the corpus: " + longest.length() + ", " + list + ", line ");
        int line = Integer.parseInt(run.err().replaceFirst("(?s).*line (\\d+).*", "$1"));
        String told = run.err().replaceFirst("(?s).*\"(.*)\".*", "$1");
        assertThat(text).contains(told);
        assertThat(lines.get(line - 1)).contains(told);
    }

    @Test
    void whatAsksForTheCorpusSaysSo() {
        Run.lstm("sample", names, "--novel").failed(2, "--novel", "--corpus FILE");
        Run.lstm("sample", names, "--copies").failed(2, "--copies", "--corpus FILE");
        Run.lstm("sample", names, "--max-copy", 5).failed(2, "--max-copy", "--corpus FILE");
        Run.lstm("sample", names, "--max-copy", 0, "--corpus", list).failed(2, "--max-copy", "0");
        Run.lstm("sample", names, "--corpus", list).failed(2, "--corpus is for");
        Run.lstm("sample", names, "--novel", "--copies", "--corpus", "-").failed(2, "can be read once");
        Run.lstm("sample", names, "--novel", "--corpus", "-", "--prime-file", "-")
                .failed(2, "can be read once");
        Run late = Run.lstm("sample", names, "--copies", "--corpus", folder.resolve("none"));
        late.failed(1, "none", "no such file");
        assertThat(late.out()).isEmpty();
        Run.lstm("sample", names, "--temp", "0:2").failed(2, "needs a --length");
        Run.lstm("sample", names, "--novel", "--corpus", folder.resolve("none")).failed(1, "none", "no such file");
    }
}
