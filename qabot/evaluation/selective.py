"""Answering only when sure: the best threshold as SQuAD v2.0 finds it, and risk by coverage."""

from __future__ import annotations

from collections.abc import Sequence


def best_threshold(
    confidences: Sequence[float], scores: Sequence[float], answered: Sequence[bool], answerable: Sequence[bool]
) -> tuple[float, float] | None:
    """The mean score (0 to 1) at the best confidence threshold, and that threshold: a candidate counts from it on.

    ``scores`` are those of the best candidates, refused or not, ``answered`` whether there was a candidate at all. As
    ``find_best_thresh`` of SQuAD's ``evaluate-v2.0.py``: begin with everything refused, give the answers in order of confidence,
    and keep the first threshold that nothing later betters; where refusing everything is best it is 1.
    None of nothing.

    >>> best_threshold([0.9, 0.6, 0.4], [1.0, 0.0, 1.0], [True] * 3, [True, False, True])
    (0.6666666666666666, 0.9)
    """
    if not confidences:
        return None
    score = float(sum(not one for one in answerable))
    best, threshold = score, 1.0
    order = sorted(range(len(confidences)), key=lambda number: -confidences[number])
    for number in order:
        score += scores[number] if answerable[number] else -1.0 if answered[number] else 0.0
        if score > best:
            best, threshold = score, confidences[number]
    return best / len(confidences), threshold


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Coverage (share of the questions answered) and risk (share of wrong ones among these), the surest first; each 0 to 1.

    A point for each confidence that occurs: questions of equal confidence are answered together or not at all (El-Yaniv and
    Wiener 2010, "On the Foundations of Noise-free Selective Classification").

    >>> risk_coverage([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    [(0.25, 0.0), (0.75, 0.3333333333333333), (1.0, 0.5)]
    """
    ranked = sorted(zip(confidences, right, strict=True), key=lambda one: -one[0])
    points = []
    wrong = 0
    for number, (confidence, hit) in enumerate(ranked, start=1):
        wrong += not hit
        if number == len(ranked) or ranked[number][0] != confidence:
            points.append((number / len(ranked), wrong / number))
    return points


def area_under_risk(points: Sequence[tuple[float, float]]) -> float | None:
    """The area under a risk-coverage curve, 0 (every question right) to 1: each risk weighs what coverage it adds (Geifman,
    Uziel and El-Yaniv 2019, "Bias-Reduced Uncertainty Estimation"). None of nothing.

    >>> area_under_risk([(0.5, 0.0), (1.0, 0.5)])
    0.25
    """
    if not points:
        return None
    before = 0.0
    area = 0.0
    for coverage, risk in points:
        area += risk * (coverage - before)
        before = coverage
    return area
