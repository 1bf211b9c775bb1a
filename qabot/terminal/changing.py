"""The chat's commands that change what is asked and how answers are shown."""

from __future__ import annotations

import difflib
import os
from math import isnan
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from qabot.errors import CommandError
from qabot.ingest.places import display_name
from qabot.ingest.reading import read_sources
from qabot.records import Document
from qabot.terminal.safe import one_line

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl

_MOST = 100


def add(repl: Repl, path: str) -> RenderableType:
    """Ask the file or folder at ``path`` too; a file that changed since it was read is read anew."""
    loaded = {os.path.realpath(document.path): document for document in repl.dialogue.bot.documents}
    sources = read_sources([os.path.expanduser(unquoted(path))])  # noqa: PTH111 - the path stays as it was written
    fatal = [problem for problem in sources.problems if problem.fatal]
    if fatal:
        raise CommandError(str(fatal[0]))
    read = {os.path.realpath(document.path): document for document in sources.documents}
    fresh = {place: document for place, document in read.items() if place not in loaded}
    changed = {place: document for place, document in read.items() if place in loaded and loaded[place].text != document.text}
    warnings = [f"{one_line(str(problem))}\n" for problem in sources.problems]
    if not fresh and not changed:
        return _note("".join(warnings) + "All of it is asked already, and unchanged.")
    repl.dialogue.use([*({**loaded, **changed}.values()), *fresh.values()])
    said = [f"Added {_names(list(fresh.values()))}"] if fresh else []
    said += [f"Read anew {_names(list(changed.values()))}"] if changed else []
    return _note("".join(warnings) + f"{'. '.join(said)} ({len(repl.dialogue.bot.passages):,} passages now)")


def drop(repl: Repl, named: str) -> RenderableType:
    """Ask a document no longer: ``named`` is its path, its file name, or its number in /docs."""
    documents = repl.dialogue.bot.documents
    dropped = _named(documents, unquoted(named))
    if len(documents) == 1:
        raise CommandError("it is the only document; /add another one first")
    repl.dialogue.use([document for document in documents if document is not dropped])
    return _note(f"Dropped {one_line(dropped.path)} ({len(repl.dialogue.bot.passages):,} passages now)")


def top(repl: Repl, rest: str) -> RenderableType:
    """Show so many answers of a question from now on."""
    if rest:
        repl.dialogue.top = _whole(rest, 1)
    return _note(f"Answers shown of a question: {repl.dialogue.top}")


def context(repl: Repl, rest: str) -> RenderableType:
    """Show so many sentences around an answer from now on."""
    if rest:
        repl.dialogue.context = _whole(rest, 0)
    return _note(f"Sentences shown around an answer: {repl.dialogue.context}")


def threshold(repl: Repl, rest: str) -> RenderableType:
    """Take for an answer what is so sure from now on."""
    if rest:
        try:
            value = float(rest)
        except ValueError:
            value = float("nan")
        if isnan(value) or not 0 <= value <= 1:
            raise CommandError(f"{rest} is not a number from 0 to 1")
        repl.dialogue.threshold = value
    return _note(f"Confidence from which on something is an answer: {repl.dialogue.threshold:.2f}")


def new(repl: Repl, _rest: str) -> RenderableType:
    """Begin a new topic."""
    repl.dialogue.conversation.forget()
    return _note("A new topic: the next question stands alone.")


def _named(documents: tuple[Document, ...], name: str) -> Document:
    exact = [document for document in documents if document.path == name]
    found = exact or [document for document in documents if display_name(document.path) == name]
    if len(found) > 1:
        raise CommandError(f"{len(found)} documents are called {name}; write the number that /docs shows")
    if found:
        return found[0]
    if name.isascii() and name.isdigit() and len(name) < 9 and 1 <= int(name) <= len(documents):
        return documents[int(name) - 1]
    names = [display_name(document.path) for document in documents]
    near = difflib.get_close_matches(name, names, n=1)
    raise CommandError(f"no document is called {name}; " + (f"did you mean {near[0]}?" if near else "/docs lists them"))


def _whole(written: str, low: int) -> int:
    if written.isascii() and written.isdigit() and len(written) < 9 and low <= int(written) <= _MOST:
        return int(written)
    raise CommandError(f"{written} is not a whole number from {low} to {_MOST}")


def unquoted(path: str) -> str:
    """A path as it was meant: shells' quotes around it are habit.

    >>> unquoted("'my notes.txt'")
    'my notes.txt'
    """
    return path[1:-1] if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"" else path


def _names(documents: list[Document]) -> str:
    names = ", ".join(one_line(document.path) for document in documents[:3])
    return names + (f" and {len(documents) - 3:,} more" if len(documents) > 3 else "")


def _note(text: str) -> Text:
    return Text(text, style="qabot.faint")
