"""``qabot chat``: questions and answers in a dialogue."""

from __future__ import annotations

from functools import partial

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, quiet_option, threshold_option
from qabot.terminal.console import Color


@click.command(short_help="Chat about documents (what qabot does without a command).")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--json", "as_json", is_flag=True, help="A dialogue by pipe: a question a line, one JSON object a line.")
@threshold_option
@color_option
@quiet_option
@click.pass_obj
def chat(
    context: Context,
    paths: tuple[str, ...] = (),
    as_json: bool = False,
    threshold: float | None = None,
    color: Color = "auto",
    quiet: bool = False,
) -> ExitCode:
    """Chat about PATHs: files and folders.

    Without PATH: about $QABOT_DOCS (files and folders, parted as in $PATH; never standard input), else the article that comes
    with qabot.

    With --json an empty line begins a new dialogue, and the exit status is 2 when a line couldn't be asked or a PATH not be read.
    """
    from platformdirs import user_data_path, user_state_path

    from qabot.terminal.dialogue import Dialogue
    from qabot.terminal.history import open_history
    from qabot.terminal.line_editor import line_editor
    from qabot.terminal.outside import Outside
    from qabot.terminal.repl import Repl, prompted

    context.quiet, context.color = quiet, color
    if "-" in paths:
        raise click.UsageError("a chat reads its questions from standard input; name the documents as files or folders")
    if as_json:
        from qabot.cli.piped_dialogue import serve

        return serve(context, paths, threshold)
    sources, _failed = context.read(paths, announce=False)  # the greeting names what was read
    build = partial(context.bot_for, threshold=threshold)
    dialogue = Dialogue(build(sources.documents), build)
    console = context.console()
    interactive = context.stdin.isatty() and context.stdout.isatty()
    editor = interactive and color != "never"  # the line editor can't do without escapes
    if editor:
        history, doubt = open_history(user_state_path("qabot"))
        if doubt:
            context.warn(doubt)
        read_line = line_editor(history, context.warn, dialogue)
    else:
        read_line = prompted(context.read_line, console) if interactive else context.read_line
    outside = Outside(
        editor=context.environment.get("VISUAL") or context.environment.get("EDITOR"),
        pager=(context.environment.get("PAGER") or "less") if interactive else None,
        marks=user_data_path("qabot") / "questions.jsonl",
        escapes=editor and context.environment.get("TERM") != "dumb",
    )
    Repl(dialogue, console, read_line, outside, interactive=interactive, editor=editor).run()
    return ExitCode.OK
