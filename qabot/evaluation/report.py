"""All judged questions of a run -> the figures, by the names that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qabot.evaluation.judging import Judged
from qabot.evaluation.measures import MEANS, MEASURES, PERCENTILES
from qabot.evaluation.metrics import expected_calibration_error, mean, percentile
from qabot.evaluation.selective import area_under_risk, best_threshold, risk_coverage

GOLD_BY_PLACE = "a gold answer at its own place in its own context"
GOLD_BY_TOKENS = "a gold answer as whole normalised tokens, anywhere"
Metrics = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an evaluation, in the order the questions were asked. ``passages`` is the size of the corpus.

    ``seed`` is what intervals (and the drawing of questions) begin from; ``partial`` says that it was broken off.
    """

    judged: tuple[Judged, ...]
    documents: int
    passages: int
    gold_rule: str
    threshold: float
    seed: int = 0
    partial: bool = False

    @property
    def read(self) -> tuple[Judged, ...]:
        """The questions that were read for, not only searched for."""
        return tuple(one for one in self.judged if one.f1 is not None)

    @property
    def metrics(self) -> Metrics:
        """Percent for scores, 0 to 1 for ``ece``, ``aurc`` and thresholds, milliseconds for times; None where no question speaks
        to a measure.
        """
        figures: Metrics = {name: mean(_known(map(value, self.judged))) for name, value in MEANS.items()}
        figures |= self._confidence() | self._times()
        return {name: figures[name] for name in MEASURES}

    @property
    def risk_coverage(self) -> list[tuple[float, float]]:
        """Coverage and risk of the best candidates, by confidence; both 0 to 1."""
        return risk_coverage([one.confidence for one in self.read], [one.right for one in self.read])

    def _confidence(self) -> Metrics:
        read = self.read
        sure = [one.confidence for one in read]
        answered, answerable = [bool(one.best_text) for one in read], [bool(one.question.answers) for one in read]
        figures: Metrics = {
            "ece": expected_calibration_error(sure, [one.right for one in read]),
            "aurc": area_under_risk(self.risk_coverage),
        }
        for name in ("exact_match", "f1"):
            scores = [getattr(one, f"best_{name}") for one in read]
            found = best_threshold(sure, scores, answered, answerable)
            figures[f"{name}_tuned"] = None if found is None else 100 * found[0]
            figures[f"{name}_best_threshold"] = None if found is None else found[1]
        return figures

    def _times(self) -> Metrics:
        stages = {
            "": [one.milliseconds for one in self.judged],
            "retrieve_": [one.retrieve_ms for one in self.judged],
            "read_": [one.read_ms for one in self.judged],
        }
        return {
            f"{stage}p{share}_ms": percentile(_known(times), share) for stage, times in stages.items() for share in PERCENTILES
        }


def gold_rule(judged: Sequence[Judged]) -> str:
    """Which rule said where the gold answers are."""
    answerable = [one for one in judged if one.question.answers]
    placed = sum(bool(one.question.places) for one in answerable)
    if placed == len(answerable) and placed:
        return GOLD_BY_PLACE
    return GOLD_BY_TOKENS if not placed else f"{GOLD_BY_PLACE} ({placed} questions), else {GOLD_BY_TOKENS}"


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]
