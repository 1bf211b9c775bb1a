"""``qabot ask``: one question, or a file of them, in one go."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, quiet_option, threshold_option
from qabot.errors import QabotError

if TYPE_CHECKING:  # loaded when used: a usage error shouldn't wait for it
    from qabot.answering import Bot
    from qabot.cli.question_lines import QuestionLine
    from qabot.terminal.console import Color


@click.command(short_help="Ask one question, or a file of questions.")
@click.argument("words", nargs=-1, metavar="QUESTION [PATH]...")
@click.option(
    "--questions", metavar="FILE", help="Ask every line of FILE (text, or JSONL with question and id); all else is PATHs."
)
@click.option("--top", type=click.IntRange(1), default=3, show_default=True, metavar="N", help="Answers shown.")
@click.option("--context", "around", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Sentences around.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
@click.option("--literal", is_flag=True, help="Take the question as it is written: mend no slip of the hand.")
@threshold_option
@color_option
@quiet_option
@click.pass_obj
def ask(
    context: Context,
    words: tuple[str, ...],
    questions: str | None,
    top: int,
    around: int,
    as_json: bool,
    literal: bool,
    threshold: float | None,
    color: Color,
    quiet: bool,
) -> ExitCode:
    """Ask QUESTION of the PATHs: files, folders, or - for standard input.

    Without PATH: of $QABOT_DOCS (files and folders, parted as in $PATH; never standard input), else of the article that comes
    with qabot. Put -- before a question that begins with a dash.

    Exit status: 0 answered, 1 not found, 2 usage or input, 130 interrupted.
    """
    context.quiet, context.color = quiet, color
    if questions is not None:
        return _ask_file(context, questions, words, top, threshold, literal=literal)
    if not words:
        raise click.UsageError('there is no question; write it in quotes: qabot ask "Who ...?" notes.txt')
    question, *paths = words
    _check_stdin_once(paths)
    from qabot.terminal.render import render_reply

    sources, failed = context.read(paths)
    bot = context.bot_for(sources.documents, threshold=threshold)
    began = time.perf_counter()
    reply = bot.ask(question, literal=literal)
    elapsed_ms = 1000 * (time.perf_counter() - began)
    if as_json:
        from qabot.cli.reply_json import reply_object

        context.write_json(reply_object(reply, id=None, top=top, elapsed_ms=elapsed_ms))
    else:
        console = context.console()
        # A path that is too long for a pipe's supposed width must stay whole.
        console.print(render_reply(reply, bot, console, top=top, context=around), crop=False)
    if failed:
        return ExitCode.USAGE
    return ExitCode.OK if reply.answers else ExitCode.NOT_FOUND


def _ask_file(
    context: Context, file: str, paths: tuple[str, ...], top: int, threshold: float | None, *, literal: bool
) -> ExitCode:
    from qabot.cli.question_lines import read_question_lines
    from qabot.cli.reply_json import error_object

    _check_stdin_once([file, *paths])
    lines = list(read_question_lines(file, context.binary_stdin()))
    sources, failed = context.read(paths)
    bot = context.bot_for(sources.documents, threshold=threshold)
    for line in lines:
        problem = line.error or _ask_line(context, bot, line, top, literal=literal)
        if problem:
            failed = True
            context.error(f"{file}:{line.number}: {problem}")
            context.write_json(error_object(line.number, problem))
    return ExitCode.USAGE if failed else ExitCode.OK


def _ask_line(context: Context, bot: Bot, line: QuestionLine, top: int, *, literal: bool) -> str | None:
    """Print the reply to one line; what is wrong with it, if it can't be asked."""
    from qabot.cli.reply_json import reply_object

    began = time.perf_counter()
    try:
        reply = bot.ask(line.question, literal=literal)
    except QabotError as error:
        return str(error)
    elapsed_ms = 1000 * (time.perf_counter() - began)
    context.write_json(reply_object(reply, id=line.id, top=top, elapsed_ms=elapsed_ms))
    return None


def _check_stdin_once(paths: list[str]) -> None:
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read only once")
