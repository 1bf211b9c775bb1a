"""Cases -> blend and confidence."""

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
from qabot.training.threshold import best_threshold

log = logging.getLogger("qabot.training")

Floats = NDArray[np.float64]

_BLENDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.85, 1.0, 1.2)
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
    """The confidence fitted on ``cases``, and the threshold that is best on them (see ``threshold``)."""
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
