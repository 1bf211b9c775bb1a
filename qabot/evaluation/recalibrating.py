"""Confidence and threshold fitted to a person's own questions, judged by cross-validation."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qabot.errors import QabotError
from qabot.evaluation.fitting import fit_logistic, middle_of_best
from qabot.evaluation.judging import Judged

# Two numbers and a threshold are fitted, each fold on four fifths of the questions: with fewer than these the threshold stands
# between a handful of questions and says more about them than about the next ones.
FEWEST_ANSWERABLE = 20
FEWEST_UNANSWERABLE = 20
FOLDS = 5
_LEAST, _MOST = 1e-6, 1 - 1e-6  # confidences beyond are no more certain than these
Scale = tuple[float, float, float]  # slope, intercept, threshold


def check_enough(answerable: int, unanswerable: int) -> None:
    """Raises QabotError, which says how many questions are missing, when these are too few to fit anything."""
    missing = [
        f"{fewest - count} more {kind}"
        for count, fewest, kind in (
            (answerable, FEWEST_ANSWERABLE, "with an answer"),
            (unanswerable, FEWEST_UNANSWERABLE, "without one"),
        )
        if count < fewest
    ]
    if missing:
        raise QabotError(
            f"too few questions to calibrate on: {answerable} with an answer and {unanswerable} without one, where at least "
            f"{FEWEST_ANSWERABLE} and {FEWEST_UNANSWERABLE} are needed; add {' and '.join(missing)}"
        )


def fit_scale(judged: Sequence[Judged]) -> Scale:
    """Slope and intercept for the logit of the confidence (Platt 1999), and the threshold that gives the highest F1.

    A slope that would turn the order of confidences round is 0: then they tell nothing apart here.
    """
    rows = np.array([[_logit(one.confidence)] for one in judged])
    right = np.array([float(one.right) for one in judged])
    intercept, slopes = fit_logistic(rows, right, np.ones(len(judged)))
    slope = float(slopes[0])
    if slope <= 0:
        slope, intercept = 0.0, _logit(float(right.mean()))
    sure = [_scaled(one.confidence, slope, intercept) for one in judged]

    def worth(threshold: float) -> float:
        return sum(_f1_at(one, confidence >= threshold) for one, confidence in zip(judged, sure, strict=True))

    return slope, intercept, middle_of_best(worth, 0.01, 0.99)


def rejudged(one: Judged, scale: Scale) -> Judged:
    """``one`` as it would be under ``scale``: another confidence, and its best candidate given or refused by it.

    Why it is wrong isn't told anew: that takes the documents.
    """
    slope, intercept, threshold = scale
    confidence = _scaled(one.confidence, slope, intercept)
    given = confidence >= threshold and bool(one.best_text)
    match = one.best_exact_match if given else float(not one.question.answers)
    prediction = one.best_text if given else ""
    return replace(one, prediction=prediction, confidence=confidence, exact_match=match, f1=_f1_at(one, given), bucket=None)


def cross_validated(judged: Sequence[Judged], seed: int) -> list[Judged]:
    """Every question as judged under a scale that was fitted on the other four fifths, in the order given.

    Folds are drawn by ``seed`` and hold questions with and without answers in equal shares.
    """
    fold_of: dict[int, int] = {}
    rng = random.Random(seed)  # noqa: S311 - folds, no secrets
    for answerable in (True, False):
        numbers = [number for number, one in enumerate(judged) if bool(one.question.answers) == answerable]
        rng.shuffle(numbers)
        fold_of |= {number: at % FOLDS for at, number in enumerate(numbers)}
    scales = [fit_scale([one for number, one in enumerate(judged) if fold_of[number] != fold]) for fold in range(FOLDS)]
    return [rejudged(one, scales[fold_of[number]]) for number, one in enumerate(judged)]


def _f1_at(one: Judged, given: bool) -> float:
    return (one.best_f1 or 0.0) if given and one.best_text else float(not one.question.answers)


def _logit(probability: float) -> float:
    bounded = min(max(probability, _LEAST), _MOST)
    return math.log(bounded / (1 - bounded))


def _scaled(confidence: float, slope: float, intercept: float) -> float:
    return (1 + math.tanh((slope * _logit(confidence) + intercept) / 2)) / 2  # the logistic function, without overflow
