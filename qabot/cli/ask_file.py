"""``qabot ask --questions``: a file of questions in, a line of JSON for each out."""

from __future__ import annotations

import time

from qabot.answering import Bot
from qabot.cli.ask import check_stdin_once
from qabot.cli.config import Settings
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.question_lines import QuestionLine, read_question_lines
from qabot.cli.reply_json import error_object, reply_object
from qabot.errors import QabotError, QuestionSetError
from qabot.ingest.places import spelled


def ask_file(context: Context, file: str, paths: tuple[str, ...], top: int, settings: Settings, *, literal: bool) -> ExitCode:
    """Ask every line of ``file`` ("-": standard input); one that can't be asked gives an error object and exit status 2."""
    check_stdin_once([file, *paths])
    lines = list(read_question_lines(file, context.binary_stdin()))
    if not lines:
        raise QuestionSetError(spelled(file), None, "has no questions; write one a line")
    sources, failed = context.read(paths, settings)
    bot = context.bot_for(sources.documents, threshold=settings.threshold)
    for line in lines:
        problem = line.error or _ask_line(context, bot, line, top, literal=literal)
        if problem:
            failed = True
            context.error(f"{file}:{line.number}: {problem}")
            context.write_json(error_object(line.number, problem))
    return ExitCode.USAGE if failed else ExitCode.OK


def _ask_line(context: Context, bot: Bot, line: QuestionLine, top: int, *, literal: bool) -> str | None:
    """Print the reply to one line; what is wrong with it, if it can't be asked."""
    began = time.perf_counter()
    try:
        reply = bot.ask(line.question, literal=literal)
    except QabotError as error:
        return str(error)
    elapsed_ms = 1000 * (time.perf_counter() - began)
    context.write_json(reply_object(reply, id=line.id, top=top, elapsed_ms=elapsed_ms))
    return None
