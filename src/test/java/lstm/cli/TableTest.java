package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lstm.cli.Table.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static Table table() {
        Table table = new Table(List.of(
                new Column("name", false, 0), new Column("n", true, Table.EXTRA), new Column("model", false, 1)));
        table.add(List.of("a-very-long-name.t", "9", "lstm 2 x 256"));
        table.add(List.of("b", "10", ""));
        return table;
    }

    @Test
    void wordsStandAtTheLeftAndNumbersAtTheRight() {
        assertThat(table().lines(Table.UNLIMITED))
                .containsExactly(
                        "name                 n  model",
                        "a-very-long-name.t   9  lstm 2 x 256",
                        "b                   10");
    }

    @Test
    void extraColumnsGoThenWordsAreCutThenOtherColumnsGo() {
        assertThat(table().lines(36)).isEqualTo(table().lines(Table.UNLIMITED));
        assertThat(table().lines(35))
                .containsExactly("name                model", "a-very-long-name.t  lstm 2 x 256", "b");
        assertThat(table().lines(31))
                .containsExactly("name               model", "a-very-long-name…  lstm 2 x 256", "b");
        assertThat(table().lines(28)).hasSize(3).contains("a-very-long-n…  lstm 2 x 256");
        assertThat(table().lines(27)).containsExactly("name", "a-very-long-name.t", "b");
        assertThat(table().lines(16)).containsExactly("name", "a-very-long-nam…", "b");
        assertThat(table().lines(3)).containsExactly("name", "a-very-long-n…", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"名前.txt", "日本", "@|red x|@", "@|bold"})
    void whatFollowsStandsInOneColumnBehindCharactersOfAnyWidth(String name) {
        Table table = new Table(List.of(new Column("", false, 0), new Column("", false, 0)));
        table.add(List.of(name, "x"));
        table.add(List.of("0123456789ab", "x"));

        int wide = (int) name.codePoints().filter(Character::isIdeographic).count();
        assertThat(table.lines(Table.UNLIMITED).get(1))
                .startsWith(name)
                .endsWith("x")
                .hasSize(15 - wide);
        assertThat(table.lines(13).get(1)).startsWith(name.substring(0, name.offsetByCodePoints(0, 1)));
    }

    @Test
    void aRowThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> table().add(List.of("a"))).hasMessageContaining("1 cells for 3 columns");
    }
}
