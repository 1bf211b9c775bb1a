from __future__ import annotations

import pytest
from hypothesis import given

from qabot.ingest.formats.plain import parse
from qabot.text.terms import words
from tests.ingest.structure import check, outline
from tests.strategies import messy_text

WRAPPED = "The harbour of Tarnov was closed after the\nfire, and will open again by the end of the\nyear, the mayor said."
AGREED = "The parties agree on all that stands above, and on what the Annex of this\nAgreement says of repairs in the harbour"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \r\n\f\n", []),
        ("One line.", [("", ["One line."])]),
        ("First.\n\nSecond.\n \t\nThird.", [("", ["First.", "Second.", "Third."])]),
        (WRAPPED, [("", [WRAPPED])]),
        (WRAPPED.replace("\n", "\r\n"), [("", [WRAPPED.replace("\n", "\r\n")])]),
        ("short line\ngoes on", [("", ["short line\ngoes on"])]),
        ("Name: Ilse\nTown: Tarnov", [("", ["Name: Ilse", "Town: Tarnov"])]),
        # A label begins a line of its own, however long the line before it is.
        (
            "Agreement between the Supplier and the Customer named below\nDate: 12 June 2024\nSigned by: Ilse Brandt",
            [
                (
                    "",
                    [
                        "Agreement between the Supplier and the Customer named below",
                        "Date: 12 June 2024",
                        "Signed by: Ilse Brandt",
                    ],
                )
            ],
        ),
        # A line that ends long before the others do was not cut by wrapping.
        (
            f"{AGREED}\nSigned for the Supplier by the mayor of Tarnov",
            [("", [AGREED, "Signed for the Supplier by the mayor of Tarnov"])],
        ),
        (
            "We need these things:\n- bread\n* salt\n• fish\n1. tea\n2) milk\n(a) rum",
            [("", ["We need these things:", "- bread", "* salt", "• fish", "1. tea", "2) milk", "(a) rum"])],
        ),
        (
            "- an item that is long enough to be wrapped\n  into a second line\n- next",
            [("", ["- an item that is long enough to be wrapped\n  into a second line", "- next"])],
        ),
        ("Intro.\n\nTHE FIRE\n\nIt burnt.", [("", ["Intro."]), ("THE FIRE", ["THE FIRE", "It burnt."])]),
        ("Intro.\n\nThe fire\n--------\n\nIt burnt.", [("", ["Intro."]), ("The fire", ["The fire", "It burnt."])]),
        ("Intro.\n\n2.1 The fire\n\nIt burnt.", [("", ["Intro."]), ("2.1 The fire", ["2.1 The fire", "It burnt."])]),
        ("Intro.\n\nPart IV Fire\n\nIt burnt.", [("", ["Intro."]), ("Part IV Fire", ["Part IV Fire", "It burnt."])]),
        ("Intro.\n\nIT BURNT ALL NIGHT.\n\nThen not.", [("", ["Intro.", "IT BURNT ALL NIGHT.", "Then not."])]),
        ("Intro.\n\nUSA\n\nNext.", [("", ["Intro.", "USA", "Next."])]),
    ],
)
def test_blocks_and_headings(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert outline(text, "") == found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour fire\n\nIt burnt.", "Harbour fire"),
        ("\n\n  Harbour fire \r\n\r\nIt burnt.", "Harbour fire"),
        ("HARBOUR FIRE\n============\n\nIt burnt.", "HARBOUR FIRE"),
        ("Title: Harbour fire\nDate: 3 March\n\nIt burnt.", "Harbour fire"),
        ("Title:\n\nIt burnt", None),
        ("It burnt. And more.\n\nLater words", None),
        ("“It burnt.”\n\nLater words", None),
        ("word " * 50 + "\n\nIt burnt.", None),
        ("", None),
    ],
)
def test_the_title_is_a_first_line_that_is_no_sentence(text: str, title: str | None) -> None:
    assert parse(text).title == title


def test_the_title_opens_no_section_and_stays_readable() -> None:
    assert outline("HARBOUR FIRE\n\nIt burnt.", "") == [("", ["HARBOUR FIRE", "It burnt."])]


@given(messy_text)
def test_any_text_has_a_sound_structure_that_holds_all_its_words(text: str) -> None:
    structure = parse(text)
    check(text, structure)
    held = {at for section in structure.sections for block in section.blocks for at in range(block.start, block.end)}
    assert all(held.issuperset(range(span.start, span.end)) for span, _ in words(text))
    assert all(set(mark.of(text).strip()) <= set("=-~*") for mark in structure.hidden)
