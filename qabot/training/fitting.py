"""Cases -> blend, confidence and threshold."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qabot.evaluation.fitting import fit_logistic
from qabot.reading.confidence import FEATURES, Calibration
from qabot.training.cases import SETTINGS, Case, mean_f1

log = logging.getLogger("qabot.training")

Floats = NDArray[np.float64]

_BLENDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.85, 1.0, 1.2)
_THRESHOLDS = np.arange(10, 91) / 100
_NEARBY = 11  # thresholds that are averaged, a hundredth apart
# What qabot wants of a document that nobody prepared for: F1 of the answerable questions, and share of the others refused.
_WANTED, _WANTED_REFUSED = 0.85, 0.80
# As many are asked of it at least. What is left above a goal counts in standard errors of so many questions, sqrt(p (1 - p) / n):
# chance shakes the share of few questions more.
_ASKED, _ASKED_UNANSWERABLE = 60, 25
# What a question without an answer counts in each setting. Half of the set were written by people who looked at one paragraph, to
# mislead whoever reads it. That is the worst case for a single text, and hardly a case for a collection: who asks hundreds of
# texts doesn't have one of them in mind. In an article they count so that there is one to seven with an answer, as among the
# questions that were written for a document; these count as they are.
_UNANSWERABLE = {"paragraph": 0.7, "article": 0.15, "pool": 0.05, "foreign": 0.2, "document": 1.0}

# The direction in which each feature can speak. Questions written to mislead repeat the words of their paragraph, so a free fit
# would hold it against a passage that it has the question's words; a feature that comes out against its sign is left out.
SIGNS = dict.fromkeys(FEATURES, 1) | {"absent": -1, "nameless": -1, "echo": -1}


def fit_blend(cases: Sequence[Case]) -> float:
    """The blend whose first candidates have the highest mean F1 over answerable questions, each setting counting alike."""
    means = {blend: float(np.mean([mean_f1(cases, setting, blend) for setting in SETTINGS[:3]])) for blend in _BLENDS}
    for blend, mean in means.items():
        log.info("blend %.2f: best F1 %.2f", blend, 100 * mean)
    return max(means, key=lambda blend: means[blend])


def fit(cases: Sequence[Case], blend: float, fitted_on: str) -> Calibration:
    """The confidence fitted on ``cases``, and the threshold that balances wrong answers and missed ones on them."""
    rows = np.array([case.row(blend) for case in cases])
    right = np.array([float(case.right(blend)) for case in cases])
    importance = _importance(cases)
    kept = list(range(len(FEATURES)))
    while True:
        bias, weights = fit_logistic(rows[:, kept], right, importance)
        wrong = {number for number, weight in zip(kept, weights, strict=True) if weight * SIGNS[FEATURES[number]] < 0}
        if not wrong:
            break
        kept = [number for number in kept if number not in wrong]
    named: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
    named |= {FEATURES[number]: float(weight) for number, weight in zip(kept, weights, strict=True)}
    unset = Calibration(blend, bias, named, 0.5, fitted_on)
    return replace(unset, threshold=best_threshold([(confidence(case, unset), case) for case in cases], blend))


def _importance(cases: Sequence[Case]) -> Floats:
    """How much each case counts for the fit. The questions written for documents, which are few, count together as much as those
    asked of a paragraph: documents are what people ask.
    """
    counted = Counter(case.setting for case in cases)
    document = max(1.0, counted["paragraph"] / counted["document"]) if counted["document"] else 1.0
    return np.array(
        [
            (1.0 if case.answerable else _UNANSWERABLE[case.setting]) * (document if case.setting == "document" else 1.0)
            for case in cases
        ]
    )


def confidence(case: Case, calibration: Calibration) -> float:
    """What ``calibration`` says of the case's first candidate."""
    return calibration.probability(dict(zip(FEATURES, case.row(calibration.blend), strict=True)))


def best_threshold(judged: Sequence[tuple[float, Case]], blend: float) -> float:
    """The threshold that balances wrong answers and missed ones best on cases with their confidence.

    That is the one by which F1 on answerable questions and the share of unanswerable ones refused surpass what is wanted of a
    document by most, in standard errors, whichever does so by less. Without questions about documents it is the one with the
    highest sum of both on paragraphs and articles. Either hardly changes over a wide range, where chance decides which threshold
    is best: so it is averaged over thresholds close by; of equals the lowest is taken.
    """
    smooth = np.convolve(_worth(judged, blend), np.ones(_NEARBY) / _NEARBY, mode="valid")
    return round(float(_THRESHOLDS[_NEARBY // 2 : -(_NEARBY // 2)][int(smooth.argmax())]), 2)


def _worth(sure: Sequence[tuple[float, Case]], blend: float) -> Floats:
    """How good each of `_THRESHOLDS` is. Of an article's unanswerable questions half are near misses (written to mislead), half
    of a foreign article, as people ask both.
    """
    kept, refused = _by_setting(sure, blend)
    if "document" in kept and "document" in refused:
        spared = (kept["document"] - _WANTED) / _standard_error(_WANTED, _ASKED)
        return np.minimum(spared, (refused["document"] - _WANTED_REFUSED) / _standard_error(_WANTED_REFUSED, _ASKED_UNANSWERABLE))
    misses = _mean_of([refused.get("article"), refused.get("foreign")])
    parts = (kept.get("paragraph"), refused.get("paragraph"), kept.get("article"), misses)
    total: Floats = np.sum([np.zeros(len(_THRESHOLDS)), *(part for part in parts if part is not None)], axis=0)
    return total


def _standard_error(share: float, questions: int) -> float:
    return float(np.sqrt(share * (1 - share) / questions))


def _mean_of(parts: Sequence[Floats | None]) -> Floats | None:
    """The mean of those that are there."""
    there = [part for part in parts if part is not None]
    return np.mean(there, axis=0) if there else None


def _by_setting(sure: Sequence[tuple[float, Case]], blend: float) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """In each setting, for each of `_THRESHOLDS`, the mean F1 of answerable cases (0 where refused), and the share of the others
    that is refused.
    """
    kept: dict[str, list[Floats]] = {}
    refused: dict[str, list[Floats]] = {}
    for confident, case in sure:
        shown = (confident >= _THRESHOLDS).astype(float)
        if case.answerable:
            kept.setdefault(case.setting, []).append(case.first_f1(blend) * shown)
        else:
            refused.setdefault(case.setting, []).append(1 - shown)
    return _means(kept), _means(refused)


def _means(parts: dict[str, list[Floats]]) -> dict[str, Floats]:
    return {name: np.mean(values, axis=0) for name, values in parts.items()}
