"""Which words of a passage are the single things that answer: every one of a list, where a span would give one or all in one.

A small head reads the states of two of the reader's layers and tags each word: outside, beginning a thing, going on with it
(Segal et al. 2020, "A Simple and Effective Model for Answering Multi-span Questions"). The likeliest tags of the whole passage
are taken (Viterbi), where nothing goes on from one sentence into the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qabot.reading.edges import answer_span
from qabot.reading.network import STATES, Network, open_session
from qabot.reading.windows import Window
from qabot.records import Passage, Span
from qabot.text.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAGS = OUTSIDE, BEGINS, GOES_ON = range(3)
_OPENING = frozenset('([{"“‘«`')
_NEVER = -1e9
# No thing ends in these words: of the 8,681 items of ``training/written`` none does.
_UNFINISHED = frozenset({"the", "an", "of", "its", "their", "his", "our", "your", "my", "whose", "than", "with", "into"})
_PARTING = frozenset([*",;.:!?–—", "and", "or", "nor", "but", "which", "who", "that", "while", "because"])
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


class Marking(NamedTuple):
    """The things that were marked in a passage, in its order, and by how much they are likelier (natural logarithm) than the
    likeliest single thing.
    """

    items: tuple[Span, ...]
    lead: float


class ItemMarker:
    """Marks what answers in a window of ``network``, by the head in ``file``, loaded when it is first asked.

    Raises ModelError when the file is missing or damaged.
    """

    def __init__(self, file: Path, network: Network) -> None:
        self._file, self._network = file, network

    @cached_property
    def _session(self) -> Any:
        return open_session(self._file)

    def mark(self, window: Window, passage: Passage, answer: Span) -> Marking:
        """What answers the window's question in ``passage``, of which it is a part; ``answer`` is the reader's one span there."""
        states = self._network.states(window.ids, window.first)
        (logs,) = self._session.run(None, {name: values[None] for name, values in zip(STATES, states, strict=True)})
        text = passage.document.text
        units = units_of(text, window.spans)
        logs = logs[0, window.first : window.first + len(window.spans)][units].astype(np.float64)
        sentences = [window.sentences[number] for number in units]
        bounds = [*units[1:], len(window.spans)]
        whole = [Span(window.spans[unit].start, window.spans[bound - 1].end) for unit, bound in zip(units, bounds, strict=True)]
        runs = finished(_runs(likeliest(logs, sentences)), [one.of(text) for one in whole], sentences)
        marked = [Span(whole[first].start, whole[last].end) for first, last in runs]
        singles = [_likelihood(logs, whole, [one]) for one in (answer, *marked)]
        shown = (answer_span(passage.document, one, passage.span) for one in marked)
        items = [one for one in shown if one.of(text).casefold() not in STOP_WORDS]
        return Marking(tuple(dict.fromkeys(items)), _likelihood(logs, whole, marked) - max(singles))


def units_of(text: str, spans: Sequence[Span]) -> list[int]:
    """The numbers of the tokens that begin a word of ``text`` or a mark beside one: what a tag stands for. ``spans`` are those of
    all tokens; what is written in one ("larder.toml", "O'Neil's") is one.
    """
    found = []
    for number, span in enumerate(spans):
        before = text[spans[number - 1].end - 1] if number and spans[number - 1].end == span.start else " "
        behind = text[span.end : span.end + 1]
        joins = before not in _OPENING if text[span.start].isalnum() else behind.isalnum() and before.isalnum()
        if before == " " or not joins:
            found.append(number)
    return found


def likeliest(logs: NDArray[np.float64], sentences: Sequence[int]) -> list[int]:
    """The likeliest tags by ``logs``, the log-probabilities [units, tags]: a thing goes on only behind its beginning, within one
    of the ``sentences``, which are numbered for each unit.
    """
    total = [float(logs[0, OUTSIDE]), float(logs[0, BEGINS]), _NEVER] if len(logs) else [0.0] * 3
    came: list[tuple[int, int]] = []  # the best tag before one that begins or is outside, and before one that goes on
    for number in range(1, len(logs)):
        best = max(range(3), key=total.__getitem__)
        inner = BEGINS if total[BEGINS] >= total[GOES_ON] else GOES_ON
        goes_on = total[inner] if sentences[number] == sentences[number - 1] else _NEVER
        came.append((best, inner))
        row = logs[number]
        total = [total[best] + float(row[OUTSIDE]), total[best] + float(row[BEGINS]), goes_on + float(row[GOES_ON])]
    tag = max(range(3), key=total.__getitem__)
    tags = [tag] * min(1, len(logs))
    for best, inner in reversed(came):
        tag = inner if tag == GOES_ON else best
        tags.append(tag)
    return tags[::-1]


def _runs(tags: Sequence[int]) -> list[tuple[int, int]]:
    """First and last unit of each thing."""
    found: list[tuple[int, int]] = []
    for number, tag in enumerate(tags):
        if tag == BEGINS:
            found.append((number, number))
        elif tag == GOES_ON:
            found[-1] = (found[-1][0], number)
    return found


def finished(runs: Sequence[tuple[int, int]], words: Sequence[str], sentences: Sequence[int]) -> list[tuple[int, int]]:
    """``runs`` of ``words``, first and last of each; one that breaks off in the midst of a phrase ("the level of") goes on to its
    end: to a comma or the like, a conjunction or a clause, to the next run, or to the end of the sentence. ``sentences`` are
    numbered for each word.
    """
    found: list[tuple[int, int]] = []
    bounds = [*(first for first, _ in runs[1:]), len(words)]
    for (first, last), bound in zip(runs, bounds, strict=False):
        end = last
        if words[last].casefold() in _UNFINISHED:
            open_brackets = 0
            while end + 1 < bound and sentences[end + 1] == sentences[first]:
                word = words[end + 1].casefold()
                open_brackets += _BRACKETS.get(word, 0)
                if word in _PARTING or open_brackets < 0:
                    break
                end += 1
        found.append((first, end))
    return found


def _likelihood(logs: NDArray[np.float64], whole: Sequence[Span], things: Sequence[Span]) -> float:
    """The log-probability that ``things`` answer and nothing else does; ``whole`` are the units' spans."""
    tags = [OUTSIDE] * len(whole)
    for thing in things:
        inside = [number for number, unit in enumerate(whole) if thing.start <= unit.start < thing.end]
        for number in inside:
            tags[number] = BEGINS if number == inside[0] else GOES_ON
    return float(logs[np.arange(len(tags)), tags].sum())
