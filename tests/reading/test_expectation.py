from __future__ import annotations

import pytest

from qabot.reading.expectation import asks_who, echoes


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who paid?", True),
        ("To whom was the letter sent?", True),
        ("whose boat burned", True),
        ("When did the ferry leave?", False),
        ("What happened to the whole crew?", False),
    ],
)
def test_who_is_asked_for(question: str, who: bool) -> None:
    assert asks_who(question) is who


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
