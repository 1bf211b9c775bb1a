"""All judged questions of a run -> the figures, by the names that scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qabot.evaluation.judging import Judged
from qabot.evaluation.metrics import expected_calibration_error, mean, percentile, reciprocal_rank

GOLD_BY_PLACE = "a gold answer at its own place in its own context"
GOLD_BY_TOKENS = "a gold answer as whole normalised tokens, anywhere"
Metrics = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an evaluation, in the order the questions were asked. ``passages`` is the size of the corpus."""

    judged: tuple[Judged, ...]
    documents: int
    passages: int
    gold_rule: str
    threshold: float

    @property
    def metrics(self) -> Metrics:
        """Percent for scores, 0 to 1 for ``ece``, milliseconds for times; None where no question speaks to a measure."""
        answerable = [one for one in self.judged if one.question.answers]
        unanswerable = [one for one in self.judged if not one.question.answers]
        ranks = [one.gold_rank for one in answerable]
        times = [one.milliseconds for one in self.judged]
        read = [one for one in self.judged if one.f1 is not None]
        return {
            "exact_match": _percent([one.exact_match for one in self.judged]),
            "f1": _percent([one.f1 for one in self.judged]),
            "best_exact_match": _percent([one.best_exact_match for one in self.judged]),
            "best_f1": _percent([one.best_f1 for one in self.judged]),
            "has_answer_f1": _percent([one.f1 for one in answerable]),
            "no_answer": _percent([one.f1 for one in unanswerable]),
            **{f"hit@{k}": _percent([float(rank is not None and rank <= k) for rank in ranks]) for k in (1, 5, 20)},
            "mrr": _percent([reciprocal_rank(rank) for rank in ranks]),
            "ece": expected_calibration_error([one.confidence for one in read], [one.right for one in read]),
            "p50_ms": percentile(times, 50),
            "p95_ms": percentile(times, 95),
        }


def gold_rule(judged: Sequence[Judged]) -> str:
    """Which rule said where the gold answers are."""
    answerable = [one for one in judged if one.question.answers]
    placed = sum(bool(one.question.places) for one in answerable)
    if placed == len(answerable) and placed:
        return GOLD_BY_PLACE
    return GOLD_BY_TOKENS if not placed else f"{GOLD_BY_PLACE} ({placed} questions), else {GOLD_BY_TOKENS}"


def _percent(values: Sequence[float | None]) -> float | None:
    known = [100 * value for value in values if value is not None]
    return mean(known) if len(known) == len(values) else None
