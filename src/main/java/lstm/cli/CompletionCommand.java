package lstm.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code lstm completion}: what a shell needs to complete command lines. */
@Command(
        versionProvider = Version.class,
        description = {
            "Prints a script that completes command lines at Tab, in bash or zsh.",
            "make install has put it where shells look for it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(lstm completion bash)  completes in this shell; in ~/.bashrc, in every one",
            "  source <(lstm completion zsh)   the same in zsh; in ~/.zshrc it stands below compinit"
        })
final class CompletionCommand extends BaseCommand {

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Shell shell;

    private enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        CommandSpec root = Lstm.commandLine(console).getCommandSpec();
        console.out().print(shell == Shell.BASH ? BashCompletion.script(root) : ZshCompletion.script(root));
        return Lstm.DONE;
    }
}
