"""A passage cut into pieces: what the answer covers, what the gold covers, what both do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qabot.records import Document, Span

_AROUND = 300  # code points shown on each side where a gold stands in no passage that was read

# What a browser would draw as nothing, or by which text could pretend to run the other way: shown as a dot, one for one.
_HIDDEN = dict.fromkeys(
    (
        *(*range(9), 11, 12, *range(14, 32), *range(127, 160)),
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    ),
    "·",
)
_HIDDEN |= dict.fromkeys(range(0xD800, 0xE000), "�")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and whose it is: ``answer``, ``gold``, ``both`` or nobody's (empty)."""

    text: str
    lit: str


def lit(document: Document, within: Span, answer: Span | None, golds: Sequence[Span]) -> list[Piece]:
    """The text of ``within``, in order and complete, parted where ``answer`` or one of ``golds`` begins or ends.

    All spans are in document coordinates; what lies outside ``within`` isn't shown.
    """
    spans = [span for span in ([answer] if answer else []) + list(golds) if span.overlaps(within)]
    edges = {within.start, within.end} | {edge for span in spans for edge in (span.start, span.end)}
    inside = sorted(edge for edge in edges if within.start <= edge <= within.end)
    pieces = []
    for start, end in pairwise(inside):
        piece = Span(start, end)
        by_answer = answer is not None and piece.within(answer)
        by_gold = any(piece.within(gold) for gold in golds)
        pieces.append(Piece(visible(piece.of(document.text)), _class(by_answer, by_gold)))
    return pieces


def around(document: Document, span: Span) -> Span:
    """``span`` with some of what stands beside it."""
    return Span(max(0, span.start - _AROUND), min(len(document.text), span.end + _AROUND))


def visible(text: str) -> str:
    """``text``, of the same length, with a dot for every control character but tabs and line ends."""
    return text.translate(_HIDDEN)


def _class(answer: bool, gold: bool) -> str:
    return "both" if answer and gold else "answer" if answer else "gold" if gold else ""
