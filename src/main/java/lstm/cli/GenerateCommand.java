package lstm.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code lstm generate}: what {@code make install} puts into share. */
@Command(
        versionProvider = Version.class,
        hidden = true,
        description = "Writes the completion scripts and man pages into a directory, as they stand below PREFIX/share.")
final class GenerateCommand extends BaseCommand {

    @Parameters(paramLabel = "DIRECTORY", description = "The directory, which is made where it is missing.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path directory;

    GenerateCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec root = Lstm.commandLine(console).getCommandSpec();
        List<CommandSpec> commands = new ArrayList<>(Syntax.commands(root));
        commands.add(root);
        write("bash-completion/completions/lstm", BashCompletion.script(root));
        write("zsh/site-functions/_lstm", ZshCompletion.script(root));
        for (CommandSpec command : commands) {
            write("man/man1/" + ManPage.name(command) + ".1", ManPage.of(command));
        }
        return Lstm.DONE;
    }

    private void write(String name, String text) {
        PageFile.replace(directory.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
