from __future__ import annotations

import random

import pytest

from qabot.training.yes_no import yes_no


def made(question: str, answer: str, before: str = "") -> set[str | None]:
    return {yes_no(question, answer, before, random.Random(seed)) for seed in range(40)}


@pytest.mark.parametrize(
    ("question", "answer", "before", "wanted"),
    [
        ("When did the mill close?", "1931", "in", {"Did the mill close in 1931?", "Did the mill close?"}),
        ("Where is the fair held?", "Arlen", "near", {"Is the fair held near Arlen?", "Is the fair held?"}),
        ("In what year did it open?", "1931", "in", {"Did it open in 1931?", "Did it open?"}),
        ("To whom was it sold?", "Queen Maud", "to", {"Was it sold to Queen Maud?", "Was it sold?"}),
        ("How many mills were there in 1931?", "seven", "", {"Were there seven mills in 1931?"}),
        ("How many mills did she own?", "seven", "", {"Did she own seven mills?"}),
        ("What did the mill grind?", "barley", "", {"Did the mill grind barley?"}),
        ("Who was the miller?", "Ilse Brandt", "", {"Was Ilse Brandt the miller?"}),
        ("What is the mill known as?", "Old Maud", "", {"Is the mill known as Old Maud?"}),
        ("Who made the wheel?", "Ilse Brandt", "", {"Was it Ilse Brandt who made the wheel?"}),
        ("What damaged the wheel?", "a flood", "", {"Was it a flood that damaged the wheel?"}),
        ("Why was it sold?", "because of the flood", "", {"Was it sold because of the flood?", "Was it sold?"}),
    ],
)
def test_a_question_is_asked_so_that_yes_would_answer(question: str, answer: str, before: str, wanted: set[str]) -> None:
    assert made(question, answer, before) == wanted


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Name the mill's owner.", "Queen Maud"),
        ("How did the mill burn?", "quickly"),
        ("What was it? And whose?", "a mill"),
        ("When did it close?", "in the year in which the flood took the wheel and the dam"),
    ],
)
def test_what_no_rule_fits_is_left(question: str, answer: str) -> None:
    assert made(question, answer) == {None}
