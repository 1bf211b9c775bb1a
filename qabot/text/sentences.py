"""Sentence spans of a block of prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from qabot.records import Span
from qabot.text.abbreviations import BEFORE_CAPITALS, goes_on

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

# A "sentence" beyond this is no sentence (a table pasted as one line, a minified file): it is cut at white space,
# so that everything behind it handles pieces of a bounded size. All lengths are code points.
_LONGEST_SENTENCE = 1_200
# The splitter is given no more than this at once; real paragraphs are far shorter.
_LONGEST_BLOCK = 50_000


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a block of prose, in order, trimmed of white space at both ends.

    Together they hold every code point of ``text`` that isn't white space.
    """
    if not text:
        return []
    spans: list[Span] = []
    for piece in _bounded(text, Span(0, len(text)), _LONGEST_BLOCK):
        found = _splitter().tokenize_with_spans(piece.of(text))
        cut = (trim(text, piece.start + start, piece.start + end) for _, (start, end) in found)
        for sentence in _joined(text, (one for one in cut if one is not None)):
            spans.extend(_bounded(text, sentence, _LONGEST_SENTENCE))
    return spans


@cache
def _splitter() -> PunktSentenceTokenizer:
    from nupunkt.models import load_default_model  # here: loading takes time, and not every run of the program cuts sentences

    splitter = load_default_model()  # ours alone, unlike what `nupunkt.load` gives
    known = splitter.parameters.abbrev_types
    known -= {learnt for learnt in known if len(learnt) > 1 and "." not in learnt}
    known |= BEFORE_CAPITALS
    return splitter


def _joined(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    """``pieces``, put together again where the splitter took an abbreviation's point for the end of a sentence."""
    before: Span | None = None
    for piece in pieces:
        if before is not None and _goes_on(text, before, piece):
            before = Span(before.start, piece.end)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _goes_on(text: str, before: Span, piece: Span) -> bool:
    first = text[piece.start]
    if first == "&" or goes_on(text, before.start, before.end):
        return True
    # Who begins sentences with capitals begins none with a small letter; who never does is understood as well.
    return first.islower() and not text[before.start].islower()


def trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at either end; None when nothing else is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


def _bounded(text: str, span: Span, longest: int) -> list[Span]:
    """``span`` trimmed, cut at white space (where there is none: anywhere) into pieces of at most ``longest``."""
    pieces: list[Span] = []
    start = span.start
    while start < span.end:
        end = min(span.end, start + longest)
        if end < span.end:
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            end = space + 1 if space > start else end
        piece = trim(text, start, end)
        if piece is not None:
            pieces.append(piece)
        start = end
    return pieces
