"""The span reader: a question and its hits -> candidates, best first, each with a calibrated confidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qabot.reading.confidence import Calibration, gaps
from qabot.reading.decoding import decode
from qabot.reading.edges import answer_span
from qabot.reading.network import Network
from qabot.reading.windows import Window, Windows
from qabot.records import Answer, Evidence, Hit, Span
from qabot.text.terms import query_terms, terms

# What a run of the network computes should stay in a core's cache, and padding costs as much as words: with all of an article's
# passages in one batch the same rows take a sixth longer.
TOKENS_A_RUN = 512
MOST_CANDIDATES = 20
GAP_ALONE = 10.0  # the gap of a candidate that has no rival, in logits

Idf = Callable[[str], float | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """A span as it was read, before candidates are compared."""

    hit: Hit
    span: Span
    margin: float
    null: float
    score: float

    @property
    def words(self) -> str:
        """What two spans share that say the same."""
        return " ".join(term for _, term in terms(self.span.of(self.hit.passage.document.text)))


class SpanReader:
    """Reads all hits of one question together. ``idf`` tells what the corpus knows of a term (see ``Retriever.idf``).

    One network and one set of windows can serve many readers; a reader belongs to one corpus.
    """

    def __init__(self, network: Network, windows: Windows, calibration: Calibration, idf: Idf) -> None:
        self._network = network
        self._windows = windows
        self._calibration = calibration
        self._idf = idf

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Answer]:
        """Candidates of all ``hits`` together, best first, at most 20, none cut by a threshold; empty only when ``hits`` is.

        Spans that overlap in a document are one candidate, the better; equal words elsewhere are counted as agreement with it.
        The network sees one batch of this question's windows only, so equal questions on equal documents give equal bits.
        """
        found = sorted(self._spans(question, hits), key=lambda one: (-one.score, one.hit.passage.id, one.span))
        distinct: list[_Found] = []
        agreeing: dict[str, list[_Found]] = {}
        for one in found:
            if any(_same_place(one, better) for better in distinct):
                continue
            distinct.append(one)
            agreeing.setdefault(one.words or one.span.of(one.hit.passage.document.text), []).append(one)
        groups = list(agreeing.values())[:MOST_CANDIDATES]
        return self._answers(question, groups, max((hit.score for hit in hits), default=0.0))

    def _spans(self, question: str, hits: Sequence[Hit]) -> Iterable[_Found]:
        windows = list(self._windows.of(question, [hit.passage for hit in hits]))
        for rows in batches(windows):
            starts, ends = self._network.run([row.ids for row in rows], [row.first for row in rows])
            for window, start, end in zip(rows, starts, ends, strict=True):
                hit = hits[window.passage_number]
                for decoded in decode(start, end, window.first, len(window.spans), sentences=window.sentences):
                    span = _document_span(hit, window, decoded.first, decoded.last)
                    score = decoded.margin + self._calibration.blend * hit.score
                    yield _Found(hit, span, decoded.margin, decoded.null, score)

    def _answers(self, question: str, groups: Sequence[Sequence[_Found]], best_hit: float) -> list[Answer]:
        asked = {term: self._idf(term) for term in query_terms(question)}
        known = {term: idf for term, idf in asked.items() if idf is not None}
        absent = 1 - len(known) / len(asked) if asked else 0.0
        total = sum(known.values())
        answers = []
        for group, gap in zip(groups, gaps([group[0].score for group in groups], GAP_ALONE), strict=True):
            best = group[0]
            matched = sum(match.idf for match in best.hit.matches)
            features = {
                "margin": best.margin,
                "gap": gap,
                "matched": matched / total if total else 0.0,
                "absent": absent,
                "retrieval": best.hit.score / best_hit if best_hit else 0.0,
                "agreement": math.log(len(group)),
            }
            confidence = self._calibration.probability(features)
            answer = _answer(best, confidence, features)
            answers.append(replace(answer, agreeing=tuple(_answer(other, confidence, features) for other in group[1:])))
        return answers


def batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """All windows, the longest first, in batches of at most 512 tokens with padding (or one window)."""
    batch: list[Window] = []
    for window in sorted(windows, key=lambda window: -len(window.ids)):
        if batch and len(batch[0].ids) * (len(batch) + 1) > TOKENS_A_RUN:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _answer(found: _Found, confidence: float, features: dict[str, float]) -> Answer:
    evidence = Evidence(found.margin, found.null, found.hit.score, features)
    return Answer(found.hit.passage, found.span, "span", found.score, confidence, evidence)


def _document_span(hit: Hit, window: Window, first: int, last: int) -> Span:
    span = Span(window.spans[first].start, window.spans[last].end)
    return answer_span(hit.passage.document, span, hit.passage.span)


def _same_place(one: _Found, other: _Found) -> bool:
    return one.hit.passage.document.id == other.hit.passage.document.id and one.span.overlaps(other.span)
