"""Cases -> blend, confidence and threshold."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import product, starmap

import numpy as np

from qabot.evaluation.fitting import fit_logistic, middle_of_best
from qabot.reading.confidence import FEATURES, Calibration
from qabot.training.cases import SETTINGS, Case, Mix, mean_f1

log = logging.getLogger("qabot.training")

_BLENDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7)
_SECOND_LOOKS = (0.0, 0.25, 0.5, 0.75)
_SHOWN = 5  # of the best mixes
# What a question without an answer counts in each setting. Half of the set were written by people who looked at one paragraph, to
# mislead whoever reads it. That is the worst case for a single text, and hardly a case for a collection: who asks hundreds of
# texts doesn't have one of them in mind.
_UNANSWERABLE = {"paragraph": 0.7, "article": 0.3, "pool": 0.05, "foreign": 0.2}

# The direction in which each feature can speak. Questions written to mislead repeat the words of their paragraph, so a free fit
# would hold it against a passage that it has the question's words; a feature that comes out against its sign is left out.
SIGNS = dict.fromkeys(FEATURES, 1) | {"absent": -1, "nameless": -1, "echo": -1}


def fit_mix(cases: Sequence[Case]) -> Mix:
    """The mix whose first candidates have the highest mean F1 over answerable questions, each setting counting alike."""
    means: dict[Mix, float] = {}
    for mix in starmap(Mix, product(_BLENDS, _SECOND_LOOKS)):
        means[mix] = float(np.mean([mean_f1(cases, setting, mix) for setting in SETTINGS[:3]]))
    for mix in sorted(means, key=lambda one: -means[one])[:_SHOWN]:
        log.info("%s: best F1 %.2f", mix, 100 * means[mix])
    plain = Mix(0.0, 0.0)
    log.info("%s: best F1 %.2f", plain, 100 * means[plain])
    return max(means, key=lambda mix: means[mix])


def fit(cases: Sequence[Case], mix: Mix, fitted_on: str) -> Calibration:
    """The confidence fitted on ``cases``, and the threshold that balances wrong answers and missed ones on them."""
    rows = np.array([case.row(mix) for case in cases])
    right = np.array([float(case.right(mix)) for case in cases])
    importance = np.array([1.0 if case.answerable else _UNANSWERABLE[case.setting] for case in cases])
    kept = list(range(len(FEATURES)))
    while True:
        bias, weights = fit_logistic(rows[:, kept], right, importance)
        wrong = {number for number, weight in zip(kept, weights, strict=True) if weight * SIGNS[FEATURES[number]] < 0}
        if not wrong:
            break
        kept = [number for number in kept if number not in wrong]
    named: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
    named |= {FEATURES[number]: float(weight) for number, weight in zip(kept, weights, strict=True)}
    unset = Calibration(mix.blend, mix.second_look, bias, named, 0.5, fitted_on)
    return Calibration(mix.blend, mix.second_look, bias, named, best_threshold(cases, unset), fitted_on)


def mix_of(calibration: Calibration) -> Mix:
    """How ``calibration`` makes scores."""
    return Mix(calibration.blend, calibration.second_look)


def confidence(case: Case, calibration: Calibration) -> float:
    """What ``calibration`` says of the case's first candidate."""
    return calibration.probability(dict(zip(FEATURES, case.row(mix_of(calibration)), strict=True)))


def best_threshold(cases: Sequence[Case], calibration: Calibration) -> float:
    """The threshold with the highest sum of F1 on answerable questions and of unanswerable ones refused, where one paragraph and
    where one article is asked, both counting alike.

    Of the latter's unanswerable questions half are near misses (written to mislead), half of a foreign article: people ask both.
    """
    mix = mix_of(calibration)
    sure = [(confidence(case, calibration), case) for case in cases]

    def worth(threshold: float) -> float:
        kept, refused = _by_setting(sure, threshold, mix)
        article = [refused[name] for name in ("article", "foreign") if name in refused]
        return (
            kept.get("paragraph", 0.0) + kept.get("article", 0.0) + refused.get("paragraph", 0.0) + float(np.mean(article or [0]))
        )

    return middle_of_best(worth, 0.10, 0.90)


def _by_setting(sure: Sequence[tuple[float, Case]], threshold: float, mix: Mix) -> tuple[dict[str, float], dict[str, float]]:
    """In each setting the mean F1 of answerable cases (0 where refused), and the share of the others that is refused."""
    kept: dict[str, list[float]] = {}
    refused: dict[str, list[float]] = {}
    for confident, case in sure:
        if case.answerable:
            kept.setdefault(case.setting, []).append(case.first_f1(mix) if confident >= threshold else 0.0)
        else:
            refused.setdefault(case.setting, []).append(float(confident < threshold))
    return _means(kept), _means(refused)


def _means(parts: dict[str, list[float]]) -> dict[str, float]:
    return {name: float(np.mean(values)) for name, values in parts.items()}
