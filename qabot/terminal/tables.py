"""Tables on the terminal: the documents that are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.ingest.places import spelled
from qabot.records import Document, Passage
from qabot.terminal.indented import Indented
from qabot.terminal.safe import one_line


def settings_table(file: str, there: bool, rows: Sequence[tuple[str, str, str]]) -> RenderableType:
    """The settings that hold: name, value and where each comes from; above them, whether there is a ``file`` at all."""
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("setting", no_wrap=True)
    table.add_column("value", overflow="fold")
    table.add_column("from", overflow="fold", style="qabot.faint")
    for name, value, place in rows:
        table.add_row(Text(name), Text(one_line(value)), Text(one_line(place)))
    head = Text.assemble((one_line(file), "qabot.source"), "" if there else " (there is none yet)", overflow="fold")
    return Group(head, "", table)


def documents_list(documents: Sequence[Document], passages: Sequence[Passage]) -> RenderableType:
    """What is loaded: number and path of each document, its title, and how many passages it was cut into."""
    counts = Counter(passage.document.id for passage in passages)
    lines: list[RenderableType] = []
    by = len(f"{len(documents)}. ")
    for number, document in enumerate(documents, start=1):
        path = one_line(spelled(document.path))
        size = f"{counts[document.id]:,} passage{'s' if counts[document.id] != 1 else ''}"
        lines.append(Indented(Text(path, style="qabot.source", overflow="fold"), by, f"{number}. "))
        lines.append(Indented(Text.assemble(f"{one_line(document.title)}  ", (size, "qabot.faint")), by))
    return Group(*lines)
