"""A second look: the first candidates are read once more, each in its own sentence and the ones beside it alone.

A reader that is right tends to stay right when the rest of the passage is gone; one that was drawn to the likeliest words of a
long passage tends not to. The text is short, so the second look costs little beside the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from qabot.reading.network import Network
from qabot.reading.windows import Window, Windows
from qabot.records import Passage, Span

_SENTENCES_AROUND = 1


def reread(network: Network, windows: Windows, question: str, places: Sequence[tuple[Passage, Span]]) -> list[float | None]:
    """The margin of each of ``places`` (a passage and a span of it, at token edges) over the null score of what stands around it.

    None where the span can't be found again there (it was cut off).
    """
    keys = [(passage.document.id, surroundings(passage, span)) for passage, span in places]
    parts = {key: _part(passage, key[1]) for key, (passage, _) in zip(keys, places, strict=True)}
    number_of = {key: number for number, key in enumerate(parts)}
    rows = list(windows.of(question, list(parts.values())))
    if not rows:
        return [None] * len(places)
    starts, ends = network.run([row.ids for row in rows], [row.first for row in rows])
    margins: list[float | None] = []
    for key, (_, span) in zip(keys, places, strict=True):
        found = [
            float(start[first]) + float(end[last]) - float(start[0]) - float(end[0])
            for row, start, end in zip(rows, starts, ends, strict=True)
            if row.passage_number == number_of[key]
            for first, last in _tokens(row, span)
        ]
        margins.append(max(found, default=None))
    return margins


def surroundings(passage: Passage, span: Span) -> Span:
    """The sentences of ``span`` and those beside it, within the passage."""
    touched = [number for number, sentence in enumerate(passage.sentences) if sentence.overlaps(span)]
    if not touched:
        return passage.span
    first = max(0, touched[0] - _SENTENCES_AROUND)
    last = min(len(passage.sentences) - 1, touched[-1] + _SENTENCES_AROUND)
    return Span(passage.sentences[first].start, passage.sentences[last].end)


def _part(passage: Passage, part: Span) -> Passage:
    sentences = tuple(sentence for sentence in passage.sentences if sentence.within(part))
    return Passage(passage.document, part, passage.heading, sentences)


def _tokens(row: Window, span: Span) -> list[tuple[int, int]]:
    """Numbers in ``row`` of the first and the last token of ``span``; empty where one isn't there."""
    first = [number for number, token in enumerate(row.spans) if token.start == span.start]
    last = [number for number, token in enumerate(row.spans) if token.end == span.end]
    return [(row.first + first[0], row.first + last[-1])] if first and last and first[0] <= last[-1] else []
