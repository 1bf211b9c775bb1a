"""One question, its reply, and how right that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from qabot.evaluation.buckets import Bucket, bucket_of
from qabot.evaluation.metrics import best_over_golds, exact_match, f1, holds_tokens, normalise
from qabot.evaluation.question import Question
from qabot.evaluation.tokens import in_a_row, occurrences
from qabot.records import Answer, AnswerKind, Hit, Passage, Reply, Span, leading_items

RIGHT_F1 = 0.5  # from this F1 on the best candidate counts as right where its confidence is judged
TOPS = (1, 3, 5)  # candidates among which the best is looked for


@dataclass(frozen=True, slots=True)
class Place:
    """Words and the passage they were read in, both spans in coordinates of the document with id ``document``.

    Judged questions keep places, not records: ten thousand replies would hold everything that was read.
    """

    document: str
    passage: Span
    span: Span


class Best(NamedTuple):
    """The best candidate bit for bit as it is answered, alone; of a list it is the first item. ``span`` is in coordinates of the
    document with id ``document``.
    """

    text: str
    kind: AnswerKind
    document: str
    span: Span
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one question; scores are 0 to 1.

    ``prediction`` is the answer given, empty when it was refused; ``best_text`` the best candidate whether refused or not, with
    all items where it is a list, ``place`` where that stands, and ``best`` the candidate itself; ``gold_place`` is where the
    first hit that holds a gold has it. ``top_f1`` is the best F1 among the first 1, 3 and 5 candidates. ``evidence_match`` and
    ``evidence_f1`` compare the sentence shown around the best candidate with the set's evidence. Without reading (retrieval
    only) texts are empty and scores None. ``milliseconds`` is the time the Bot took, ``retrieve_ms`` and ``read_ms`` its two
    stages; None where time was not measured. ``bucket`` says why it is wrong.
    """

    question: Question
    prediction: str
    best_text: str
    confidence: float
    exact_match: float | None
    f1: float | None
    best_exact_match: float | None
    best_f1: float | None
    gold_rank: int | None
    milliseconds: float | None
    top_f1: tuple[float, ...] = ()
    evidence_match: float | None = None
    evidence_f1: float | None = None
    retrieve_ms: float | None = None
    read_ms: float | None = None
    passages_read: int | None = None
    bucket: Bucket | None = None
    place: Place | None = None
    gold_place: Place | None = None
    best: Best | None = None

    @property
    def right(self) -> bool:
        """Whether the best candidate answers the question; never for a question without an answer."""
        return bool(self.question.answers) and (self.best_f1 or 0.0) >= RIGHT_F1


def judge(question: Question, reply: Reply, milliseconds: float | None) -> Judged:
    """Score ``reply`` against the golds of ``question``. Without ``milliseconds`` no time was measured, of no stage either."""
    golds = question.answers
    prediction, best_text = said(reply.answers), said(reply.candidates)
    texts = [best_text, *(candidate.text for candidate in reply.candidates[1 : TOPS[-1]])]
    scores = [best_over_golds(f1, text, golds) for text in texts]
    match = best_over_golds(exact_match, prediction, golds)
    rank, gold_place = find_gold(question, reply.hits)
    evidence_match, evidence_f1 = _evidence(question, reply.candidates)
    timed = milliseconds is not None
    return Judged(
        question=question,
        prediction=prediction,
        best_text=best_text,
        confidence=reply.candidates[0].confidence if reply.candidates else 0.0,
        exact_match=match,
        f1=best_over_golds(f1, prediction, golds),
        best_exact_match=best_over_golds(exact_match, best_text, golds),
        best_f1=scores[0],
        gold_rank=rank,
        milliseconds=milliseconds,
        top_f1=tuple(max(scores[:top]) for top in TOPS),
        evidence_match=evidence_match,
        evidence_f1=evidence_f1,
        retrieve_ms=reply.cost.retrieve_ms if timed else None,
        read_ms=reply.cost.read_ms if timed else None,
        passages_read=reply.cost.passages,
        bucket=None if match == 1 else _bucket(question, reply, prediction),
        place=_place(reply.candidates),
        best=_best(reply.candidates),
        gold_place=gold_place,
    )


