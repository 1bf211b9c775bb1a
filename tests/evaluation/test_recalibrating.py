from __future__ import annotations

import random
from dataclasses import replace

import pytest

from qabot.errors import QabotError
from qabot.evaluation.judging import Judged
from qabot.evaluation.metrics import expected_calibration_error
from qabot.evaluation.questions import Question
from qabot.evaluation.recalibrating import check_enough, cross_validated, fit_scale, rejudged
from qabot.reading.confidence import Calibration
from qabot.reading.rescaling import Rescaling


def made(count: int, seed: int = 1) -> list[Judged]:
    """Questions, half without an answer, whose confidence is far too low: right by chance ``sure``, but ``sure ** 3`` is said."""
    rng = random.Random(seed)
    judged = []
    for number in range(count):
        sure = rng.random()
        right = rng.random() < sure
        golds = ("gold",) if right or rng.random() < 0.2 else ()
        score = float(right)
        judged.append(
            Judged(
                Question(str(number), "Who?", golds), "", "gold" if right else "else", sure**3, 0.0, 0.0, score, score, 1, None
            )
        )
    return judged


def test_the_fit_finds_what_the_confidence_is_worth_and_the_folds_do_not_see_themselves() -> None:
    judged = made(600)
    after = cross_validated(judged, 3)
    assert [one.question.id for one in after] == [one.question.id for one in judged]

    def ece(ones: list[Judged]) -> float:
        return expected_calibration_error([one.confidence for one in ones], [one.right for one in ones]) or 0.0

    assert ece(judged) > 0.2 > 0.1 > ece(after)
    assert after == cross_validated(judged, 3) != cross_validated(judged, 4)
    # A question whose label is turned round is judged as before: its own label plays no part.
    turned = [*judged]
    turned[0] = replace(judged[0], best_f1=1 - (judged[0].best_f1 or 0))
    assert cross_validated(turned, 3)[0].confidence == after[0].confidence


def test_a_scale_changes_confidence_and_what_is_given_but_no_order() -> None:
    judged = made(200)
    scale = fit_scale(judged)
    again = [rejudged(one, scale) for one in judged]
    order = sorted(range(200), key=lambda number: judged[number].confidence)
    assert order == sorted(range(200), key=lambda number: again[number].confidence)
    for one in again:
        assert one.prediction == (one.best_text if one.confidence >= scale[2] else "")
    refused = rejudged(judged[0], (1.0, 0.0, 1.0))
    assert (refused.prediction, refused.f1) == ("", float(not judged[0].question.answers))


def test_confidence_that_tells_nothing_is_not_turned_round() -> None:
    judged = [replace(one, confidence=1 - one.confidence) for one in made(200)]
    slope, _, _ = fit_scale(judged)
    assert slope == 0.0


def test_the_scale_of_a_calibration_is_that_of_its_logit() -> None:
    shipped = Calibration(0.5, -1.0, {"margin": 0.5}, 0.39, "shipped")
    own = Rescaling(2.0, 0.3, 0.6, "own").of(shipped)
    assert (own.threshold, own.fitted_on, own.blend) == (0.6, "own", 0.5)
    for margin in (-3.0, 0.0, 4.0):
        given = shipped.probability({"margin": margin})
        (judged,) = [replace(made(1)[0], confidence=given)]
        assert own.probability({"margin": margin}) == pytest.approx(rejudged(judged, (2.0, 0.3, 0.6)).confidence)


def test_too_few_questions_say_how_many_are_missing() -> None:
    check_enough(20, 20)
    with pytest.raises(QabotError, match="3 more with an answer and 20 more without one"):
        check_enough(17, 0)
    with pytest.raises(
        QabotError, match=r"21 with an answer and 9 without one, .* at least 20 and 20 .*; add 11 more without one$"
    ):
        check_enough(21, 9)
