from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.ingest.reading import document_from_text
from qabot.records import Answer, Document, Evidence, Location, Passage, Reply, Span, leading_items
from tests.building import answer, document, passage, placed
from tests.strategies import messy_text

bounds = st.tuples(st.integers(0, 30), st.integers(1, 10))
spans = bounds.map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (-3, -1), (0, 0), (5, 5), (5, 4)])
def test_a_span_is_neither_negative_nor_empty(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


@given(spans, spans)
def test_within_and_overlaps_are_those_of_the_sets_of_offsets(one: Span, other: Span) -> None:
    ours, theirs = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.within(other) == (ours <= theirs)
    assert one.overlaps(other) == bool(ours & theirs)
    assert len(one) == len(ours)


def test_shift_moves_both_ends_and_not_below_zero() -> None:
    assert Span(3, 5).shift(4) == Span(7, 9)
    assert Span(3, 5).shift(-3) == Span(0, 2)
    with pytest.raises(ValueError, match="0 <= start"):
        Span(3, 5).shift(-4)


def test_spans_are_ordered_by_start_then_end() -> None:
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 1)]) == [Span(0, 1), Span(0, 9), Span(2, 3)]


def _walked(text: str, offset: int) -> Location:
    """Line and column by reading one character after the other."""
    line = column = 1
    for char in text[:offset]:
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    return Location(line, column)


@given(messy_text)
def test_locate_agrees_with_walking_through_the_text(text: str) -> None:
    doc = document(text)
    assert [doc.locate(offset) for offset in range(len(text) + 1)] == [_walked(text, offset) for offset in range(len(text) + 1)]


@pytest.mark.parametrize("mark", ["\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_lines_end_at_line_feeds_only(mark: str) -> None:
    assert document(f"a{mark}b").locate(2) == Location(1, 3)
    assert document(f"a{mark}\nb").locate(3) == Location(2, 1)


def test_columns_count_code_points() -> None:
    assert document("👨‍👩‍👧 e\u0301 x").locate(9) == Location(1, 10)


@pytest.mark.parametrize("offset", [-1, 4])
def test_locate_refuses_what_is_outside(offset: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 3"):
        document("abc").locate(offset)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("eleven *fishing* boats", "eleven fishing boats"),
        ("in **bo**ld", "in bold"),
        ('see [the map](map.png "t") there', "see the map there"),
        ("one<br>two", "one two"),
        ("> first *line*\n> second", "first line  second"),
        ("| a | b |\n|---|---|\n| c | d |", "a   b"),
    ],
)
def test_visible_leaves_markup_out_and_keeps_words_apart(source: str, seen: str) -> None:
    doc = document_from_text(source, id="a.md", suffix=".md")
    assert doc.visible(doc.sections[0].blocks[0])[0] == seen


def test_visible_from_inside_markup_begins_behind_it() -> None:
    seen, offsets = document("a<br>bc", hidden=[Span(1, 5)]).visible(Span(3, 7))
    assert (seen, list(offsets)) == ("bc", [5, 6])


def test_visible_without_markup_is_the_text_itself() -> None:
    seen, offsets = document("abcdef").visible(Span(2, 5))
    assert (seen, list(offsets)) == ("cde", [2, 3, 4])


@given(messy_text)
def test_visible_tells_for_each_character_where_it_stands(text: str) -> None:
    doc = document_from_text(text, id="a.md", suffix=".md")
    for section in doc.sections:
        for block in section.blocks:
            seen, offsets = doc.visible(block)
            assert len(seen) == len(offsets)
            assert all(left < right for left, right in pairwise(offsets))
            inside = {at for mark in doc.hidden for at in range(mark.start, mark.end)}
            # Either the character itself, or the one space that stands for markup which parts words.
            assert all(doc.text[at] == char if at not in inside else char == " " for char, at in zip(seen, offsets, strict=True))


def test_marks_are_the_hidden_spans_that_a_span_touches() -> None:
    doc = document("a*b**c_d", hidden=[Span(1, 2), Span(3, 5), Span(6, 7)])
    assert list(doc.marks(Span(0, 8))) == list(doc.hidden)
    assert list(doc.marks(Span(0, 1))) == list(doc.marks(Span(2, 3))) == []
    assert list(doc.marks(Span(2, 4))) == list(doc.marks(Span(4, 6))) == [Span(3, 5)]


def test_an_answer_derives_all_it_shows() -> None:
    text = "\ufeffThe mayor spoke.\r\nIlse Brandt said so. Nobody else did."
    doc = document(text)
    sentences = tuple(placed(text, words) for words in ("The mayor spoke.", "Ilse Brandt said so.", "Nobody else did."))
    whole = Passage(doc, Span(1, len(text)), "", sentences)
    found = answer(whole, "Ilse Brandt")
    assert found.text == "Ilse Brandt"
    assert found.sentence == "Ilse Brandt said so."
    assert found.location == Location(2, 1)
    assert found.document is doc


def test_a_sentence_around_a_span_over_two_is_both() -> None:
    text = "One two. Three four. Five."
    whole = Passage(document(text), Span(0, len(text)), "", (Span(0, 8), Span(9, 20), Span(21, 26)))
    assert whole.sentence_around(placed(text, "two. Three")).of(text) == "One two. Three four."


@pytest.mark.parametrize("span", [Span(0, 3), Span(3, 11), Span(9, 12)])
def test_an_answer_outside_its_passage_is_refused(span: Span) -> None:
    of = Passage(document("0123456789abc"), Span(2, 10), "", (Span(2, 10),))
    with pytest.raises(ValueError, match="outside its passage"):
        Answer(of, span, "span", 0.0, 0.5, Evidence(0.0, 0.0, 0.0))


@pytest.mark.parametrize(("threshold", "shown"), [(0.0, ["a", "b", "c"]), (0.5, ["a", "c"]), (0.9, ["a"]), (0.91, []), (1.0, [])])
def test_a_reply_answers_with_what_reaches_the_threshold(threshold: float, shown: list[str]) -> None:
    of = passage("a b c")
    candidates = tuple(answer(of, words, confidence=sure) for words, sure in (("a", 0.9), ("b", 0.4), ("c", 0.5)))
    reply = Reply("?", None, candidates, (), threshold)
    assert [found.text for found in reply.answers] == shown
    assert reply.best == (reply.answers[0] if shown else None)
    assert len(reply.candidates) == 3


def test_a_list_counts_as_one_answer_and_is_never_cut() -> None:
    of, elsewhere = passage("a b c d"), passage("e")
    items = [replace(answer(of, words), kind="item") for words in "abc"]
    others = [answer(of, "d"), answer(elsewhere, "e")]
    reply = Reply("?", None, (*items, *others), (), 0.5)
    assert [one.text for one in reply.listed] == ["a", "b", "c"]
    assert [[one.text for one in reply.first(count)] for count in (1, 2, 9)] == [[*"abc"], [*"abcd"], [*"abcde"]]
    assert leading_items([*items, replace(others[1], kind="item")]) == tuple(items)
    plain = Reply("?", None, tuple(others), (), 0.5)
    assert plain.listed == ()
    assert [one.text for one in plain.first(1)] == ["d"]
    assert Reply("?", None, (), (), 0.5).first(3) == ()


def test_documents_are_told_apart_by_identity_and_passages_by_id() -> None:
    one, other = passage("same"), passage("same")
    assert one != other
    assert isinstance(one.document, Document)
    assert one.id == other.id == ("a.txt", 0)
