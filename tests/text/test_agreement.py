"""Answers that say the same, and documents that say something else."""

from __future__ import annotations

import pytest

from qabot.records import Answer
from qabot.text.agreement import conflicting, merged
from tests.building import answer, passage


def said(*told: tuple[str, str]) -> list[Answer]:
    """Answers, best first, each the whole text of a passage of the document that is named."""
    return [answer(passage(words, id=id), words, confidence=0.9 - number / 10) for number, (id, words) in enumerate(told)]


def test_little_words_part_no_answers() -> None:
    first, second = merged(said(("a", "the Bank of Tarnov"), ("b", "5 million"), ("c", "Bank of Tarnov")))
    assert [one.text for one in (first, *first.agreeing, second)] == ["the Bank of Tarnov", "Bank of Tarnov", "5 million"]


def test_items_of_a_list_are_kept_apart() -> None:
    items = [Answer(one.passage, one.span, "item", 1.0, 0.9, one.evidence) for one in said(("a", "boats"), ("a", "the boats"))]
    assert merged(items) == tuple(items)


@pytest.mark.parametrize(
    ("told", "other"),
    [
        ([("a", "1931"), ("b", "1932")], ["1932"]),
        ([("a", "1931"), ("a", "1932")], []),  # a document may say many things of its own
        ([("a", "Wang Yi"), ("b", "Foreign Minister Wang Yi"), ("b", "Qin Gang")], []),  # b agrees, in more words
        ([("a", "1931"), ("b", "1932"), ("b", "in 1931")], []),  # b agrees, though later
        ([("a", "1931"), ("b", "1932"), ("b", "1933"), ("c", "1934")], ["1932", "1934"]),
        ([], []),
    ],
)
def test_documents_that_say_something_else(told: list[tuple[str, str]], other: list[str]) -> None:
    assert [one.text for one in conflicting(merged(said(*told)))] == other
