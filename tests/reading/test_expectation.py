from __future__ import annotations

import pytest

from qabot.reading.expectation import Expected, echoes, expected, fits, unmet


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the ferry leave?", "time"),
        ("in what year was the bridge built", "time"),
        ("On which exact date was it signed?", "time"),
        ("How many boats burned?", "number"),
        ("how old is the mayor", "number"),
        ("What percentage of the town voted?", "number"),
        ("Who paid?", "name"),
        ("To whom was the letter sent?", "name"),
        ("Why did the bridge fall?", None),
        ("How did it burn?", None),
        ("Where is Tarnov?", None),
        ("What happened whenever it rained?", None),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Expected | None) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("kind", "words", "fit"),
    [
        ("number", "12,000", True),
        ("number", "eleven fishing boats", True),
        ("number", "More than half", True),
        ("number", "fishing boats", False),
        ("time", "3 March", True),
        ("time", "Last December", True),
        ("time", "on Saturdays", True),
        ("time", "the harbour of Tarnov", False),
        ("name", "Ilse Brandt", True),
        ("name", "the mayor", False),
        (None, "anything", True),
    ],
)
def test_what_fits(kind: Expected | None, words: str, fit: bool) -> None:
    assert fits(kind, words) is fit


@pytest.mark.parametrize(
    ("question", "words", "echo"),
    [
        ("In which Tarnovian city was it?", "the city", True),
        ("What is the name of the Arlen hotel?", "Arlen", True),
        ("What is the name of the Arlen hotel?", "the Grand Hotel", False),
        ("Was it stone or wood?", "wood", False),
        ("Which of the towns, Arlen or Tarnov, is older?", "Arlen", False),
        ("What?", "...", False),
        ("Who was it?", "it was", False),
    ],
)
def test_words_of_the_question_are_an_echo(question: str, words: str, echo: bool) -> None:
    assert echoes(question, words) is echo


@pytest.mark.parametrize(
    ("question", "around", "share"),
    [
        ("Where was the first fair?", "The first fair was in Arlen.", 0.0),
        ("Where was the first fair?", "The third fair was in Arlen.", 1.0),
        ("Who won on Monday in 1931?", "On Monday Ilse won.", 0.5),
        ("How many of the 1,200 men?", "There were 1200 men.", 0.0),
        ("Who won?", "Nobody.", 0.0),
    ],
)
def test_what_singles_out_has_to_stand_nearby(question: str, around: str, share: float) -> None:
    assert unmet(question, around) == share
