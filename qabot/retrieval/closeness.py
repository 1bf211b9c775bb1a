"""How close a passage comes to a question in meaning, beyond the words that both share: how close its closest sentence does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qabot.retrieval.products import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qabot.records import Passage

_KEPT = 20_000  # passages whose sentences are kept, about 4 kB each; with more of them all are encoded anew


class SentenceEncoder(Protocol):
    """Puts questions and sentences into one space, where a question lies close to what answers it."""

    @property
    def points(self) -> float:
        """What a closeness of 1 is worth beside a BM25 score."""

    def question(self, question: str) -> NDArray[np.float32]:
        """Where ``question`` stands, [values]; about 1 long, or 0 when there is nothing in it."""

    def sentences(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Where ``sentences`` stand, [sentences, values], each as above."""


class Closeness:
    """The closeness of ``passages`` to questions. A passage's sentences are encoded when it is first asked for, and kept."""

    def __init__(self, encoder: SentenceEncoder, passages: Sequence[Passage]) -> None:
        self._encoder, self._passages = encoder, passages
        self._known: dict[int, NDArray[np.float32]] = {}

    def of(self, question: str, numbers: Sequence[int]) -> list[float]:
        """What the closeness to ``question`` of each passage in ``numbers`` adds to its score; none is negative."""
        if not numbers:
            return []
        if len(self._known) > _KEPT:
            self._known.clear()
        self._encode([number for number in numbers if number not in self._known])
        asked = self._encoder.question(question)
        rows = [self._known[number] for number in numbers]
        begins = np.cumsum([0, *(len(one) for one in rows[:-1])])
        closest = np.maximum.reduceat(products(np.concatenate(rows), asked), begins)
        worth: list[float] = (self._encoder.points * np.maximum(closest, 0).astype(np.float64)).tolist()
        return worth

    def _encode(self, numbers: Sequence[int]) -> None:
        spoken: list[str] = []
        begins = [0]
        for number in numbers:
            document = self._passages[number].document
            spoken += [document.visible(sentence)[0] for sentence in self._passages[number].sentences]
            begins.append(len(spoken))
        encoded = self._encoder.sentences(spoken)
        for number, first, last in zip(numbers, begins, begins[1:], strict=False):
            self._known[number] = encoded[first:last]
