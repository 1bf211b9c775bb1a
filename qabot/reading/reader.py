"""The span reader: a question and its hits -> candidates, best first, each with a calibrated confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from qabot.reading.closer_look import Reading, look_closer, read
from qabot.reading.confidence import Calibration, gaps, sizes_of
from qabot.reading.decoding import decode
from qabot.reading.edges import answer_span
from qabot.reading.expectation import asks_who, echoes
from qabot.reading.marking import ItemMarker, Marking
from qabot.reading.network import Network
from qabot.reading.surroundings import surroundings
from qabot.reading.windows import Windows
from qabot.records import Answer, Evidence, Hit, Span
from qabot.text.question_kind import question_kind
from qabot.text.terms import query_terms, terms

MOST_CANDIDATES = 20
LOOKS = 2  # different sentences that are read once more by themselves: those with the best spans
# From which on a best span is clear, and nothing is read once more, which would change next to nothing.
CLEAR_MARGIN, CLEAR_GAP, CLEAR_SHARE = 6.0, 5.0, 0.5
GAP_ALONE = 10.0  # the gap of a candidate that has no rival, in logits

_SEVERAL = re.compile(r"[;&]|\b(?:and|or)\b")

Idf = Callable[[str], float | None]


class _Found(NamedTuple):
    """A span as it was read, before candidates are compared. ``tokens`` is the span at token edges, before it was tidied."""

    hit: Hit
    reading: Reading
    span: Span
    tokens: Span
    margin: float
    closer: float
    null: float
    share: float
    score: float

    @property
    def words(self) -> str:
        """What two spans share that say the same."""
        return " ".join(term for _, term in terms(self.span.of(self.hit.passage.document.text)))


class SpanReader:
    """Reads all hits of one question together. ``idf`` tells what the corpus knows of a term (see ``Retriever.idf``),
    ``passages`` how many it has; ``marker`` marks the single things that answer where several may be asked for.

    One network and one set of windows can serve many readers; a reader belongs to one corpus.
    """

    def __init__(
        self,
        network: Network,
        windows: Windows,
        calibration: Calibration,
        idf: Idf,
        passages: int,
        marker: ItemMarker | None = None,
    ) -> None:
        self._network = network
        self._marker = marker
        self._windows = windows
        self._calibration = calibration
        self._idf = idf
        self._size, self._many = sizes_of(passages)

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        """Candidates of all ``hits`` together, best first, at most 20, none cut by a threshold; empty only when ``hits`` is.
        ``before`` is what a question that goes on from a dialogue is read behind (see `turns.lead_in`).

        Spans that overlap in a document are one candidate, the better; equal words elsewhere are counted as agreement with it.
        The network reads every window by itself, so equal questions on equal documents give equal bits.
        """
        kind = question_kind(question)
        told = f"{before} {question}".strip()
        found = sorted(self._looked_at_closer(self._spans(told, hits), hits), key=_order)
        distinct: list[_Found] = []
        for one in found:
            if not any(_same_place(one, better) for better in distinct):
                distinct.append(one)
        agreeing: dict[str, list[_Found]] = {}
        for one in distinct:
            agreeing.setdefault(one.words or one.span.of(one.hit.passage.document.text), []).append(one)
        groups = list(agreeing.values())[:MOST_CANDIDATES]
        answers = self._answers(question, told, groups, max((hit.score for hit in hits), default=0.0))
        if kind == "span" or not answers or (kind == "open" and not _may_be_several(answers[0])):
            return answers
        from qabot.reading.forms import in_form  # imported here: most answers have no form, and would wait for it

        marking = self._marking(told, answers[0]) if kind in {"list", "open"} else None
        return in_form(question, answers, marking)

    def _marking(self, told: str, best: Answer) -> Marking | None:
        """What the marker, if there is one, marks in the window that holds the span of ``best``."""
        if self._marker is None:
            return None
        for window in self._windows.of(told, [best.passage]):
            if window.spans[0].start <= best.span.start and best.span.end <= window.spans[-1].end:
                return self._marker.mark(window, best.passage, best.span)
        return None

    def _spans(self, question: str, hits: Sequence[Hit]) -> list[_Found]:
        readings = read(self._network, list(self._windows.of(question, [hit.passage for hit in hits])))
        return [one for reading in readings for one in self._spans_of(reading, hits)]

    def _spans_of(self, reading: Reading, hits: Sequence[Hit]) -> Iterable[_Found]:
        window, hit = reading.window, hits[reading.window.passage_number]
        for decoded in decode(reading.start, reading.end, window.first, len(window.spans), sentences=window.sentences):
            tokens = Span(window.spans[decoded.first].start, window.spans[decoded.last].end)
            span = answer_span(hit.passage.document, tokens, hit.passage.span)
            score = decoded.margin + self._calibration.blend * hit.score
            alone = reading.margin_alone(decoded.first, decoded.last)
            closer = decoded.margin if alone is None else alone
            yield _Found(hit, reading, span, tokens, decoded.margin, closer, decoded.null, decoded.share, score)

    def _looked_at_closer(self, found: Sequence[_Found], hits: Sequence[Hit]) -> list[_Found]:
        """``found``, anew in the sentences with the best ones, wherever these stand: unless the best is clear, they are read once
        more by themselves.

        That changes the words, and how sure they are, but not the place's rank: which place a question means is told by what
        stands around it too.
        """
        ranked = sorted(found, key=_order)
        if _is_clear(ranked):
            return ranked
        places: list[tuple[Reading, Span]] = []
        sentences: set[str] = set()
        for one in ranked:
            if _stands_in(one, places):
                continue
            place = one.hit.passage.sentence_around(one.tokens)
            sentence = place.of(one.hit.passage.document.text)
            # What stands in overlapping passages, or in copies of a text, is looked at in all: else it would be its own rival.
            if sentence in sentences or len(sentences) < LOOKS:
                sentences.add(sentence)
                places.append((one.reading, place))
        narrower = [(reading, place) for reading, place in places if not reading.is_within(place)]
        changed = [one for one in found if not _stands_in(one, narrower)]
        for at, closer in zip(narrower, look_closer(self._network, narrower), strict=True):
            anew = list(self._spans_of(closer, hits))
            before = max((one for one in found if _stands_in(one, [at])), key=lambda one: one.margin)
            lost = before.margin - max((one.margin for one in anew), default=before.margin)
            changed += [one._replace(margin=one.margin + lost, score=one.score + lost, null=before.null) for one in anew]
        return changed

    def _answers(self, question: str, told: str, groups: Sequence[Sequence[_Found]], best_hit: float) -> list[Answer]:
        asked = {term: self._idf(term) for term in query_terms(told)}
        known = {term: idf for term, idf in asked.items() if idf is not None}
        absent = 1 - len(known) / len(asked) if asked else 0.0
        total = sum(known.values())
        who = asks_who(question)
        confidence = 1.0
        answers = []
        for group, gap in zip(groups, gaps([group[0].score for group in groups], GAP_ALONE), strict=True):
            best = group[0]
            matched = sum(match.idf for match in best.hit.matches if match.is_own)
            words = best.span.of(best.hit.passage.document.text)
            features = {
                "margin": best.margin,
                "closer": best.closer,
                "share": math.log(max(best.share, 1e-6)),
                "gap": gap,
                "matched": matched / total if total else 0.0,
                "absent": absent,
                "retrieval": best.hit.score / best_hit if best_hit else 0.0,
                "agreement": math.log(len(group)),
                "nearby": _share(known, _around(best)),
                "nameless": float(who and words == words.lower()),
                "echo": float(echoes(question, words)),
                "size": self._size,
                "many": self._many,
            }
            # The score alone ranks: nothing below a candidate may claim to be surer than it.
            confidence = min(confidence, self._calibration.probability(features))
            answer = _answer(best, confidence, features)
            answers.append(replace(answer, agreeing=tuple(_answer(other, confidence, features) for other in group[1:])))
        return answers


def _answer(found: _Found, confidence: float, features: dict[str, float]) -> Answer:
    evidence = Evidence(found.margin, found.null, found.hit.score, features)
    return Answer(found.hit.passage, found.span, "span", found.score, confidence, evidence)


def _may_be_several(best: Answer) -> bool:
    """Whether ``best`` might be, or be one of, several things: before the last of them something says so.

    To look closer costs as much as to read a passage.
    """
    return best.evidence.margin > 0 and _SEVERAL.search(best.sentence) is not None


def _around(found: _Found) -> str:
    """What stands around the span: its sentence and the ones beside it, the heading and the title."""
    passage = found.hit.passage
    near = surroundings(passage, found.tokens).of(passage.document.text)
    return f"{passage.document.title} {passage.heading} {near}"


@lru_cache(maxsize=64)
def _terms_of(text: str) -> frozenset[str]:
    """The index terms of ``text``; the candidates of a question stand in few places between them."""
    return frozenset(term for _, term in terms(text))


def _share(asked: Mapping[str, float], text: str) -> float:
    """The share of the idf of ``asked`` whose terms stand in ``text``, 0 to 1."""
    total = sum(asked.values())
    near = _terms_of(text)
    return sum(idf for term, idf in asked.items() if term in near) / total if total else 0.0


def _order(found: _Found) -> tuple[float, tuple[str, int], Span]:
    return (-found.score, found.hit.passage.id, found.span)


def _is_clear(ranked: Sequence[_Found]) -> bool:
    """Whether the first is a far better answer than none, than other words there, and than others elsewhere."""
    if not ranked or ranked[0].margin < CLEAR_MARGIN or ranked[0].share < CLEAR_SHARE:
        return False
    best = ranked[0]
    rival = next((one for one in ranked if not _same_place(one, best) and one.words != best.words), None)
    return rival is None or best.score - rival.score >= CLEAR_GAP


def _stands_in(found: _Found, places: Sequence[tuple[Reading, Span]]) -> bool:
    return any(found.reading is reading and found.tokens.within(place) for reading, place in places)


def _same_place(one: _Found, other: _Found) -> bool:
    return one.hit.passage.document.id == other.hit.passage.document.id and one.span.overlaps(other.span)
