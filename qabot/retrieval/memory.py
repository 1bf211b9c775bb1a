"""The embedded engine: rank-bm25 over passages held in memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rank_bm25 import BM25Okapi

from qabot.records import Hit, Passage, Span, TermMatch
from qabot.retrieval.closeness import Closeness
from qabot.retrieval.related import RelatedTerms
from qabot.text.terms import fold, query_words, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

K1 = 1.5
B = 0.75
RANKED_AGAIN = 100  # of the passages that share most words with a question: those whose closeness in meaning is looked at


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


class _Postings(NamedTuple):
    """Where a term stands: ``passages`` (numbers, ascending), and what it gives the score of each."""

    passages: NDArray[np.int64]
    contributions: NDArray[np.float64]


class _Found(NamedTuple):
    """A passage's number, its score, and how much of that its closeness to the question gave, where it was looked at."""

    number: int
    score: float
    closeness: float = 0.0


class _Asked(NamedTuple):
    """A term of the question: the terms that stand for it in the corpus with their weights, its own (1) first."""

    term: str
    standing: Mapping[str, float]


class MemoryRetriever:
    """BM25 over ``passages``: ``k1`` (term saturation) and ``b`` (length normalisation) as in Robertson and Zaragoza.

    A passage is indexed by its own words and, once, by those of its document's title and its heading.

    With ``related``, which makes of the corpus's vocabulary what finds related terms in it, a term of the question may be stood
    for by one of these: a passage gets for each term the most that any of them gives it. What a related term gives counts by how
    close it is, and it tells at most as much as the question's own, where that stands in the corpus.

    With ``closeness``, made of the passages, the first `RANKED_AGAIN` are ranked anew by the sum of that score and of what their
    closeness to the question is worth: that of the closest sentence.
    """

    def __init__(
        self,
        passages: Iterable[Passage],
        *,
        k1: float = K1,
        b: float = B,
        related: Callable[[Mapping[str, str]], RelatedTerms] | None = None,
        closeness: Callable[[Sequence[Passage]], Closeness] | None = None,
    ) -> None:
        self.passages = tuple(passages)
        self._vocabulary: dict[str, str] = {}
        indexed = [self._index_terms(passage) for passage in self.passages]
        # Without a single term in the corpus the mean length is 0, and rank-bm25 would divide by it.
        self._okapi = _Okapi(indexed, k1=k1, b=b) if any(indexed) else None
        self._postings = {} if self._okapi is None else _postings(self._okapi)
        self._related = related(self._vocabulary) if related is not None else None
        self._closeness = closeness(self.passages) if closeness is not None else None

    def search(self, question: str, limit: int) -> Sequence[Hit]:
        """At most ``limit`` hits, best first, ties by passage id; a passage that holds no term of the question, nor one related
        to it, is never a hit.
        """
        asked = self._asked(question)
        return [
            Hit(self.passages[one.number], one.score, rank, self._matches(one.number, asked), one.closeness)
            for rank, one in enumerate(self._ranked(question, asked, limit), start=1)
        ]

    def rank(self, question: str, limit: int) -> Sequence[tuple[Passage, float]]:
        """The passages of ``search`` and their scores alone: what to ask for when there are thousands of them."""
        return [(self.passages[one.number], one.score) for one in self._ranked(question, self._asked(question), limit)]

    def idf(self, term: str) -> float | None:
        """The idf of an index term; None when it stands nowhere in the corpus."""
        return None if self._okapi is None else self._okapi.idf.get(term)

    def vocabulary(self) -> Mapping[str, str]:
        """Every surface form (a word as it is written) of the corpus, with its index term."""
        return self._vocabulary

    def _asked(self, question: str) -> list[_Asked]:
        if self._okapi is None:
            return []
        idf = self._okapi.idf
        found: list[_Asked] = []
        for term, word in query_words(question).items():
            own = {term: 1.0} if term in self._postings else {}
            related = self._related.of(fold(word), term) if self._related is not None else {}
            if own:  # no other word tells more than the one that it stands for
                related = {other: weight * min(1.0, idf[term] / idf[other]) for other, weight in related.items()}
            if own or related:
                found.append(_Asked(term, own | related))
        return found

    def _ranked(self, question: str, asked: Sequence[_Asked], limit: int) -> list[_Found]:
        """The ``limit`` best passages."""
        if limit < 1 or not asked:
            return []
        scores = np.zeros(len(self.passages))
        for one in asked:
            scores += self._contributions(one)
        best = self._sorted(_Found(number, float(scores[number])) for number in _top(scores, max(limit, RANKED_AGAIN)))
        if self._closeness is not None:
            # What closeness gives is never negative: those that were first stay before the rest.
            again, rest = best[:RANKED_AGAIN], best[RANKED_AGAIN:]
            close = self._closeness.of(question, [one.number for one in again])
            best = [
                *self._sorted(_Found(one.number, one.score + more, more) for one, more in zip(again, close, strict=True)),
                *rest,
            ]
        return best[:limit]

    def _sorted(self, found: Iterable[_Found]) -> list[_Found]:
        return sorted(found, key=lambda one: (-one.score, self.passages[one.number].id))

    def _contributions(self, asked: _Asked) -> NDArray[np.float64]:
        """What a term of the question gives each passage, [passages]."""
        most = np.zeros(len(self.passages))
        for term, weight in asked.standing.items():
            numbers, given = self._postings[term]
            most[numbers] = np.maximum(most[numbers], weight * given)
        return most

    def _index_terms(self, passage: Passage) -> list[str]:
        found: list[str] = []
        for text in (passage.document.title, passage.heading, passage.visible()[0]):
            for span, term in terms(text):
                self._vocabulary.setdefault(span.of(text), term)
                found.append(term)
        return found

    def _matches(self, number: int, asked: Sequence[_Asked]) -> tuple[TermMatch, ...]:
        """How the passage ``number`` came to its score."""
        matches = []
        for one in asked:
            given = {
                term: weight * self._given(term, number) for term, weight in one.standing.items() if self._stands(term, number)
            }
            if given:
                # The question's own word is what people look for, even where another one gives more.
                term = one.term if one.term in given else max(given, key=given.__getitem__)
                matches.append((one.term, term, max(given.values())))
        spans: dict[str, list[Span]] = {term: [] for _, term, _ in matches}
        text, offsets = self.passages[number].visible()
        for span, term in terms(text):
            if term in spans:
                spans[term].append(Span(offsets[span.start], offsets[span.end - 1] + 1))
        return tuple(TermMatch(term, self.idf(found) or 0.0, most, tuple(spans[found]), found) for term, found, most in matches)

    def _stands(self, term: str, number: int) -> bool:
        return self._okapi is not None and term in self._okapi.doc_freqs[number]

    def _given(self, term: str, number: int) -> float:
        """What ``term``, which stands in the passage ``number``, gives its score."""
        numbers, given = self._postings[term]
        return float(given[np.searchsorted(numbers, number)])


def _postings(okapi: _Okapi) -> dict[str, _Postings]:
    """For each term what ``okapi.get_scores([term])`` gives, for the passages that hold it: that walks every passage once a term,
    and a question with its related terms has dozens.
    """
    places: dict[str, list[int]] = {}
    counts: dict[str, list[int]] = {}
    for number, frequencies in enumerate(okapi.doc_freqs):
        for term, count in frequencies.items():
            places.setdefault(term, []).append(number)
            counts.setdefault(term, []).append(count)
    saturation = okapi.k1 * (1 - okapi.b + okapi.b * np.array(okapi.doc_len) / okapi.avgdl)
    found = {}
    for term, numbers in places.items():
        at, count = np.array(numbers, np.int64), np.array(counts[term], np.float64)
        found[term] = _Postings(at, okapi.idf[term] * count * (okapi.k1 + 1) / (count + saturation[at]))
    return found


def _top(scores: NDArray[np.float64], limit: int) -> list[int]:
    """Numbers of the positive scores among the ``limit`` highest, with all that tie with the last of them; unordered."""
    if limit < len(scores):
        floor = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        return [int(number) for number in np.flatnonzero((scores > 0) & (scores >= floor))]
    return [int(number) for number in np.flatnonzero(scores > 0)]
