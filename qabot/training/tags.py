"""What marks of items are learnt from: a tag for every token that begins a word of a text."""

from __future__ import annotations

from collections.abc import Sequence

from qabot.reading.marking import BEGINS, GOES_ON, OUTSIDE, units_of
from qabot.records import Span

UNKNOWN = -1  # the tag of a token within a word, and of whatever nothing is known about


def tags_of(text: str, tokens: Sequence[Span], items: Sequence[Span]) -> list[int]:
    """A tag for each of the ``tokens`` of ``text``, of whose things that answer ``items`` are all."""
    tags = [UNKNOWN] * len(tokens)
    units = units_of(text, tokens)
    for number in units:
        tags[number] = OUTSIDE
    for item in items:
        inside = [number for number in units if tokens[number].overlaps(item)]
        for number in inside:
            tags[number] = BEGINS if number == inside[0] else GOES_ON
    return tags
