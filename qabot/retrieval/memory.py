"""The embedded engine: rank-bm25 over passages held in memory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

from qabot.records import Hit, Passage, Span, TermMatch
from qabot.text.terms import query_terms, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.5
B = 0.75


def bm25_idf(passages: int, holding: int) -> float:
    """Non-negative idf: ``ln(1 + (N - n + 0.5) / (n + 0.5))`` of a term that ``holding`` (n) of N ``passages`` hold.

    Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", with 1 added inside the logarithm as Lucene does:
    the plain form is zero or negative for terms in half of the passages or more, which in a short article is most of them.
    """
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 carries no types
    """BM25Okapi with an idf that is positive in corpora of every size."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: bm25_idf(self.corpus_size, holding) for term, holding in nd.items()}


class MemoryRetriever:
    """BM25 over ``passages``: ``k1`` (term saturation) and ``b`` (length normalisation) as in Robertson and Zaragoza.

    A passage is indexed by its own words and, once, by those of its document's title and its heading.
    """

    def __init__(self, passages: Iterable[Passage], *, k1: float = K1, b: float = B) -> None:
        self.passages = tuple(passages)
        self._vocabulary: dict[str, str] = {}
        indexed = [self._index_terms(passage) for passage in self.passages]
        # Without a single term in the corpus the mean length is 0, and rank-bm25 would divide by it.
        self._okapi = _Okapi(indexed, k1=k1, b=b) if any(indexed) else None

    def search(self, question: str, limit: int) -> Sequence[Hit]:
        """At most ``limit`` hits, best first, ties by passage id; a passage without a term of the question is never one."""
        known = self._known(question)
        return [
            Hit(self.passages[number], score, rank, self._matches(number, known))
            for rank, (number, score) in enumerate(self._ranked(known, limit), start=1)
        ]

    def rank(self, question: str, limit: int) -> Sequence[tuple[Passage, float]]:
        """The passages of ``search`` and their scores alone: what to ask for when there are thousands of them."""
        return [(self.passages[number], score) for number, score in self._ranked(self._known(question), limit)]

    def idf(self, term: str) -> float | None:
        """The idf of an index term; None when it stands nowhere in the corpus."""
        return None if self._okapi is None else self._okapi.idf.get(term)

    def vocabulary(self) -> Mapping[str, str]:
        """Every surface form (a word as it is written) of the corpus, with its index term."""
        return self._vocabulary

    def _known(self, question: str) -> list[str]:
        return [] if self._okapi is None else [term for term in query_terms(question) if term in self._okapi.idf]

    def _ranked(self, known: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Numbers and scores of the ``limit`` best passages for terms of the corpus."""
        if self._okapi is None or limit < 1 or not known:
            return []
        scores: NDArray[np.float64] = self._okapi.get_scores(known)
        best = _top(scores, limit)
        best.sort(key=lambda number: (-scores[number], self.passages[number].id))
        return [(number, float(scores[number])) for number in best[:limit]]

    def _index_terms(self, passage: Passage) -> list[str]:
        found: list[str] = []
        for text in (passage.document.title, passage.heading, passage.visible()[0]):
            for span, term in terms(text):
                self._vocabulary.setdefault(span.of(text), term)
                found.append(term)
        return found

    def _matches(self, number: int, known: Sequence[str]) -> tuple[TermMatch, ...]:
        passage, okapi = self.passages[number], self._okapi
        assert okapi is not None  # noqa: S101 - only called for a hit
        spans: dict[str, list[Span]] = {term: [] for term in known}
        text, offsets = passage.visible()
        for span, term in terms(text):
            if term in spans:
                spans[term].append(Span(offsets[span.start], offsets[span.end - 1] + 1))
        frequencies = okapi.doc_freqs[number]
        saturation = okapi.k1 * (1 - okapi.b + okapi.b * okapi.doc_len[number] / okapi.avgdl)
        matches = []
        for term in known:
            frequency = frequencies.get(term, 0)
            if frequency:
                contribution = okapi.idf[term] * frequency * (okapi.k1 + 1) / (frequency + saturation)
                matches.append(TermMatch(term, okapi.idf[term], contribution, tuple(spans[term])))
        return tuple(matches)


def _top(scores: NDArray[np.float64], limit: int) -> list[int]:
    """Numbers of the positive scores among the ``limit`` highest, with all that tie with the last of them; unordered."""
    if limit < len(scores):
        floor = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        return [int(number) for number in np.flatnonzero((scores > 0) & (scores >= floor))]
    return [int(number) for number in np.flatnonzero(scores > 0)]
