"""A window as the network read it, and a closer look at a sentence of it: read once more, by itself.

A passage is read for everything that it might answer; a sentence alone shows better whether it does, and with which words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qabot.reading.network import Network
from qabot.reading.windows import Window
from qabot.records import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class Reading(NamedTuple):
    """A window with its start and end logits, each [tokens of the row]; ``alone`` are those of a closer look by itself."""

    window: Window
    start: Floats
    end: Floats
    alone: tuple[Floats, Floats] | None = None

    def margin_alone(self, first: int, last: int) -> float | None:
        """The margin of the passage tokens ``first`` to ``last`` in the closer look by itself, if there was one."""
        if self.alone is None:
            return None
        start, end = self.alone
        head = self.window.first
        return float(start[head + first]) + float(end[head + last]) - float(start[0]) - float(end[0])

    def is_within(self, place: Span) -> bool:
        """Whether all that was read stands in ``place``."""
        return all(span.within(place) for span in self.window.spans)


def read(network: Network, windows: Sequence[Window]) -> list[Reading]:
    """What ``network`` makes of each of ``windows``."""
    logits = network.run_each([window.ids for window in windows], [window.first for window in windows])
    return [Reading(window, start, end) for window, (start, end) in zip(windows, logits, strict=True)]


def look_closer(network: Network, places: Sequence[tuple[Reading, Span]]) -> list[Reading]:
    """What each reading has in a span of its document, which is read by itself as well: its logits are the mean of both times."""
    kept = [[number for number, span in enumerate(reading.window.spans) if span.within(place)] for reading, place in places]
    parts = [_part(reading.window, numbers) for (reading, _), numbers in zip(places, kept, strict=True)]
    looks = {part.ids: part for part in parts}  # overlapping passages and copies have the same words
    again = dict(zip(looks, read(network, list(looks.values())), strict=True))
    return [
        _mean(reading, part, again[part.ids], numbers) for (reading, _), part, numbers in zip(places, parts, kept, strict=True)
    ]


def _part(window: Window, numbers: Sequence[int]) -> Window:
    """``window`` with no more than the passage tokens ``numbers``."""
    head, passage, end = window.ids[: window.first], window.ids[window.first : -1], window.ids[-1]
    return window._replace(
        ids=(*head, *(passage[number] for number in numbers), end),
        spans=tuple(window.spans[number] for number in numbers),
        sentences=tuple(window.sentences[number] for number in numbers),
    )


def _mean(whole: Reading, part: Window, again: Reading, numbers: Sequence[int]) -> Reading:
    first = part.first
    rows = [*range(first), *(first + number for number in numbers), len(whole.window.ids) - 1]
    half = np.float32(0.5)
    return Reading(part, half * (whole.start[rows] + again.start), half * (whole.end[rows] + again.end), (again.start, again.end))
