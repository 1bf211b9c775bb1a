"""``qabot ask``: one question, or a file of them, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option, theme_option, threshold_option

if TYPE_CHECKING:  # loaded when used: a usage error shouldn't wait for it
    from qabot.cli.ask_one import Form
    from qabot.terminal.console import Color
    from qabot.terminal.theme import ThemeName


@click.command(short_help="Ask one question, or a file of questions.")
@click.argument("words", nargs=-1, metavar="QUESTION [PATH]...", shell_complete=complete_paths)
@click.option(
    "--questions",
    metavar="FILE",
    shell_complete=complete_paths,
    help="Ask every line of FILE (text, or JSONL with question and id); all else is PATHs.",
)
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, metavar="N", help="Answers shown.")
@click.option("--context", "around", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Sentences around.")
@click.option("--each", is_flag=True, help="Ask every document alone, and show their answers as a table.")
@click.option("--why", is_flag=True, help="Show what the answer was found and judged by.")
@click.option("--open", "opened", is_flag=True, help="Open the best answer's file in $VISUAL or $EDITOR, at its line.")
@click.option("--format", "form", type=click.Choice(("text", "json", "markdown")), help="How it is printed (text).")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json: one object on one line.")
@click.option("--literal", is_flag=True, help="Take the question as it is written: mend no slip of the hand.")
@threshold_option
@color_option
@theme_option
@quiet_option
@click.pass_obj
def ask(
    context: Context,
    words: tuple[str, ...],
    questions: str | None,
    top: int,
    around: int,
    each: bool,
    why: bool,
    opened: bool,
    form: Form | None,
    as_json: bool,
    literal: bool,
    threshold: float | None,
    color: Color,
    theme: ThemeName | None,
    quiet: bool,
) -> ExitCode:
    """Ask QUESTION of the PATHs: files, folders, or - for standard input.

    Without PATH: of $QABOT_DOCS (files and folders, parted as in $PATH; never standard input), else of the documents that are
    configured (see qabot config), else of the article that comes with qabot. Put -- before a question that begins with a dash.

    Exit status: 0 answered, 1 not found, 2 usage or input, 130 interrupted.
    """
    context.quiet, context.color = quiet, color
    if as_json and form not in {None, "json"}:
        raise click.UsageError(f"--json and --format {form} contradict each other; leave one out")
    form = "json" if as_json else form
    if questions is not None:
        if each or why or opened or form not in {None, "json"}:
            raise click.UsageError("--questions prints JSON Lines; leave out --each, --why, --open and other formats")
        from qabot.cli.ask_file import ask_file

        settings = context.settle(threshold=threshold, theme=theme)
        return ask_file(context, questions, words, top, settings, literal=literal)
    if each and (why or opened):
        raise click.UsageError("--why and --open are about one answer; leave out --each")
    if not words:
        raise click.UsageError('there is no question; write it in quotes: qabot ask "Who ...?" notes.txt')
    question, *paths = words
    check_stdin_once(paths)
    from qabot.cli.ask_one import AskOne

    settings = context.settle(threshold=threshold, theme=theme)
    one = AskOne(context, settings, form or "text", top=top, around=around, literal=literal)
    return one.each(question, paths) if each else one.ask(question, paths, why=why, opened=opened)


def check_stdin_once(paths: list[str]) -> None:
    """Raises click.UsageError when ``paths`` name standard input twice."""
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read only once")
