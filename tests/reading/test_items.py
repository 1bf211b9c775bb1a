"""The items of an enumeration: where it is parted, and what of each is shown."""

from __future__ import annotations

import pytest

from qabot.reading.items import bare, enumerated, item_spans
from qabot.records import Span
from tests.building import placed


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("red, green, and blue", ["red", "green", "blue"]),
        ("both the Atlantic and the Pacific", ["the Atlantic", "the Pacific"]),
        ("Ilse Brandt; Jan Novak; and Eva Roth", ["Ilse Brandt", "Jan Novak", "Eva Roth"]),
        ('"Night and Day" and "Rain"', ['"Night and Day"', '"Rain"']),
        (
            "the bank (founded by Roth, Novak and Co) as well as the port",
            ["the bank (founded by Roth, Novak and Co)", "the port"],
        ),
        ("3 March 1931, 1,200 boats", ["3 March 1931", "1,200 boats"]),
        ("March 3, 1931", ["March 3, 1931"]),
        ("sandstone", ["sandstone"]),
        ("oil & gas", ["oil", "gas"]),
        ("red, and ", ["red"]),
        ("Python 3.10 or newer and about 60 MB of memory", ["Python 3.10 or newer", "about 60 MB of memory"]),
        ("two or more boats, or older ones", ["two or more boats", "older ones"]),
        ("the road between Arlen and Skerra, and the pier", ["the road between Arlen and Skerra", "the pier"]),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    padded = f"They are {text} they say"
    assert [span.of(padded) for span in item_spans(padded, placed(padded, text))] == items


@pytest.mark.parametrize(
    ("text", "read", "items"),
    [
        ("The crossing from Arlen to Skerra takes an hour.", "Arlen to Skerra", ["Arlen", "Skerra"]),
        ("Everything, from lamps to the sliding doors, is theirs.", "lamps to the sliding doors", ["lamps", "the sliding doors"]),
        ("He gave Arlen to Skerra.", "Arlen to Skerra", []),
        ("She was away from May to July.", "May to July", []),
        ("It is open from 9 a.m. to noon.", "9 a.m. to noon", []),
        ("It runs from Monday to Friday.", "Monday to Friday", []),
        ("It came from Arlen.", "Arlen", []),
    ],
)
def test_the_two_ends_of_a_way_are_two_items(text: str, read: str, items: list[str]) -> None:
    assert [span.of(text) for span in enumerated(text, placed(text, read))] == items


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
    found = [span.of(text) for span in bare(text, enumerated(text, placed(text, read)))]
    assert found == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("burns coal, wood or peat; lets it rust; or sells it", ["burns coal, wood or peat", "lets it rust", "sells it"]),
        ("coal, wood or peat; and oil", ["coal", "wood", "peat", "oil"]),
        ("a full disk; a wrong key, that is all", ["a full disk", "a wrong key", "that is all"]),
        ("London, England; Paris; and Rome", ["London, England", "Paris", "Rome"]),
        ("a Thermos, a torch and a map; warm clothes; and food", ["a Thermos, a torch and a map", "warm clothes", "food"]),
        ("Acme Ltd, 1,200; Bolt plc, 3,400; Cask, 5", ["Acme Ltd, 1,200", "Bolt plc, 3,400", "Cask, 5"]),
        ("Dr Falk; the porter; and the cook", ["Dr Falk", "the porter", "the cook"]),
        ("Dr Falk and the porter", ["Dr Falk", "the porter"]),
        ("Acme, Brandt &amp; Daughters and Bolt", ["Acme", "Brandt &amp; Daughters", "Bolt"]),
        ("Leo Brisk, a surveyor; Ada Tooley, who drives; and Win Asante, 71, a cook", ["Leo Brisk", "Ada Tooley", "Win Asante"]),
        ("his sister Ada Falk, who drives; Cas Roth; and Bo", ["Ada Falk", "Cas Roth", "Bo"]),
        ("Bruno Falk, a 44-year-old driver, who was dismissed, and Casimir Roth", ["Bruno Falk", "Casimir Roth"]),
        ("Acme (Riga, a port), Bolt (Tartu, the town) and Cask", ["Acme (Riga, a port)", "Bolt (Tartu, the town)", "Cask"]),
        ("Who signs, which rooms are let and what it costs", ["Who signs", "which rooms are let", "what it costs"]),
        ("April 4, 2021 and May 5, 2021", ["April 4, 2021", "May 5, 2021"]),
        ("April 4, 2021; May 5, 2021; June 6, 2022", ["April 4, 2021", "May 5, 2021", "June 6, 2022"]),
    ],
)
def test_semicolons_part_before_commas_and_explanations_are_no_items(text: str, items: list[str]) -> None:
    assert [span.of(text) for span in enumerated(text, Span(0, len(text)))] == items


def test_a_long_explanation_takes_no_longer_than_its_length() -> None:
    # A pattern that can part a run of words in many ways takes time exponential in their number here.
    text = "Wiz, the " + "word " * 60 + "(and more), and Bandai"
    assert len(enumerated(text, Span(0, len(text)))) == 3


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("runs on Linux and macOS", ["Linux", "macOS"]),
        ("nineteen ships from Spain, the Isle of Man and Italy", ["nineteen ships from Spain", "the Isle of Man", "Italy"]),
        ("nineteen ships from Spain, Malta and Italy", ["Spain", "Malta", "Italy"]),
        ("tells how it works, what it costs and why", ["how it works", "what it costs", "why"]),
        ("Marit Holm of the council and Erik Dahl", ["Marit Holm of the council", "Erik Dahl"]),
        ("sends a mail to Erik and exits", ["sends a mail to Erik", "exits"]),
    ],
)
def test_the_first_of_several_items_is_shaped_as_the_others(text: str, items: list[str]) -> None:
    assert [span.of(text) for span in enumerated(text, Span(0, len(text)))] == items
