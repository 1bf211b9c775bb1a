"""``qabot chat --json``: a dialogue by pipe, a question a line in, one JSON object a line out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import click

from qabot.cli.config import Settings
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.reply_json import error_object, reply_object
from qabot.conversation import Conversation
from qabot.errors import QabotError

_TOP = 3  # answers in an object, as ``ask --json`` has them


def serve(context: Context, paths: Sequence[str], settings: Settings) -> ExitCode:
    """Answer each line of standard input as the next question of one dialogue, as it comes; a blank line begins a new dialogue.

    A line that can't be asked gives an error object and, at the end, exit status 2, as a path that can't be read does.
    Raises click.UsageError when standard input is a terminal: a person is better served by the chat itself.
    """
    if context.stdin.isatty():
        raise click.UsageError("--json reads a question a line from a pipe or a file, not from a terminal; leave it out to chat")
    sources, failed = context.read(paths, settings)
    conversation = Conversation(context.bot_for(sources.documents, threshold=settings.threshold))
    for number, line in enumerate(_lines(context), start=1):
        if not line.strip():
            conversation.forget()
            continue
        began = time.perf_counter()
        try:
            reply = conversation.ask(line.strip())
        except QabotError as error:
            failed = True
            context.error(f"line {number}: {error}")
            context.write_json(error_object(number, str(error)))
            continue
        elapsed_ms = 1000 * (time.perf_counter() - began)
        context.write_json(reply_object(reply, id=None, top=_TOP, elapsed_ms=elapsed_ms))
    return ExitCode.USAGE if failed else ExitCode.OK


def _lines(context: Context) -> Iterator[str]:
    """The lines of standard input, each as soon as it is there. Bytes that aren't UTF-8 become what no question may hold."""
    stream = context.binary_stdin()
    if stream is None:
        yield from iter(context.stdin.readline, "")
        return
    for number, line in enumerate(iter(stream.readline, b"")):
        yield line.decode("utf-8-sig" if number == 0 else "utf-8", errors="surrogateescape")
