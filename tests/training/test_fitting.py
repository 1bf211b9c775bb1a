"""Blend, confidence and threshold: fitted on cases made by hand, whose best fit is known."""

from __future__ import annotations

import numpy as np
import pytest

from qabot.evaluation.fitting import fit_logistic
from qabot.reading.confidence import FEATURES
from qabot.training.calibrate import cross_validate
from qabot.training.cases import Case
from qabot.training.fitting import SIGNS, confidence, fit, fit_blend
from tests.training.small_cases import case


def test_the_blend_decides_which_candidate_is_first() -> None:
    one = case([3.0, 2.0], [0.0, 1.0], bm25=[0.0, 4.0])
    assert one.best(0.0) == (0, 1.0)
    assert one.best(0.5) == (1, 1.0)
    assert one.right(0.5)
    assert not one.right(0.0)
    assert one.row(0.5)[FEATURES.index("margin")] == 2.0
    assert one.row(0.5)[FEATURES.index("gap")] == pytest.approx(1.0)


def test_the_blend_that_finds_the_answers_is_chosen() -> None:
    settings = ("paragraph", "article", "pool")
    cases = [case([3.0, 2.9], [0.0, 1.0], bm25=[0.0, 1.0], setting=setting) for setting in settings]
    cases += [case([3.0, 2.9], [1.0, 0.0], bm25=[0.0, 0.3], setting=setting) for setting in settings]
    blend = fit_blend(cases)
    assert 0.1 < blend < 0.34
    assert all(one.right(blend) for one in cases)


def test_the_logistic_fit_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(20_000, 2))
    right = (rng.random(20_000) < 1 / (1 + np.exp(-(0.5 + 2 * rows[:, 0] - rows[:, 1])))).astype(float)
    bias, weights = fit_logistic(rows, right, np.ones(20_000))
    assert [bias, *weights] == pytest.approx([0.5, 2.0, -1.0], abs=0.1)


def made(count: int, seed: int) -> list[Case]:
    """Cases that are right with probability 1 / (1 + exp(-margin)), a foreign article's never."""
    rng = np.random.default_rng(seed)
    cases = []
    for number in range(count):
        setting = "foreign" if number % 5 == 0 else "article"
        margin = float(rng.normal(-4 if setting == "foreign" else 1, 2))
        right = setting != "foreign" and rng.random() < 1 / (1 + np.exp(-margin))
        answerable = bool(right) or (setting != "foreign" and number % 2 == 0)
        cases.append(case([margin], [float(right)], setting=setting, article=f"a{number % 4}", answerable=answerable))
    return cases


def test_confidence_rises_with_the_margin_and_no_weight_has_the_wrong_sign() -> None:
    cases = made(2_000, 1)
    calibration = fit(cases, 0.0, "a test")
    assert all(calibration.weights[name] * SIGNS[name] >= 0 for name in FEATURES)
    assert confidence(case([4.0], [1.0]), calibration) > 0.8 > 0.3 > confidence(case([-4.0], [0.0]), calibration)


def test_documents_count_as_much_as_paragraphs() -> None:
    """Where few documents and many paragraphs contradict each other, the confidence lies in the middle."""
    cases = [case([1.0], [1.0], setting="paragraph", article=f"a{number}") for number in range(90)]
    cases += [case([1.0], [0.0], setting="document", article=f"d{number}") for number in range(10)]
    assert confidence(cases[0], fit(cases, 0.0, "a test")) == pytest.approx(0.5, abs=0.02)


def test_nothing_is_judged_by_a_fit_that_saw_its_article() -> None:
    cases = made(400, 2)
    verdicts = cross_validate(cases, 0.0)
    assert len(verdicts) == len(cases)
    # The half without article a0 and a2 knows nothing right about them when all their labels are turned round.
    turned = [
        Case(one.setting, one.article, one.answerable, one.bm25, one.features, 1 - one.f1) if one.article in {"a0", "a2"} else one
        for one in cases
    ]
    before = {id(one.case.features): one.sure for one in verdicts if one.case.article in {"a0", "a2"}}
    after = {id(one.case.features): one.sure for one in cross_validate(turned, 0.0) if one.case.article in {"a0", "a2"}}
    assert before == after


def test_an_unanswerable_question_about_a_document_counts_as_it_is_a_near_miss_in_an_article_less() -> None:
    def bias(setting: str) -> float:
        cases = [case([0.0], [1.0], setting=setting) for _ in range(50)]
        cases += [case([0.0], [0.0], setting=setting, answerable=False) for _ in range(50)]
        return confidence(cases[0], fit(cases, 0.0, "a test"))

    assert bias("document") == pytest.approx(0.5, abs=0.01)
    assert bias("article") == pytest.approx(1 / 1.15, abs=0.01)
