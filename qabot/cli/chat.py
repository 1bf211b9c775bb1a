"""``qabot chat``: questions and answers in a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qabot.cli.config import Settings
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option, theme_option, threshold_option

if TYPE_CHECKING:  # loaded when used: the prompt shouldn't wait for it
    from qabot.cli.behind import Behind
    from qabot.terminal.console import Color
    from qabot.terminal.dialogue import Dialogue
    from qabot.terminal.repl import ReadLine
    from qabot.terminal.theme import ThemeName


@click.command(short_help="Chat about documents (what qabot does without a command).")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_paths)
@click.option("--json", "as_json", is_flag=True, help="A dialogue by pipe: a question a line, one JSON object a line.")
@click.option("--vi-mode/--emacs-mode", default=None, help="The line editor's keys (emacs).")
@threshold_option
@color_option
@theme_option
@quiet_option
@click.pass_obj
def chat(
    context: Context,
    paths: tuple[str, ...] = (),
    as_json: bool = False,
    vi_mode: bool | None = None,
    threshold: float | None = None,
    color: Color = "auto",
    theme: ThemeName | None = None,
    quiet: bool = False,
) -> ExitCode:
    """Chat about PATHs: files and folders.

    Without PATH: about $QABOT_DOCS (files and folders, parted as in $PATH; never standard input), else the documents that are
    configured (see qabot config), else the article that comes with qabot.

    With --json an empty line begins a new dialogue, and the exit status is 2 when a line couldn't be asked or a PATH not be read.
    """
    context.quiet, context.color = quiet, color
    if "-" in paths:
        raise click.UsageError("a chat reads its questions from standard input; name the documents as files or folders")
    settings = context.settle(threshold=threshold, theme=theme, vi_mode=vi_mode)
    if as_json:
        from qabot.cli.piped_dialogue import serve

        return serve(context, paths, settings)
    from qabot.cli.behind import Behind
    from qabot.cli.outside import outside_of
    from qabot.terminal.dialogue import Dialogue
    from qabot.terminal.loading import LoadingError
    from qabot.terminal.repl import Repl

    behind = Behind(context, context.asked(paths, settings).paths, settings.threshold)
    interactive = context.stdin.isatty() and context.stdout.isatty()
    editor = interactive and color != "never"  # the line editor can't do without escapes
    dialogue = Dialogue(behind.loading, behind.build)
    if not interactive:
        behind.wait()
    console = context.console()
    outside = outside_of(context, settings, interactive=interactive, escapes=editor)
    read_line = _read_line(context, dialogue, behind, settings, interactive=interactive, editor=editor)
    try:
        Repl(dialogue, console, read_line, outside, asked=behind.names(), interactive=interactive, editor=editor).run()
    except LoadingError:
        behind.settle()
        raise click.exceptions.Exit(ExitCode.USAGE) from None  # settle has said why
    return ExitCode.OK


def _read_line(
    context: Context, dialogue: Dialogue, behind: Behind, settings: Settings, *, interactive: bool, editor: bool
) -> ReadLine:
    """What reads a line: the line editor, a plain prompt on a terminal that is to receive no escapes, or the pipe itself."""
    if not editor:
        from qabot.terminal.repl import prompted

        return behind.before(prompted(context.read_line, context.console())) if interactive else context.read_line
    from platformdirs import user_state_path

    from qabot.cli.home import qabots_own
    from qabot.terminal.history import open_history
    from qabot.terminal.line_editor import line_editor

    history, doubt = open_history(qabots_own(user_state_path))
    if doubt:
        context.warn(doubt)
    vi_mode = bool(settings.values["vi_mode"])
    return line_editor(history, context.warn, dialogue, loading=behind.loading, settle=behind.settle, vi_mode=vi_mode)
