from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from qabot.records import Span
from qabot.text.sentences import sentence_spans, trim
from tests.strategies import messy_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \r\n\t", []),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("  Dr. Smith met Mr. Jones.  He left. ", ["Dr. Smith met Mr. Jones.", "He left."]),
        ("The U.S. sent 4.2 million. It helped.", ["The U.S. sent 4.2 million.", "It helped."]),
        ("Hard\r\nwrapped here. Next\r\none.", ["Hard\r\nwrapped here.", "Next\r\none."]),
        ("no end", ["no end"]),
        ("The supply is 12 V, max. 18 watts. It is new.", ["The supply is 12 V, max. 18 watts.", "It is new."]),
        ("Costs excl. 20% VAT apply. See the acc. figures.", ["Costs excl. 20% VAT apply.", "See the acc. figures."]),
        ("We pay 5 at the max. Nobody cared.", ["We pay 5 at the max.", "Nobody cared."]),
        ("It was built approx. then. It fell.", ["It was built approx. then.", "It fell."]),
        ("Most months are free. We pay no tax. Poland does.", ["Most months are free.", "We pay no tax.", "Poland does."]),
        ("Under art. 5 and Cl. IV he said no. I agree.", ["Under art. 5 and Cl. IV he said no.", "I agree."]),
        ("we carry max. five bags. we said no. then we left.", ["we carry max. five bags.", "we said no.", "then we left."]),
        ("He likes art. She likes No. 6 best.", ["He likes art.", "She likes No. 6 best."]),
        ("Dept. & Co. Ltd. sold it to Prof. Li in Oct. 1987.", ["Dept. & Co. Ltd. sold it to Prof. Li in Oct. 1987."]),
        ("He paid 5 climax. 3 came.", ["He paid 5 climax.", "3 came."]),
        ("“Stop!” he cried. He ran.", ["“Stop!” he cried.", "He ran."]),
        # A note without any capitals has sentences too.
        ("we went home. then we ate.", ["we went home.", "then we ate."]),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == found


@given(messy_text)
def test_sentences_are_ordered_trimmed_and_leave_only_white_space_out(text: str) -> None:
    spans = sentence_spans(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    held = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in held for at, char in enumerate(text) if not char.isspace())
    assert all(span.end <= len(text) for span in spans)


@pytest.mark.parametrize("text", ["word " * 2_000, "x" * 3_000, "a\n" * 60_000])
def test_what_is_no_sentence_is_cut_into_pieces_of_a_bounded_size(text: str) -> None:
    spans = sentence_spans(text)
    assert max(len(span) for span in spans) <= 1_200
    assert "".join(span.of(text) for span in spans).replace(" ", "").replace("\n", "") == "".join(text.split())


def test_a_long_piece_is_cut_between_words() -> None:
    text = "harbours and " * 1_000  # its words end at no multiple of the longest piece
    assert {word for span in sentence_spans(text) for word in span.of(text).split()} == {"harbours", "and"}


@pytest.mark.parametrize(
    ("text", "start", "end", "span"),
    [
        ("  ab ", 0, 5, Span(2, 4)),
        ("ab", 0, 2, Span(0, 2)),
        (" \n ", 0, 3, None),
        ("ab", 1, 1, None),
        ("a\x85", 0, 2, Span(0, 1)),
    ],
)
def test_trim(text: str, start: int, end: int, span: Span | None) -> None:
    assert trim(text, start, end) == span
