"""The items of a list: what of each is shown."""

from __future__ import annotations

import pytest

from qabot.reading.items import bare
from tests.building import parted


@pytest.mark.parametrize(
    ("text", "read", "items"),
    [
        (
            "A wheel has to ripen for a year, be washed and be tapped.",
            "has to ripen for a year, be washed and be tapped",
            ["ripen for a year", "washed", "tapped"],
        ),
        (
            "It creates a key and it writes the settings.",
            "creates a key and it writes the settings",
            ["creates a key", "writes the settings"],
        ),
        (
            "It is open on Mondays and on Saturdays from 5 pm.",
            "Mondays and on Saturdays from 5 pm",
            ["Mondays", "Saturdays from 5 pm"],
        ),
        ("They pay in cash or by card.", "in cash or by card", ["in cash", "by card"]),
        ("It is sent by **phone** or by **letter**.", "by **phone** or by **letter", ["phone", "letter"]),
        ("It is sent by phone or by letter.", "by phone or by letter", ["phone", "letter"]),
        ("They want to act and to be heard.", "to act and to be heard", ["act", "be heard"]),
        ("They must be washed and must be ironed.", "must be washed and must be ironed", ["washed", "ironed"]),
        ("They contain asbestos and in some flats lead.", "asbestos and in some flats lead", ["asbestos", "in some flats lead"]),
        ("It runs on Linux and on demand elsewhere.", "Linux and on demand elsewhere", ["Linux", "on demand elsewhere"]),
        (
            "He may sell, she must pay and you can go.",
            "He may sell, she must pay and you can go",
            ["He may sell", "she must pay", "you can go"],
        ),
        ("What helps is rest from work, food and sleep.", "rest from work, food and sleep", ["rest from work", "food", "sleep"]),
        ("It girls, pin-ups and divas came.", "It girls, pin-ups and divas", ["It girls", "pin-ups", "divas"]),
        (
            "It came from legacies, a grant and the rest from raffles.",
            "legacies, a grant and the rest from raffles",
            ["legacies", "a grant", "raffles"],
        ),
    ],
)
def test_what_binds_an_item_to_its_sentence_is_no_part_of_it(text: str, read: str, items: list[str]) -> None:
    assert [span.of(text) for span in bare(text, parted(text, read))] == items
