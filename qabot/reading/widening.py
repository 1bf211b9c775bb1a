"""One item of an enumeration -> all of it, where the reader likes the whole almost as well as the one.

A reader that was trained to give one span often gives the first item of several ("Explosives" of "Explosives, live animals and
chemical waste"), with the whole close behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qabot.reading.decoding import Decoded
from qabot.reading.edges import answer_span
from qabot.reading.items import enumerated
from qabot.reading.windows import Window
from qabot.records import Passage, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Logits by which an enumeration may lie behind a single thing where several are asked for; with 1.5 or more, list questions of
# the held-out articles get worse.
PREFERRED = 1.0
_LONGEST = 60  # tokens
_ARTICLES = {"the", "a", "an"}  # begin clauses as well as items
_MOST = 24  # spans around a part that are looked at: each has to be parted into items


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
    sentences = np.asarray(window.sentences)
    firsts = np.flatnonzero(sentences[: part.first + 1] == sentences[part.first])
    lasts = part.last + np.flatnonzero(sentences[part.last :] == sentences[part.first])
    margins = start[window.first + firsts].astype(np.float64)[:, None] + end[window.first + lasts].astype(np.float64) - part.null
    margins[lasts[None, :] - firsts[:, None] >= _LONGEST] = -np.inf
    for at in np.argsort(-margins, axis=None, kind="stable")[:_MOST]:
        row, column = divmod(int(at), len(lasts))
        margin = float(margins[row, column])
        if margin < part.margin - PREFERRED:
            break
        yield _tokens(window, int(firsts[row]), int(lasts[column])), margin


def _tokens(window: Window, first: int, last: int) -> Span:
    return Span(window.spans[first].start, window.spans[last].end)


def _begin_alike(text: str, items: Sequence[Span]) -> bool:
    first = {item.of(text).split()[0].casefold() for item in items}
    return len(first) == 1 and first.isdisjoint(_ARTICLES)


def _same_but_for_an_article(text: str, part: Span, item: Span) -> bool:
    return part.within(item) and len(item.of(text).split()) <= len(part.of(text).split()) + 1
