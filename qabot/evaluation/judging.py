"""One question, its reply, and how right that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qabot.evaluation.metrics import best_over_golds, exact_match, f1, holds_tokens
from qabot.evaluation.questions import Question
from qabot.records import Answer, Hit, Reply, leading_items

RIGHT_F1 = 0.5  # from this F1 on the best candidate counts as right where its confidence is judged


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one question; scores are 0 to 1.

    ``prediction`` is the answer given, empty when it was refused; ``best_text`` the best candidate whether refused or not.
    Without reading (retrieval only) both are empty and the scores None. ``milliseconds`` is the time the Bot took.
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
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the best candidate answers the question; never for a question without an answer."""
        return bool(self.question.answers) and (self.best_f1 or 0.0) >= RIGHT_F1


def judge(question: Question, reply: Reply, milliseconds: float) -> Judged:
    """Score ``reply`` against the golds of ``question``."""
    prediction, best_text = said(reply.answers), said(reply.candidates)
    best = reply.candidates[0] if reply.candidates else None
    return Judged(
        question=question,
        prediction=prediction,
        best_text=best_text,
        confidence=best.confidence if best else 0.0,
        exact_match=best_over_golds(exact_match, prediction, question.answers),
        f1=best_over_golds(f1, prediction, question.answers),
        best_exact_match=best_over_golds(exact_match, best_text, question.answers),
        best_f1=best_over_golds(f1, best_text, question.answers),
        gold_rank=gold_rank(question, reply.hits),
        milliseconds=milliseconds,
    )


def said(answers: Sequence[Answer]) -> str:
    """The words of the first of ``answers``; where it is an item, all of its list, from the first item to the last: that is how
    question sets write one.
    """
    if not answers:
        return ""
    row = leading_items(answers) or answers[:1]
    return row[0].document.text[row[0].span.start : row[-1].span.end]


def judge_retrieval(question: Question, hits: Sequence[Hit], milliseconds: float) -> Judged:
    """Score the ranks alone; nothing was read."""
    return Judged(question, "", "", 0.0, None, None, None, None, gold_rank(question, hits), milliseconds)


def gold_rank(question: Question, hits: Sequence[Hit]) -> int | None:
    """The rank of the first hit that holds a gold answer: at its own place where the set tells one, else as whole tokens.

    None when no hit does, or the question has no answer.
    """
    for hit in hits:
        if question.places:
            inside = hit.passage.document.id == question.document
            if inside and any(place.within(hit.passage.span) for place in question.places):
                return hit.rank
        elif any(holds_tokens(hit.passage.text, gold) for gold in question.answers):
            return hit.rank
    return None
