"""The chat's commands as data: completion, ``/help`` and dispatch all read this one table."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from qabot.errors import CommandError
from qabot.terminal import changing, marking, showing
from qabot.terminal.render import CONFIDENCE_WORDS, percent
from qabot.terminal.safe import one_line
from qabot.terminal.showing import SHOWN

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl

_NEAR = 0.65  # how alike a command must be to be suggested, of 1
_SOUGHT = ("help", "exit", "quit")
Takes = Literal["", "PATH", "FILE", "NAME", "N", "P", "QUESTION", "TEXT"]


@dataclass(frozen=True, slots=True)
class Command:
    """``run`` is handed the chat and what stands behind the command's name; None from it ends the chat.

    ``takes`` names what stands behind; it may be left out where ``optional``. ``others`` are names it goes by as well, untold.
    """

    name: str
    help: str
    run: Callable[[Repl, str], RenderableType | None]
    takes: Takes = ""
    optional: bool = False
    others: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """How the command is written."""
        return f"{self.name} [{self.takes}]" if self.optional else f"{self.name} {self.takes}".strip()


def _help(repl: Repl, _rest: str) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command in COMMANDS:
        table.add_row(Text(command.usage), command.help)
    words = [f"{word} from {percent(least)}" if least else word for least, word, _ in CONFIDENCE_WORDS]
    table.add_row("how sure it is", f"{', '.join(words[:-1])}, below that {words[-1]}")
    if repl.editor:
        table.add_row("Ctrl-R, ↑", "search and walk through earlier questions")
        table.add_row("Ctrl-X Ctrl-E", "write the question in $EDITOR")
    table.add_row("Ctrl-C", "clear the line, or give up on an answer")
    table.add_row("Ctrl-D", "leave")
    return table


def _literal(repl: Repl, rest: str) -> RenderableType:
    repl.answer(rest, literal=True)
    return SHOWN


def _quit(_repl: Repl, _rest: str) -> None:
    return None


COMMANDS: Sequence[Command] = (
    Command("/help", "show what can be typed here", _help, others=("/h", "/?")),
    Command("/docs", "list the documents that are asked", showing.docs),
    Command("/add", "ask a file or folder too, or read it anew", changing.add, "PATH"),
    Command("/drop", "ask a document no longer: its name, or its number in /docs", changing.drop, "NAME"),
    Command("/more", "show the next answers, also those under the threshold", showing.more),
    Command("/sources", "list the numbered citations so far", showing.sources),
    Command("/view", "read on in the source of citation N", showing.view, "N", optional=True),
    Command("/open", "open the source of citation N in $VISUAL or $EDITOR", showing.open_, "N", optional=True),
    Command("/copy", "copy the words of citation N", marking.copy, "N", optional=True),
    Command("/why", "show what the last answer was found and judged by", showing.why),
    Command("/each", "ask every document the same question", showing.each, "QUESTION"),
    Command("/context", "show N sentences around an answer", changing.context, "N", optional=True),
    Command("/top", "show N answers of a question", changing.top, "N", optional=True),
    Command("/threshold", "take for an answer what is at least so sure (0 to 1)", changing.threshold, "P", optional=True),
    Command("/literal", "ask a question just as it is written (or begin it with =)", _literal, "QUESTION"),
    Command("/new", "begin a new topic: forget what was asked before", changing.new),
    Command("/history", "list the questions of this dialogue", showing.history),
    Command("/save", "write the dialogue to a Markdown file", marking.save, "FILE"),
    Command("/good", "the last answer is right: keep it for qabot eval", marking.good),
    Command("/bad", "the last answer is wrong: keep that for qabot eval", marking.bad),
    Command("/gold", "this would have been right: keep it for qabot eval", marking.gold, "TEXT"),
    Command("/clear", "clear the screen", showing.clear),
    Command("/quit", "leave the chat", _quit, others=("/exit", "/q")),
)


def find(name: str) -> Command | None:
    """The command called ``name`` (with its slash, in any case), None when there is none."""
    return next((command for command in COMMANDS if name.lower() in {command.name, *command.others}), None)


def run(repl: Repl, line: str) -> RenderableType | None:
    """What the command in ``line`` gives. Raises CommandError when there is no such command, or it can't be done so."""
    name, _, rest = line.partition(" ")
    command, rest = find(name), rest.strip()
    if command is None:
        raise CommandError(unknown(name))
    if rest and not command.takes:
        raise CommandError(f"{command.name} takes nothing behind it")
    if command.takes and not rest and not command.optional:
        raise CommandError(f"something is missing; write {command.usage}")
    return command.run(repl, rest)


def unknown(name: str) -> str:
    """What to say to a command that doesn't exist: those that begin so, the nearest that does, or all."""
    names = [command.name for command in COMMANDS]
    begun = [one for one in names if one.startswith(name.lower()) and name != "/"]
    near = begun or [f"/{one}" for one in difflib.get_close_matches(name.lower()[1:], [one[1:] for one in names], 1, _NEAR)]
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(names)}."
    return f"No command {one_line(name)}. {hint}"


def without_slash(line: str) -> str | None:
    """What to say to a line that is a command's name alone, from who looks for the way out or for help; None to any other."""
    word = line.strip(" ?.!").lower()
    if word not in _SOUGHT:
        return None
    return f"commands begin with a slash: write /{word}, or ={word} to ask for the word"
