"""Words that are used like a question's: "envoy" for "ambassador", where the documents say it in other words than who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qabot.retrieval.products import products
from qabot.text.stopwords import STOP_WORDS
from qabot.text.terms import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How close a word must be to count at all, and how many count for one of the question: settled on training questions by
# ``python -m qabot.training.relatedness`` (table in qabot/reading/model/MODEL_CARD.md).
FLOOR = 0.1
MOST = 5
_SHORTEST = 3  # letters; shorter words are mostly parts of others in a reader's vocabulary


class Vectors(Protocol):
    """Where words stand in a space in which those that are used alike lie close together."""

    def of(self, words: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
        """The numbers of those ``words`` (folded) that have a vector, and their vectors, all of one length, [known, values]."""


class RelatedTerms:
    """The terms of a corpus by how close their words are to others. ``vocabulary`` maps its surface forms to terms; a word closer
    than ``floor`` is related, and for one word the ``most`` closest are.
    """

    def __init__(self, vectors: Vectors, vocabulary: Mapping[str, str], *, floor: float = FLOOR, most: int = MOST) -> None:
        self._vectors, self._floor, self._most = vectors, floor, most
        term_by_word = {fold(surface): term for surface, term in vocabulary.items()}
        words = [word for word in term_by_word if _tells(word)]
        known, self._rows = vectors.of(words)
        self._terms = [term_by_word[words[number]] for number in known]

    def of(self, word: str, term: str) -> dict[str, float]:
        """The terms related to ``word`` (folded), whose own is ``term``, each with its weight, 0 to 1."""
        if not self._terms or not _tells(word):
            return {}
        known, vector = self._vectors.of([word])
        if not known:
            return {}
        close = products(self._rows, vector[0]) / float(vector[0] @ vector[0])
        found: dict[str, float] = {}
        near = np.flatnonzero(close > self._floor)
        for number in near[np.argsort(-close[near], kind="stable")]:
            if len(found) == self._most:
                break
            if (other := self._terms[number]) != term:
                found.setdefault(other, (float(close[number]) - self._floor) / (1 - self._floor))
        return found


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word not in STOP_WORDS
