"""Words of documents as they are shown: without markup, lit by offset, and each block on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from qabot.records import Document, Span
from qabot.terminal.safe import one_line

_MARK_LEFT, _MARK_RIGHT = ">>", "<<"
_LIT = "qabot.span"
# What stands before the words of a Markdown list's item: its mark (the number is told), a task's box, marks of emphasis.
_ITEM = re.compile(r"(?:[ \t>]*(?:[-*+]|(?P<number>\d{1,9}[.)]))[ \t]+)+(?:\[[ xX]\][ \t]+)?[*_`~!\[(<]*")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
Shown = tuple[str, str | None]  # a character and its style


def lit_text(document: Document, around: Span, lit: Iterable[Span], faint: Iterable[Span], styled: bool) -> Text:
    """The words of ``around`` with the spans of ``lit`` lit and those of ``faint`` faintly marked; without style >>lit<< is
    marked so. Where they are of several blocks, each begins a line, and bars part the cells of tables.
    """
    text = Text()
    for style, run in groupby(_laid_out(document, around, lit, faint), key=lambda shown: shown[1]):
        words = "".join(char for char, _ in run)
        if style == _LIT and not styled:
            text.append(f"{_MARK_LEFT}{words}{_MARK_RIGHT}")
        else:
            text.append(words, style=style)
    return text


def _laid_out(document: Document, around: Span, lit: Iterable[Span], faint: Iterable[Span]) -> list[Shown]:
    visible, offsets = document.visible(around)
    blocks = _blocks(document, around)
    starts = iter(blocks if len(blocks) > 1 else ())
    bars = _bars(document, around) if len(blocks) > 1 else {}
    following = next(starts, None)
    shown: list[Shown] = []
    for char, offset, style in zip(one_line(visible), offsets, _styles(offsets, lit, faint), strict=True):
        if following is not None and offset >= following.start:
            _end_word(shown)
            lead = _bullet(document.text, following) if _begins(document, following, around) else ""
            shown += [(sign, None) for sign in ("\n" if shown else "") + lead]
            following = next(starts, None)
        if char == " " and offset in bars and any(block.start <= offset < block.end for block in blocks):
            _end_word(shown)
            shown += [(sign, None) for sign in " |" * bars[offset] + " "]
        elif char != " " or (shown and not shown[-1][0].isspace()):  # wrapped lines and indents are one space to a reader
            shown.append((char, style))
    return shown


def _end_word(shown: list[Shown]) -> None:
    while shown and shown[-1][0].isspace():
        shown.pop()


def _blocks(document: Document, around: Span) -> list[Span]:
    """The blocks that share a code point with ``around``."""
    sections = (one for one in document.sections if around.overlaps(Span(one.blocks[0].start, one.blocks[-1].end)))
    return [block for section in sections for block in section.blocks if block.overlaps(around)]


def _begins(document: Document, block: Span, around: Span) -> bool:
    """Whether the first word of ``block`` is in ``around``."""
    return around.start <= block.start or not document.visible(Span(block.start, around.start))[0].strip()


def _bullet(text: str, block: Span) -> str:
    """What a list's item is shown with; in plain text its mark is a part of the block, and nothing is added."""
    line = max(text.rfind("\n", 0, block.start), text.rfind("\r", 0, block.start)) + 1
    item = _ITEM.fullmatch(text, line, block.start)
    return f"{item['number'] or '•'} " if item else ""


def _bars(document: Document, around: Span) -> Mapping[int, int]:
    """Where markup has the bars of a table's row, and how many: between them are cells without words."""
    counts = {mark.start: _LINK_TARGET.sub("", mark.of(document.text)).count("|") for mark in document.marks(around)}
    return {start: count for start, count in counts.items() if count}


def _styles(offsets: Sequence[int], lit: Iterable[Span], faint: Iterable[Span]) -> Iterator[str | None]:
    bright, marked = ({offset for span in spans for offset in range(span.start, span.end)} for spans in (lit, faint))
    for offset in offsets:
        yield _LIT if offset in bright else "qabot.question_word" if offset in marked else None
