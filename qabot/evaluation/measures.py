"""The table of measures: by what name scripts know each, what it means, and for a mean what each question gives to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qabot.evaluation.judging import TOPS, Judged
from qabot.evaluation.metrics import reciprocal_rank

Value = Callable[[Judged], float | None]
HIT_AT = (1, 5, 20)
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a name of ``metrics`` means. ``of`` gives what one question adds to the mean, None where it doesn't speak to it;
    a measure without ``of`` is no mean. ``better`` is ``up`` or ``down``.
    """

    meaning: str
    of: Value | None = None
    better: str = "up"


def _percent(value: Value) -> Value:
    def percent(one: Judged) -> float | None:
        known = value(one)
        return None if known is None else 100 * known

    return percent


def _answerable(value: Value) -> Value:
    return lambda one: value(one) if one.question.answers else None


def _hit(k: int) -> Value:
    return _percent(_answerable(lambda one: float(one.gold_rank is not None and one.gold_rank <= k)))


def _top(number: int) -> Value:
    return _percent(_answerable(lambda one: one.top_f1[number] if one.top_f1 else None))


_WHERE = {1: "first passage has the answer"} | {k: f"one of the first {k} does" for k in HIT_AT[1:]}
STAGES = {"": "of a question", "retrieve_": "to find passages", "read_": "to read them"}
_SHARE = {50: "median time {}", 95: "95% took no longer {}", 99: "99% took no longer {}"}


def _latencies(stage: str) -> dict[str, Measure]:
    return {f"{stage}p{share}_ms": Measure(_SHARE[share].format(STAGES[stage]), better="down") for share in PERCENTILES}


MEASURES: dict[str, Measure] = {
    "exact_match": Measure("given answers, word for word", _percent(lambda one: one.exact_match)),
    "f1": Measure("given answers, words shared", _percent(lambda one: one.f1)),
    "best_exact_match": Measure("best candidate, even refused", _percent(lambda one: one.best_exact_match)),
    "best_f1": Measure("best candidate, even refused", _percent(lambda one: one.best_f1)),
    "has_answer_f1": Measure("answerable questions only", _percent(_answerable(lambda one: one.f1))),
    "no_answer": Measure("unanswerable ones refused", _percent(lambda one: None if one.question.answers else one.f1)),
    **{f"hit@{k}": Measure(_WHERE[k], _hit(k)) for k in HIT_AT},
    "mrr": Measure("mean reciprocal rank of it", _percent(_answerable(lambda one: reciprocal_rank(one.gold_rank)))),
    "ece": Measure("calibration error, 0 to 1", better="down"),
    "p50_ms": _latencies("")["p50_ms"],
    "p95_ms": _latencies("")["p95_ms"],
    "has_answer_exact_match": Measure("answerable questions only", _percent(_answerable(lambda one: one.exact_match))),
    **{f"f1@{k}": Measure(f"the best of the first {k}", _top(at)) for at, k in enumerate(TOPS)},
    "evidence_accuracy": Measure("the sentence that shows it", _percent(lambda one: one.evidence_match)),
    "evidence_f1": Measure("words shared with it", _percent(lambda one: one.evidence_f1)),
    "coverage": Measure(
        "questions answered at all", _percent(lambda one: None if one.f1 is None else float(bool(one.prediction)))
    ),
    "aurc": Measure("area under risk by coverage", better="down"),
    "exact_match_tuned": Measure("with the best threshold"),
    "exact_match_best_threshold": Measure("that threshold, 0 to 1"),
    "f1_tuned": Measure("with the best threshold"),
    "f1_best_threshold": Measure("that threshold, 0 to 1"),
    "p99_ms": _latencies("")["p99_ms"],
    **_latencies("retrieve_"),
    **_latencies("read_"),
    "passages_read": Measure(
        "passages read for a question", lambda one: None if one.passages_read is None else float(one.passages_read), "down"
    ),
}

MEANS: dict[str, Value] = {name: measure.of for name, measure in MEASURES.items() if measure.of is not None}
_FRACTIONS = ("ece", "aurc", "exact_match_best_threshold", "f1_best_threshold")


def lower_is_better(name: str) -> bool:
    """Whether a limit on the measure ``name`` is a ceiling."""
    return name in MEASURES and MEASURES[name].better == "down"


def shown(name: str, value: float) -> str:
    """``value`` as a person reads it: three decimals where it goes from 0 to 1, else one."""
    return f"{value:.3f}" if name in _FRACTIONS else f"{value:.1f}"
