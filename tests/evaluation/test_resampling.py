"""Intervals and p against closed forms and exact enumeration."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from qabot.evaluation.resampling import bootstrap, randomisation_p


def test_an_interval_is_that_of_the_normal_law_for_many_questions() -> None:
    values = (np.random.default_rng(1).random(2_000) < 0.3).astype(float)
    ((low, high),) = [found for found in bootstrap(values[:, None], 7) if found]
    half = 1.96 * math.sqrt(values.mean() * (1 - values.mean()) / 2_000)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.003)


def test_questions_that_do_not_speak_to_a_measure_are_no_part_of_it() -> None:
    values = np.array([[1.0, np.nan, np.nan], [1.0, 0.0, np.nan], [1.0, 1.0, np.nan]] * 20)
    sure, mixed, none = bootstrap(values, 3)
    assert (sure, none) == ((1.0, 1.0), None)
    assert mixed is not None
    assert 0.3 < mixed[0] < 0.5 < mixed[1] < 0.7
    assert bootstrap(np.empty((0, 2)), 1) == [None, None]


def test_equal_seeds_give_equal_intervals_however_many_are_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(2).random((50, 2))
    assert bootstrap(values, 5) == bootstrap(values, 5) != bootstrap(values, 6)
    assert bootstrap(values, -5)[0] is not None


def test_p_is_that_of_all_flips_counted_out() -> None:
    differences = np.array([0.5, -0.25, 1.0, 0.75, 0.0, 0.5, -0.5, 1.0, 0.25])
    moved = differences[differences != 0]
    sums = [abs(sum(s * d for s, d in zip(signs, moved, strict=True))) for signs in itertools.product((1, -1), repeat=len(moved))]
    exact = sum(one >= abs(moved.sum()) - 1e-9 for one in sums) / len(sums)
    assert randomisation_p(differences, 1) == pytest.approx(exact, abs=0.015)
    assert randomisation_p(-differences, 1) == pytest.approx(exact, abs=0.015)


def test_p_of_no_difference_is_1_and_none_is_0() -> None:
    assert randomisation_p(np.zeros(100), 1) == 1.0
    assert randomisation_p(np.empty(0), 1) == 1.0
    assert 0 < randomisation_p(np.ones(200), 1) < 0.001
