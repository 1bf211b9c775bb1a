"""Which reading of a follow-up is taken."""

from __future__ import annotations

import pytest

from qabot.choosing import WEIGHTS, Heard, Way, choose, features, is_sure, worth
from qabot.text.turns import Turn
from tests.samples import harbour, scripted_bot

TOLD = (Turn("Where does she live?", "Tarnov", ""), Turn("Who is the mayor?", "Ilse Brandt", ""))


def heard(way: Way, words: str, sure: float, question: str = "Who is she?") -> Heard:
    return Heard(way, question, "", scripted_bot([harbour()], [(words, sure)]).ask("Who is the mayor?"))


def test_the_surest_is_taken_the_first_of_equals() -> None:
    first, second = heard("said", "Tarnov", 0.5), heard("said", "Ilse Brandt", 0.5)
    assert choose([first, second], ()) is first
    surer = heard("said", "Ilse Brandt", 0.6)
    assert choose([first, surer], ()) is surer
    nothing = Heard("said", "Who is she?", "", scripted_bot([], []).ask("Who is the mayor?"))
    assert choose([nothing, nothing], ()) is nothing
    assert choose([nothing, first], ()) is first


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ilse Brandt", {"repeats"}),
        ("The mayor, Ilse Brandt", {"holds"}),
        ("of Tarnov", {"repeats an earlier one"}),
        ("The harbour", set()),
    ],
)
def test_what_was_told_before_is_known(words: str, expected: set[str]) -> None:
    one = heard("behind", words, 0.5)
    assert one.reply.candidates[0].text == words
    assert features(one, TOLD).keys() == {"sure", "behind", *expected}
    assert worth(features(one, TOLD)) == pytest.approx(WEIGHTS["behind"] + sum(WEIGHTS[name] for name in expected))


def test_a_question_asked_again_may_be_told_the_same_again() -> None:
    again = heard("likeliest", "Ilse Brandt", 0.5, question="Who is the mayor?")
    assert features(again, TOLD).keys() == {"sure", "likeliest"}


def test_a_deciding_sentence_may_name_what_was_told() -> None:
    question = "Did Ilse Brandt put the cost at 4.2 million euros?"
    reply = scripted_bot([harbour()], [("4.2 million", 0.9)]).ask(question)
    assert reply.candidates[0].kind == "sentence"
    assert "Ilse Brandt" in reply.candidates[0].text
    assert features(Heard("likeliest", question, "", reply), TOLD).keys() == {"sure", "likeliest"}


def test_nothing_is_sure_that_tells_what_was_just_told() -> None:
    assert is_sure(heard("said", "Tarnov", 0.8), TOLD, 0.75)
    assert not is_sure(heard("said", "Tarnov", 0.7), TOLD, 0.75)
    assert not is_sure(heard("said", "Ilse Brandt", 0.9), TOLD, 0.75)
