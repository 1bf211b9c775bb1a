"""The source of a citation as numbered rows, its words lit: what ``/view`` pages."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from qabot.records import Span
from qabot.terminal.dialogue import Citation
from qabot.terminal.safe import printable

_LIT = "qabot.span"
_GUTTER = 8  # columns: a line's number and two spaces
_AROUND = 100  # lines of a source behind the answer, and before it where the pager can begin further down
_ABOVE = 5  # rows that stand above the answer when the pager opens
_FARTHEST = 20_000  # characters, should its lines be long


def source_rows(citation: Citation, console: Console, *, styled: bool, jumps: bool) -> tuple[list[Text], int]:
    """The lines around what ``citation`` names, numbered, wrapped beside their numbers, its words lit; and the number of the row
    to begin with, which leaves a few above the answer.

    Without style the words are marked >>so<<. What can't jump to a row gets no more lines before the answer than stand above it.
    """
    rows: list[Text] = []
    answer: int | None = None
    for number, line in _lines(citation, _AROUND if jumps else _ABOVE, styled=styled):
        for piece, words in enumerate(line.wrap(console, max(1, console.width - _GUTTER)) or [Text()]):
            if answer is None and any(span.style == _LIT for span in words.spans):
                answer = len(rows)
            label = f"{number:6}  " if piece == 0 else " " * _GUTTER
            rows.append(Text.assemble((label, "qabot.faint"), words))
    return rows, max(0, (answer or 0) - _ABOVE) + 1


def _lines(citation: Citation, before: int, *, styled: bool) -> list[tuple[int, Text]]:
    """The source lines around an answer, each with its number in the file."""
    document, first = citation.answers[0].document, citation.answers[0].location.line
    lit = sorted(answer.span for answer in citation.answers)
    raw = document.text.replace("\r\n", " \n")  # of the same length: offsets stay true
    at = max(0, lit[0].start - _FARTHEST)
    at = max(at, _start_of_line(raw, lit[0].start, before))
    end = min(len(raw), lit[-1].end + _FARTHEST, _end_of_line(raw, lit[-1].end, _AROUND))
    number = first - raw.count("\n", at, citation.answers[0].span.start)
    lines = []
    for line in raw[at:end].split("\n"):
        lines.append((number, _lit(line, at, lit, styled)))
        at += len(line) + 1
        number += 1
    return lines


def _lit(line: str, start: int, lit: Sequence[Span], styled: bool) -> Text:
    text = Text()
    end, at = start + len(line), start
    for span in lit:
        if span.start < end and start < span.end:
            begin, stop = max(span.start, at), min(span.end, end)
            words = printable(line[begin - start : stop - start])
            text.append(printable(line[at - start : begin - start]))
            text.append(words if styled else f">>{words}<<", style=_LIT)
            at = stop
    return text.append(printable(line[at - start :]))


def _start_of_line(text: str, at: int, back: int) -> int:
    for _ in range(back + 1):
        at = text.rfind("\n", 0, at)
        if at < 0:
            return 0
    return at + 1


def _end_of_line(text: str, at: int, on: int) -> int:
    at -= 1
    for _ in range(on + 1):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at
