"""Tables on the terminal: the documents that are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from qabot.records import Document, Passage
from qabot.terminal.safe import one_line


def documents_list(documents: Sequence[Document], passages: Sequence[Passage]) -> RenderableType:
    """What is loaded: number and path of each document, its title, and how many passages it was cut into."""
    counts = Counter(passage.document.id for passage in passages)
    lines: list[RenderableType] = []
    for number, document in enumerate(documents, start=1):
        path = "standard input" if document.path == "-" else one_line(document.path)
        size = f"{counts[document.id]:,} passage{'s' if counts[document.id] != 1 else ''}"
        lines.append(Text.assemble(f"{number}. ", (path, "qabot.source"), overflow="fold"))
        lines.append(Text.assemble(f"   {one_line(document.title)}  ", (size, "qabot.faint")))
    return Group(*lines)
