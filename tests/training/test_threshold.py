"""The threshold: on cases made by hand, of which it is known where it belongs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from qabot.training.cases import Case
from qabot.training.threshold import best_threshold
from tests.training.small_cases import case

Judged = list[tuple[float, Case]]


def test_the_threshold_parts_what_can_be_parted() -> None:
    judged = [(0.9, case([2.0], [1.0])) for _ in range(5)]
    judged += [(0.1, case([-2.0], [0.0], answerable=False)) for _ in range(5)]
    judged += [(0.1, case([-2.0], [0.0], setting="foreign", answerable=False)) for _ in range(5)]
    # All from 0.11 to 0.9 do: the lowest that has only such beside it.
    assert best_threshold(judged, 0.0) == pytest.approx(0.16)


def test_what_chance_makes_of_one_threshold_does_not_count() -> None:
    """Right ones lie above 0.5 and wrong ones below; one of either stands on the wrong side."""
    right = [(sure / 100, case([1.0], [1.0], setting="paragraph")) for sure in range(52, 92)]
    wrong = [(sure / 100, case([1.0], [0.0], setting="paragraph", answerable=False)) for sure in range(30, 50)]
    strays = [(0.31, right[0][1]), (0.9, wrong[0][1])]
    assert best_threshold([*right, *wrong, *strays], 0.0) == pytest.approx(0.5, abs=0.06)


def test_the_threshold_is_a_compromise_between_a_paragraph_and_an_article() -> None:
    # In the paragraph all that is false lies below 0.5; in the article nothing right lies below 0.9.
    paragraph = [(0.73, case([1.0], [1.0], setting="paragraph"))] * 8
    paragraph += [(0.27, case([-1.0], [0.0], setting="paragraph", answerable=False))] * 8
    article = [(0.95, case([3.0], [1.0]))] * 4 + [(0.82, case([1.5], [0.0], answerable=False))] * 4
    assert best_threshold(article, 0.0) > 0.82
    assert best_threshold(paragraph + article, 0.0) < 0.73


def document(name: str, right: Sequence[float], wrong: Sequence[float], *, f1: float = 1.0) -> Judged:
    """A document's answerable questions by how sure the reader is of each, and its others."""
    judged = [(sure, case([1.0], [f1], setting="document", article=name)) for sure in right]
    return judged + [(sure, case([1.0], [0.0], setting="document", article=name, answerable=False)) for sure in wrong]


def steps(first: float, last: float, count: int) -> list[float]:
    return [float(sure) for sure in np.linspace(first, last, count)]


def test_of_a_document_the_threshold_leaves_both_goals_in_reach() -> None:
    # 85 of 100 answers are wanted: up to 0.575 they are shown. 80 of 100 refusals: from 0.425 on there are as many.
    between = document("a", [*steps(0.5, 0.6, 20), *[0.95] * 80], [*steps(0.4, 0.5, 80), *[0.6] * 5, *[0.05] * 15])
    assert 0.45 < best_threshold(between, 0.0) < 0.55


def test_a_document_that_misses_a_goal_anyway_has_no_say() -> None:
    """Half of its answers are wrong however sure; its refusals alone would have the threshold above 0.8."""
    near = document("a", [*steps(0.3, 0.5, 20), *[0.95] * 80], [*steps(0.1, 0.4, 20), *[0.05] * 20])
    hopeless = document("b", [0.95] * 100, steps(0.5, 0.8, 40), f1=0.4)
    assert best_threshold(near, 0.0) < 0.4
    assert best_threshold(near + hopeless, 0.0) == best_threshold(near, 0.0)
    assert best_threshold(near + document("b", [0.95] * 100, steps(0.5, 0.8, 40)), 0.0) > 0.4


def test_a_document_counts_as_its_questions_do() -> None:
    def low(name: str, times: int) -> Judged:
        return document(name, steps(0.3, 0.4, 10) * times, steps(0.1, 0.2, 10) * times)

    def high(name: str, times: int) -> Judged:
        return document(name, steps(0.8, 0.9, 10) * times, steps(0.6, 0.7, 10) * times)

    assert best_threshold(low("a", 1) + low("b", 1) + low("c", 1) + high("d", 8), 0.0) > 0.6
    assert best_threshold(low("a", 8) + high("b", 1) + high("c", 1) + high("d", 1), 0.0) < 0.4


def test_paragraphs_have_no_say_beside_documents() -> None:
    documents = document("a", [*steps(0.3, 0.5, 20), *[0.95] * 80], [*steps(0.1, 0.4, 20), *[0.05] * 20])
    paragraphs = [(0.7, case([1.0], [0.0], setting="paragraph", answerable=False))] * 50
    assert best_threshold(documents + paragraphs, 0.0) == best_threshold(documents, 0.0)


def test_more_is_spared_of_what_fewer_questions_tell() -> None:
    """From 0.20 on each step of 0.01 costs 0.25 of 100 right answers and refuses 0.25 more of the others, 80 before. At 0.50 both
    surpass what is wanted by 7.5; but 25 questions tell less than 60.
    """
    halfway = [0.205 + number / 100 for number in range(60)]
    assert best_threshold(document("a", [*halfway, *[0.95] * 340], [*[0.05] * 320, *halfway, *[0.95] * 20]), 0.0) > 0.54


def test_few_questions_that_went_well_promise_little() -> None:
    """Of two documents one has a question of either kind, parted by any threshold up to 0.2; of the other's hundred, those from
    0.5 to 0.6 part them. Were the few sure to go well again, nothing above 0.2 would be worth as much as what is below.
    """
    few = document("a", [0.2], [0.05])
    many = document("b", steps(0.6, 0.9, 60), steps(0.3, 0.5, 40), f1=0.9)
    assert 0.5 <= best_threshold(few + many, 0.0) <= 0.6


@pytest.mark.parametrize(("right", "wrong"), [([0.9], []), ([], [0.1]), ([0.9], [0.1])])
def test_a_document_of_a_question_or_two_is_enough(right: list[float], wrong: list[float]) -> None:
    with np.errstate(all="raise"):
        assert 0.1 <= best_threshold(document("a", right, wrong), 0.0) <= 0.9
