"""``qabot completion``: what makes a shell complete qabot's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode

VARIABLE = "_QABOT_COMPLETE"  # what click's script sets when the shell asks it to complete
_SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print what completes qabot's commands and options in a shell.")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_obj
def completion(context: Context, shell: str) -> ExitCode:
    r"""Print the completion script for SHELL.

    \b
    bash   qabot completion bash > ~/.local/share/bash-completion/completions/qabot
    zsh    qabot completion zsh > a file _qabot in a folder of $fpath
    fish   qabot completion fish > ~/.config/fish/completions/qabot.fish

    Or, in ~/.bashrc and ~/.zshrc:  eval "$(qabot completion bash)"  with the name of the shell.
    """
    from qabot.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows these three
    click.echo(kind(cli, {}, "qabot", VARIABLE).source(), file=context.stdout)
    return ExitCode.OK
