"""Cases with their confidence -> the threshold from which on an answer is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from qabot.training.cases import Case

Floats = NDArray[np.float64]
Judged = Sequence[tuple[float, Case]]  # a case and how sure the reader is of its first candidate, 0 to 1

_THRESHOLDS = np.arange(5, 96) / 100
_NEARBY = 11  # thresholds that are averaged, a hundredth apart
# What qabot wants of a document that nobody prepared for: F1 of the answerable questions, and share of the others refused; how
# many of either are asked of it counts too, as chance shakes the share of few questions more.
_WANTED, _ASKED = 0.85, 60
_WANTED_REFUSED, _ASKED_UNANSWERABLE = 0.80, 25

_below = np.vectorize(NormalDist().cdf, otypes=[np.float64])


def best_threshold(judged: Judged, blend: float) -> float:
    """The threshold that serves best: with questions about documents, the one at which both goals are most likely met by a
    document like these; without, the one with the highest sum of F1 and refusals on paragraphs and articles.

    Either hardly changes over a wide range, where chance decides which threshold is best: so it is averaged over thresholds close
    by; of equals the lowest is taken.
    """
    worth = _both_goals_met(judged, blend) if any(case.setting == "document" for _, case in judged) else _sum(judged, blend)
    smooth = np.convolve(worth, np.ones(_NEARBY) / _NEARBY, mode="valid")
    return round(float(_THRESHOLDS[_NEARBY // 2 : -(_NEARBY // 2)][int(smooth.argmax())]), 2)


def _both_goals_met(judged: Judged, blend: float) -> Floats:
    """How likely it is that a document meets both goals, for each of `_THRESHOLDS`: the mean over documents, each counting as its
    questions do. A document that is far from a goal whatever the threshold hardly has a say, one that is near it has most.
    """
    documents: dict[str, list[tuple[float, Case]]] = {}
    for sure, case in judged:
        if case.setting == "document":
            documents.setdefault(case.article, []).append((sure, case))
    likely = [
        _met(_kept(questions, blend), _WANTED, _ASKED) * _met(_refused(questions), _WANTED_REFUSED, _ASKED_UNANSWERABLE)
        for questions in documents.values()
    ]
    mean: Floats = np.average(likely, axis=0, weights=[len(questions) for questions in documents.values()])
    return mean


def _met(scores: Floats, wanted: float, asked: int) -> Floats:
    """How likely the mean of ``asked`` new scores reaches ``wanted``: ``scores`` [questions, thresholds] -> [thresholds].

    By the normal approximation, with mean and variance of ``scores`` and of one more that is 1 as often as wanted: without it a
    few questions that all went well would promise that the next do.
    """
    count = len(scores) + 1
    mean = (scores.sum(axis=0) + wanted) / count
    variance = ((scores**2).sum(axis=0) + wanted) / count - mean**2
    likely: Floats = _below((mean - wanted) / np.sqrt(variance / asked))
    return likely


def _sum(judged: Judged, blend: float) -> Floats:
    """F1 and refusals of paragraphs and articles together, for each of `_THRESHOLDS`. Of an article's unanswerable questions half
    are near misses (written to mislead), half of a foreign article, as people ask both.
    """
    setting = {name: [one for one in judged if one[1].setting == name] for name in ("paragraph", "article", "foreign")}
    refused = [scores.mean(axis=0) for name in ("article", "foreign") if len(scores := _refused(setting[name]))]
    parts = [
        _kept(setting["paragraph"], blend),
        _refused(setting["paragraph"]),
        _kept(setting["article"], blend),
        np.array(refused),
    ]
    total: Floats = np.sum([np.zeros(len(_THRESHOLDS)), *(part.mean(axis=0) for part in parts if len(part))], axis=0)
    return total


def _kept(judged: Iterable[tuple[float, Case]], blend: float) -> Floats:
    """The F1 of each answerable case at each of `_THRESHOLDS`, 0 where it is refused: [cases, thresholds]."""
    shown = [case.first_f1(blend) * (sure >= _THRESHOLDS) for sure, case in judged if case.answerable]
    return np.array(shown, float).reshape(-1, len(_THRESHOLDS))


def _refused(judged: Iterable[tuple[float, Case]]) -> Floats:
    """1 where a case without an answer is refused: [cases, thresholds]."""
    refused = [sure < _THRESHOLDS for sure, case in judged if not case.answerable]
    return np.array(refused, float).reshape(-1, len(_THRESHOLDS))
