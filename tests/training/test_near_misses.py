from __future__ import annotations

import random
import re

from qabot.records import Span
from qabot.training.near_misses import names_in, near_miss

CONTEXT = "The third fair was held in Arlen in 1931, and Queen Maud opened it. Tarnov had the second one."
ANSWER = [Span(CONTEXT.index("Arlen"), CONTEXT.index("Arlen") + 5)]


def made(question: str, names: list[str]) -> set[str]:
    found = (near_miss(question, CONTEXT, ANSWER, names, random.Random(seed)) for seed in range(60))
    return {one for one in found if one is not None}


def test_an_ordering_word_is_replaced_by_another_of_its_row() -> None:
    assert made("Where was the third fair held?", []) == {
        f"Where was the {word} fair held?" for word in ("first", "second", "fourth", "fifth")
    }


def test_a_year_is_replaced_by_one_that_the_context_does_not_name() -> None:
    found = made("Where was the fair of 1931 held?", [])
    assert len(found) > 5
    assert all(re.fullmatch(r"Where was the fair of \d{4} held\?", one) and "1931" not in one for one in found)


def test_a_name_is_replaced_by_one_of_its_length_that_is_no_answer() -> None:
    assert made("Where did Queen Maud open the fair?", ["Arlen", "Tarnov", "King Olaf"]) == {"Where did King Olaf open the fair?"}
    assert made("Where did Queen Maud open the fair?", ["Arlen"]) == set()


def test_a_question_without_any_such_word_is_left() -> None:
    assert made("Where was it?", ["Tarnov"]) == set()


def test_names_in_a_text() -> None:
    assert names_in(CONTEXT) == ["Arlen", "Queen Maud"]
