"""The chat's commands as data: completion, ``/help`` and dispatch all read this one table."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from qabot.terminal.safe import one_line
from qabot.terminal.tables import documents_list

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl


SHOWN = Text()  # what a command gives that has shown all there is itself


@dataclass(frozen=True, slots=True)
class Command:
    """``run`` is handed the chat and what stands behind the command's name; None from it ends the chat."""

    name: str
    help: str
    run: Callable[[Repl, str], RenderableType | None]


def _help(repl: Repl, _rest: str) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command in COMMANDS:
        table.add_row(command.name, command.help)
    if repl.editor:
        table.add_row("Ctrl-R, ↑", "search and walk through earlier questions")
    table.add_row("Ctrl-C", "clear the line, or give up on an answer")
    table.add_row("Ctrl-D", "leave")
    return table


def _docs(repl: Repl, _rest: str) -> RenderableType:
    return documents_list(repl.bot.documents, repl.bot.passages)


def _literal(repl: Repl, rest: str) -> RenderableType:
    if not rest.strip():
        return Text("Write the question behind it: /literal Where was it held?", style="qabot.not_found")
    repl.answer(rest, literal=True)
    return SHOWN


def _new(repl: Repl, _rest: str) -> RenderableType:
    repl.conversation.forget()
    return Text("A new topic: the next question stands alone.", style="qabot.faint")


def _quit(_repl: Repl, _rest: str) -> None:
    return None


COMMANDS: Sequence[Command] = (
    Command("/help", "show what can be typed here", _help),
    Command("/docs", "list the documents that are asked", _docs),
    Command("/literal", "ask a question just as it is written (or begin it with =)", _literal),
    Command("/new", "begin a new topic: forget what was asked before", _new),
    Command("/quit", "leave the chat", _quit),
)


def find(name: str) -> Command | None:
    """The command called ``name`` (with its slash, in any case), None when there is none."""
    return next((command for command in COMMANDS if command.name == name.lower()), None)


def unknown(name: str) -> Text:
    """What to say to a command that doesn't exist: the nearest that does, or all."""
    names = [command.name for command in COMMANDS]
    near = difflib.get_close_matches(name.lower(), names, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names)}."
    return Text(f"No command {one_line(name)}. {hint}", style="qabot.not_found")
