from __future__ import annotations

import pytest

from qabot.evaluation.selective import area_under_risk, best_threshold, risk_coverage


def test_risk_by_coverage_by_hand() -> None:
    points = risk_coverage([0.9, 0.8, 0.8, 0.2], [True, False, True, False])
    assert points == [(0.25, 0.0), (0.75, 1 / 3), (1.0, 0.5)]
    # 0.25 at 0, 0.5 more at a third, 0.25 more at a half.
    assert area_under_risk(points) == pytest.approx(0.5 / 3 + 0.125)
    assert area_under_risk(risk_coverage([0.1, 0.2], [True, True])) == 0.0
    assert area_under_risk(risk_coverage([0.1, 0.2], [False, False])) == 1.0
    assert area_under_risk(risk_coverage([], [])) is None


def test_equal_confidences_go_together_whatever_their_order() -> None:
    assert (
        risk_coverage([0.5] * 4, [True, False, True, False])
        == risk_coverage([0.5] * 4, [False, False, True, True])
        == [(1.0, 0.5)]
    )


def test_the_best_threshold_by_hand() -> None:
    # Refusing all is worth 1 (the second); the first answer adds 1, the second takes 1, the third adds 1.
    sure, scores, answerable = [0.9, 0.6, 0.4], [1.0, 0.0, 1.0], [True, False, True]
    assert best_threshold(sure, scores, [True] * 3, answerable) == pytest.approx((2 / 3, 0.9))
    # Where nothing is worth saying, the threshold is above all.
    assert best_threshold([0.9], [0.0], [True], [False]) == (1.0, 1.0)
    # No candidate at all is a refusal, which costs nothing.
    assert best_threshold([0.0, 0.9], [1.0, 1.0], [False, True], [False, True]) == (1.0, 0.9)
    assert best_threshold([], [], [], []) is None
