"""EM and F1 on cases worked by hand from SQuAD's rules; the rest against small independent computations."""

from __future__ import annotations

import pytest

from qabot.evaluation.metrics import (
    best_over_golds,
    exact_match,
    expected_calibration_error,
    f1,
    holds_tokens,
    mean,
    normalise,
    percentile,
    reciprocal_rank,
)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("The  Cat", "cat"),
        ("a an the", ""),
        ("theatre", "theatre"),
        ("U.S.", "us"),
        ("well-known", "wellknown"),
        ("  two\nlines\t", "two lines"),
        ("An apple, a day!", "apple day"),
        ("“quoted”", "“quoted”"),  # only ASCII punctuation is removed
        ("an-other the", "another"),
        ("", ""),
    ],
)
def test_normalisation(text: str, normalised: str) -> None:
    assert normalise(text) == normalised


@pytest.mark.parametrize(
    ("prediction", "gold", "em", "overlap"),
    [
        ("Zhao Sheng", "zhao sheng.", 1.0, 1.0),
        ("the envoy", "envoy", 1.0, 1.0),
        ("five Chinese nationals", "five", 0.0, 0.5),  # P 1/3, R 1: 2/4
        ("in August 2021", "August 2021", 0.0, 0.8),  # P 2/3, R 1: 4/5
        ("Kabul Kabul", "Kabul", 0.0, 2 / 3),  # the bag counts a word as often as both have it
        ("Tibet", "Kabul", 0.0, 0.0),
        ("", "Kabul", 0.0, 0.0),
        ("the", "", 1.0, 1.0),  # both normalise to nothing
        ("", "", 1.0, 1.0),
    ],
)
def test_exact_match_and_f1(prediction: str, gold: str, em: float, overlap: float) -> None:
    assert exact_match(prediction, gold) == em
    assert f1(prediction, gold) == pytest.approx(overlap)


def test_the_best_gold_counts_and_an_unanswerable_question_wants_the_empty_text() -> None:
    assert best_over_golds(f1, "August 2021", ["2021", "August 2021"]) == 1.0
    assert best_over_golds(f1, "", []) == 1.0
    assert best_over_golds(f1, "anything", []) == 0.0
    assert best_over_golds(exact_match, "", ["the", "Kabul"]) == 0.0  # a gold that normalises to nothing doesn't count


@pytest.mark.parametrize(
    ("text", "gold", "holds"),
    [
        ("It was in May, at a meeting.", "May", True),
        ("Maybe later.", "May", False),
        ("the New York Times", "york times", True),
        ("anything", "the", False),
    ],
)
def test_gold_tokens_are_whole(text: str, gold: str, holds: bool) -> None:
    assert holds_tokens(text, gold) is holds


def test_reciprocal_rank_and_mean() -> None:
    assert [reciprocal_rank(rank) for rank in (1, 4, None)] == [1.0, 0.25, 0.0]
    assert mean([1.0, 2.0]) == 1.5
    assert mean([]) is None


def test_ece_by_hand() -> None:
    # Two bins of two: |(0.1 + 0.3) - 1| and |(0.6 + 0.8) - 1|, over four.
    assert expected_calibration_error([0.8, 0.1, 0.6, 0.3], [True, False, False, True], bins=2) == pytest.approx(0.25)
    assert expected_calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert expected_calibration_error([], []) is None


def test_percentiles_interpolate() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile([5.0], 95) == 5.0
    assert percentile([], 50) is None
