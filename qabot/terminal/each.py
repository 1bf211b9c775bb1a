"""The same question to every document alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.answering import Bot
from qabot.ingest.places import telling_names
from qabot.records import Answer, Document, Reply
from qabot.terminal.render import percent, words_of
from qabot.terminal.safe import one_line

_SHORTEST_NAME = 12  # columns that a document's name has at least
Cite = Callable[[Sequence[Answer]], int]


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """What came of it: the ``reply`` of the documents together, and that of every ``document`` alone to what it was understood
    as.
    """

    reply: Reply
    alone: tuple[tuple[Document, Reply], ...]

    @property
    def asked(self) -> str:
        """The question as every document was asked it."""
        return self.reply.understood_as or self.reply.question


def ask_each(
    bot: Bot,
    build: Callable[[Sequence[Document]], Bot],
    question: str,
    *,
    threshold: float | None = None,
    literal: bool = False,
) -> Each:
    """Ask every document of ``bot`` through a Bot of its own, which ``build`` makes. Raises QuestionError as the Bot does."""
    reply = bot.ask(question, threshold=threshold, literal=literal)
    asked = reply.understood_as or reply.question
    # Taken literally: the documents together have told the slips of the hand.
    alone = ((one, build([one]).ask(asked, threshold=reply.threshold, literal=True)) for one in bot.documents)
    return Each(reply, tuple(alone))


def shown_of(reply: Reply) -> tuple[Answer, ...]:
    """What stands in a document's row: the items of a list, or the best answer; nothing where nothing was found."""
    return reply.listed or reply.answers[:1]


def names_of(each: Each) -> Mapping[str, str]:
    """What each document is called in its row, by its path."""
    return telling_names(document.path for document, _ in each.alone)


def each_table(each: Each, console: Console, cite: Cite | None = None) -> RenderableType:
    """A row for every document, with its answer or "not found"; ``cite`` gives the numbers of the citations.

    On a terminal a name that would take more than a third of the width loses its beginning, as a source line's path does.
    """
    room = max(_SHORTEST_NAME, console.width // 3) if console.is_terminal else None
    names = names_of(each)
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("document", overflow="fold", no_wrap=room is not None)
    table.add_column("answer", overflow="fold")
    table.add_column("sure", justify="right")
    table.add_column("line", justify="right")
    table.add_column("")
    for document, reply in each.alone:
        name = Text(_cut(one_line(names[document.path]), room), style="qabot.source")
        shown = shown_of(reply)
        if not shown:
            table.add_row(name, Text("not found", style="qabot.not_found"), "", "", "")
            continue
        words, best = ", ".join(map(words_of, shown)), shown[0]
        number = f"[{cite(shown)}]" if cite else ""
        table.add_row(name, Text(words), percent(best.confidence), str(best.location.line), number)
    return Group(table, *(Text(one_line(note), style="qabot.note") for note in each.reply.notes))


def _cut(name: str, room: int | None) -> str:
    return name if room is None or len(name) <= room else "…" + name[-(room - 1) :]