def judge_retrieval(question: Question, hits: Sequence[Hit], milliseconds: float | None) -> Judged:
    """Score the ranks alone; nothing was read."""
    rank, gold_place = find_gold(question, hits)
    bucket = Bucket.NOT_RETRIEVED if question.answers and rank is None else None
    judged = Judged(question, "", "", 0.0, None, None, None, None, rank, milliseconds)
    return replace(judged, retrieve_ms=milliseconds, bucket=bucket, gold_place=gold_place)


def said(answers: Sequence[Answer]) -> str:
    """The words of the first of ``answers``; where it is an item, all of its list, from the first item to the last: that is how
    question sets write one.
    """
    return _said_span(answers).of(answers[0].document.text) if answers else ""


def gold_rank(question: Question, hits: Sequence[Hit]) -> int | None:
    """The rank of the first hit that holds a gold answer: at its own place where the set tells one, else as whole tokens.

    None when no hit does, or the question has no answer.
    """
    return next((hit.rank for hit in hits if _holds(question, hit.passage)), None)


def find_gold(question: Question, hits: Sequence[Hit]) -> tuple[int | None, Place | None]:
    """The rank of the first hit that holds a gold answer, and where it has it; see ``gold_rank``."""
    for hit in hits:
        if _holds(question, hit.passage):
            spans = _golds_in(question, hit.passage)
            return hit.rank, Place(hit.passage.document.id, hit.passage.span, spans[0]) if spans else None
    return None, None


def _holds(question: Question, passage: Passage) -> bool:
    if question.places:
        return passage.document.id == question.document and any(place.within(passage.span) for place in question.places)
    return any(holds_tokens(passage.text, gold) for gold in question.answers)


def _golds_in(question: Question, passage: Passage) -> list[Span]:
    """Where the golds stand in ``passage``, in document coordinates; those of the first gold first."""
    if question.places:
        inside = passage.document.id == question.document
        return [place for place in question.places if inside and place.within(passage.span)]
    text = passage.text
    return [span.shift(passage.span.start) for gold in question.answers for span in occurrences(text, gold)]


def _bucket(question: Question, reply: Reply, prediction: str) -> Bucket:
    passages = [*(hit.passage for hit in reply.hits), *(candidate.passage for candidate in reply.candidates)]
    passage = reply.answers[0].passage if reply.answers else None
    return bucket_of(
        question.answers,
        prediction,
        retrieved=any(_holds(question, one) for one in passages),
        chosen=passage is not None and _holds(question, passage),
        overlaps=passage is not None and any(gold.overlaps(_said_span(reply.answers)) for gold in _golds_in(question, passage)),
    )


def _evidence(question: Question, candidates: Sequence[Answer]) -> tuple[float | None, float | None]:
    """Whether the sentence around the best candidate is (part of) a gold evidence or holds one whole, and the best F1 with one.

    None where the set has no evidence for the question.
    """
    if not question.evidence:
        return None, None
    sentence = candidates[0].sentence if candidates else ""
    tokens = normalise(sentence).split()
    golds = [normalise(one).split() for one in question.evidence]
    match = any(in_a_row(tokens, gold) or in_a_row(gold, tokens) for gold in golds)
    return float(match), max(f1(sentence, one) for one in question.evidence)


def _said_span(answers: Sequence[Answer]) -> Span:
    row = leading_items(answers) or answers[:1]
    return Span(row[0].span.start, row[-1].span.end)


def _best(candidates: Sequence[Answer]) -> Best | None:
    if not candidates:
        return None
    first = candidates[0]
    return Best(first.text, first.kind, first.document.id, first.span, first.score, first.confidence)


def _place(candidates: Sequence[Answer]) -> Place | None:
    if not candidates:
        return None
    passage = candidates[0].passage
    return Place(passage.document.id, passage.span, _said_span(candidates))
