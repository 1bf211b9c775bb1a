"""Which reading of a follow-up is taken."""

from __future__ import annotations

import pytest

from qabot.choosing import WEIGHTS, Heard, Way, choose, considered, features, is_sure, worth
from qabot.text.turns import Turn
from tests.samples import harbour, scripted_bot

TOLD = (Turn("Where does she live?", "Tarnov", ""), Turn("Who is the mayor?", "Ilse Brandt", ""))


def heard(way: Way, *script: tuple[str, float]) -> Heard:
    return Heard(way, "Who?", "", scripted_bot([harbour()], list(script)).ask("Who is the mayor?"))


def test_the_surest_is_taken_the_first_of_equals() -> None:
    first, second = heard("said", ("Tarnov", 0.5)), heard("said", ("Ilse Brandt", 0.5))
    assert choose([first, second], ()) is first
    assert choose([first, heard("said", ("Ilse Brandt", 0.6))], ()).reply.candidates[0].text == "Ilse Brandt"
    nothing = Heard("said", "Who?", "", scripted_bot([], []).ask("Who is the mayor?"))
    assert choose([nothing, nothing], ()) is nothing


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ilse Brandt", {"repeats"}),
        ("The mayor, Ilse Brandt", {"holds"}),
        ("Tarnov", {"repeats an earlier one"}),
        ("The harbour", set()),
    ],
)
def test_what_was_told_before_is_known(words: str, expected: set[str]) -> None:
    one = heard("behind", (words, 0.5))
    assert one.reply.candidates[0].text == words
    assert features(one, 0, TOLD).keys() == {"sure", "behind", *expected}
    assert features(heard("alone", (words, 0.5)), 0, TOLD).keys() == {"sure", "alone"}
    assert worth(features(one, 0, TOLD)) == pytest.approx(WEIGHTS["behind"] + sum(WEIGHTS[name] for name in expected))


def test_nothing_is_sure_that_tells_what_was_told() -> None:
    assert is_sure(heard("said", ("Tarnov", 0.8)), TOLD, 0.75)
    assert not is_sure(heard("said", ("Tarnov", 0.7)), TOLD, 0.75)
    assert not is_sure(heard("said", ("Ilse Brandt", 0.9)), TOLD, 0.75)
    assert is_sure(heard("alone", ("Ilse Brandt", 0.9)), TOLD, 0.75)


def test_two_candidates_of_each_reading_are_considered() -> None:
    three = heard("said", ("Tarnov", 0.8), ("Ilse Brandt", 0.7), ("harbour", 0.6))
    assert [number for _, number in considered([three, three])] == [0, 1, 0, 1]
    assert [number for _, number in considered([three])] == [0]
