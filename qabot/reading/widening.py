"""One item of an enumeration -> all of it, where the reader likes the whole almost as well as the one.

A reader that was trained to give one span often gives the first item of several ("Explosives" of "Explosives, live animals and
chemical waste"), with the whole close behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qabot.reading.decoding import Decoded
from qabot.reading.edges import answer_span
from qabot.reading.items import enumerated
from qabot.reading.windows import Window
from qabot.records import Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PREFERRED = 1.0  # logits by which an enumeration may lie behind a single thing where several are asked for
LONGEST_ENUMERATION = 60  # tokens


class Enumeration(NamedTuple):
    """A span that names several things, as it is shown and at token edges, with its margin."""

    span: Span
    tokens: Span
    margin: float


def around(
    start: NDArray[np.float32], end: NDArray[np.float32], window: Window, passage: Passage, part: Decoded
) -> Enumeration | None:
    """The enumeration that ``part`` is, or is an item of: in its sentence, its margin no further behind than :data:`PREFERRED`;
    None without.

    ``start`` and ``end``: logits [tokens] of ``window``. Of several the one whose items begin with the same word ("to ..., to
    ..."), else the one with the highest margin among ``part`` itself and those that have it as a whole item: others are clauses
    that go on behind it.
    """
    document = passage.document
    item = answer_span(document, _tokens(window, part.first, part.last), passage.span)
    found: Enumeration | None = None
    for tokens, margin in _containing(start, end, window, part):
        span = answer_span(document, tokens, passage.span)
        items = enumerated(document.text, span)
        if items and _begin_alike(document.text, items):
            return Enumeration(span, tokens, margin)
        if found is None and items and (span == item or any(_same_but_for_an_article(document.text, item, one) for one in items)):
            found = Enumeration(span, tokens, margin)
    return found


def _containing(
    start: NDArray[np.float32], end: NDArray[np.float32], window: Window, part: Decoded
) -> Iterator[tuple[Span, float]]:
    """The spans around ``part`` that lie no further behind, with their margins, best first; ``part`` is one."""
    here = window.sentences[part.first]
    firsts = [token for token in range(part.first + 1) if window.sentences[token] == here]
    lasts = [token for token in range(part.last, len(window.spans)) if window.sentences[token] == here]
    scored = sorted(
        (part.null - float(start[window.first + one]) - float(end[window.first + other]), one, other)
        for one in firsts
        for other in lasts
        if other - one < LONGEST_ENUMERATION
    )
    for behind, one, other in scored:
        if -behind < part.margin - PREFERRED:
            break
        yield _tokens(window, one, other), -behind


def _tokens(window: Window, first: int, last: int) -> Span:
    return Span(window.spans[first].start, window.spans[last].end)


def _begin_alike(text: str, items: Sequence[Span]) -> bool:
    return len({item.of(text).split()[0].casefold() for item in items}) == 1


def _same_but_for_an_article(text: str, part: Span, item: Span) -> bool:
    return part.within(item) and len(item.of(text).split()) <= len(part.of(text).split()) + 1
