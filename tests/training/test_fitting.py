"""Blend, confidence and threshold: fitted on cases made by hand, whose best fit is known."""

from __future__ import annotations

import numpy as np
import pytest

from qabot.evaluation.fitting import fit_logistic
from qabot.reading.confidence import FEATURES, Calibration
from qabot.training.calibrate import cross_validate
from qabot.training.cases import Case
from qabot.training.fitting import SIGNS, best_threshold, confidence, fit, fit_blend


def case(
    margins: list[float],
    f1: list[float],
    *,
    bm25: list[float] | None = None,
    setting: str = "article",
    article: str = "a",
    answerable: bool = True,
) -> Case:
    features = {name: np.zeros(len(margins)) for name in FEATURES if name != "gap"}
    features |= {"margin": np.array(margins)}
    return Case(setting, article, answerable, np.array(bm25 or [0.0] * len(margins)), features, np.array(f1))


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


def test_the_threshold_parts_what_can_be_parted() -> None:
    cases = [case([2.0], [1.0]) for _ in range(5)] + [case([-2.0], [0.0], answerable=False) for _ in range(5)]
    cases += [case([-2.0], [0.0], setting="foreign", answerable=False) for _ in range(5)]
    sure = Calibration(0.0, 0.0, {"margin": 1.0}, 0.5, "a test")
    threshold = best_threshold(cases, sure)
    # All from 1 / (1 + e^2) to 1 / (1 + e^-2) do: the lowest that has only such beside it.
    assert threshold == pytest.approx(1 / (1 + np.exp(2)) + 0.05, abs=0.011)


def test_of_thresholds_that_chance_parts_the_lowest_is_taken() -> None:
    sure = Calibration(0.0, 0.0, {"margin": 1.0}, 0.5, "a test")
    rng = np.random.default_rng(3)
    cases = []
    for number in range(
        400
    ):  # right and wrong ones lie alike between 0.35 and 0.65, below only wrong ones, above only right ones
        answerable = number % 2 == 0
        apart = [1.5] if answerable else [-1.5]
        margin = apart[0] if number % 4 > 1 else float(rng.uniform(-0.6, 0.6))
        cases.append(case([margin], [float(answerable)], setting="paragraph", article=f"a{number % 8}", answerable=answerable))
    assert 0.2 < best_threshold(cases, sure) < 0.45


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


def test_the_threshold_is_a_compromise_between_a_paragraph_and_an_article() -> None:
    sure = Calibration(0.0, 0.0, {"margin": 1.0}, 0.5, "a test")
    # In the paragraph all that is false lies below 0; in the article nothing right lies below 2.
    paragraph = [case([1.0], [1.0], setting="paragraph")] * 8 + [case([-1.0], [0.0], setting="paragraph", answerable=False)] * 8
    article = [case([3.0], [1.0])] * 4 + [case([1.5], [0.0], answerable=False)] * 4
    assert best_threshold(article, sure) > 1 / (1 + np.exp(-1.5))
    assert best_threshold(paragraph + article, sure) < 1 / (1 + np.exp(-1.0))


def test_an_unanswerable_question_about_a_document_counts_as_it_is_a_near_miss_in_an_article_less() -> None:
    def bias(setting: str) -> float:
        cases = [case([0.0], [1.0], setting=setting) for _ in range(50)]
        cases += [case([0.0], [0.0], setting=setting, answerable=False) for _ in range(50)]
        return confidence(cases[0], fit(cases, 0.0, "a test"))

    assert bias("document") == pytest.approx(0.5, abs=0.01)
    assert bias("article") == pytest.approx(1 / 1.15, abs=0.01)


def test_the_threshold_heeds_documents_beside_articles() -> None:
    def of(setting: str, margin: float, right: bool) -> list[Case]:
        return [case([margin], [float(right)], setting=setting, article=f"{setting}{n}", answerable=right) for n in range(8)]

    weights = dict.fromkeys(FEATURES, 0.0) | {"margin": 1.0}
    calibration = Calibration(0.0, 0.0, weights, 0.5, "a test")
    articles = [*of("article", 1.4, True), *of("article", -1.4, False)]  # confidences of 0.8 and 0.2
    documents = [*of("document", 1.4, True), *of("document", 0.4, False)]  # of 0.8 and 0.6
    assert 0.2 < best_threshold(articles, calibration) < 0.4
    assert 0.6 < best_threshold([*articles, *documents], calibration) < 0.8
