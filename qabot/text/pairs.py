"""Pairs of marks in Markdown: a sentence that begins or ends with emphasis is quoted with both marks or none."""

from __future__ import annotations

import re

from qabot.records import Document, Span

_EVEN = [re.compile(rf"{sign}{sign}|{sign}") for sign in (r"\*", "_", "`", "~")]  # a double sign is one mark
_TARGET = r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)|\]\[[^\]\n]*\]|\]"
_BEFORE = re.compile(r"[*_`~!\[]+\Z")
_BEHIND = re.compile(rf"(?:[*_`~]|{_TARGET})+")
_LINK_END = re.compile(_TARGET)
_LINE_MARKS = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+", re.MULTILINE)  # a list's, which are no halves of anything
_FARTHEST = 20  # code points before a sentence in which its marks are looked for


def whole(document: Document, span: Span) -> Span:
    """``span`` with the marks directly beside it where those inside it lack them as their other half.

    >>> document = Document("d", "", "**Note:** see `x`.", "", (), (Span(7, 9), Span(14, 15), Span(16, 17)))
    >>> whole(document, Span(2, 18)).of(document.text)
    '**Note:** see `x`.'
    """
    inside = _marks(document, span)
    if _paired(inside):
        return span
    before = _BEFORE.search(document.text, max(0, span.start - _FARTHEST), span.start)
    behind = _BEHIND.match(document.text, span.end)
    left, right = before.group() if before else "", behind.group() if behind else ""
    wider = [(left, ""), ("", right), (left, right)]
    added = next((one for one in wider if _paired(one[0] + inside + one[1])), ("", ""))
    return Span(span.start - len(added[0]), span.end + len(added[1]))


def _marks(document: Document, span: Span) -> str:
    """The hidden marks inside ``span``, without those that begin a line of a list."""
    text = document.text
    return "".join(_LINE_MARKS.sub("", f"{_line_before(text, mark)}{mark.of(text)} ") for mark in document.marks(span))


def _line_before(text: str, mark: Span) -> str:
    """A word in the place of what stands before ``mark`` in its line, if anything does."""
    at = mark.start
    while at and text[at - 1] in " \t>":
        at -= 1
    return "" if at == 0 or text[at - 1] in "\r\n" else "word"


def _paired(marks: str) -> bool:
    marks = _LINK_END.sub("]", marks)
    found = [mark for sign in _EVEN for mark in sign.findall(marks)]
    return all(found.count(mark) % 2 == 0 for mark in set(found)) and marks.count("[") == marks.count("]")
