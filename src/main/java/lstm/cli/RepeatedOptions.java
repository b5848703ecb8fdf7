package lstm.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ParseResult.GroupMatch;
import picocli.CommandLine.ParseResult.GroupMatchContainer;

/**
 * Options of a group of which one is given a second time, as on top of an alias. For picocli the group then begins anew, and all that was
 * given before is forgotten; here the last of each option counts, as of those in no group.
 */
final class RepeatedOptions {

    private RepeatedOptions() {}

    /** Gives the options of a command, and of the one below it that was called, their values. */
    static void settle(ParseResult parsed) {
        for (ArgGroupSpec group : parsed.commandSpec().argGroups()) {
            parsed.findMatches(group).stream()
                    .map(GroupMatchContainer::matches)
                    .flatMap(List::stream)
                    .forEach(match -> settle(group, match));
        }
        parsed.subcommands().forEach(RepeatedOptions::settle);
    }

    private static void settle(ArgGroupSpec group, GroupMatch match) {
        for (ArgSpec option : group.args()) {
            List<Object> values = match.matchedValues(option);
            if (!values.isEmpty()) {
                option.setValue(values.get(values.size() - 1));
            }
        }
    }
}
