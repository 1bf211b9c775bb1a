from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.records import Document, Passage, Section, Span
from qabot.text.graphemes import widen
from qabot.text.sentences import sentence_spans
from qabot.text.terms import count_words
from tests.strategies import messy_text


def sentence(number: int, length: int) -> str:
    return " ".join([f"Number{number}", *["word"] * (length - 1)]) + "."


def of_lengths(*sections: list[int]) -> Document:
    """A document with sentences of so many words each."""
    paragraphs = []
    for number, lengths in enumerate(sections):
        body = " ".join(sentence(10 * number + at, length) for at, length in enumerate(lengths))
        paragraphs.append(f"## Heading {number}\n\n{body}\n\n")
    return document_from_text("".join(paragraphs), id="a.md", suffix=".md")


def lengths_of(passages: list[Passage]) -> list[list[int]]:
    return [[count_words(span.of(passage.document.text)) for span in passage.sentences] for passage in passages]


@pytest.mark.parametrize(
    ("lengths", "windows"),
    [
        ([5], [[5]]),
        ([4, 4], [[4, 4]]),
        ([4, 4, 4, 4], [[4, 4], [4, 4], [4, 4]]),
        ([20, 2], [[20], [2]]),
        ([2, 20, 2], [[2], [20], [2]]),
        ([9, 1, 8], [[9], [1, 8]]),
        ([7, 1, 8], [[7, 1], [1, 8]]),
        # The last one alone would be short: it reaches back as far as the limit lets it.
        ([7, 2, 1, 1], [[7, 2, 1, 1]]),
        # It may take in all of the one before; no two begin alike.
        ([4, 4, 1], [[4, 4, 1]]),
        ([9, 4, 4, 1], [[9], [4, 4, 1]]),
    ],
)
def test_windows_of_target_8_and_limit_12(lengths: list[int], windows: list[list[int]]) -> None:
    assert lengths_of(cut_passages([of_lengths(lengths)], target=8, limit=12, overlap=1)) == windows


@pytest.mark.parametrize(("overlap", "firsts"), [(0, [0, 2, 4]), (1, [0, 1, 2, 3, 4]), (5, [0, 1, 2, 3, 4])])
def test_overlap_is_counted_in_sentences(overlap: int, firsts: list[int]) -> None:
    passages = cut_passages([of_lengths([4] * 6)], target=8, limit=8, overlap=overlap)
    assert [int(passage.text.split()[0].removeprefix("Number")) for passage in passages] == firsts


def test_no_passage_crosses_a_heading() -> None:
    passages = cut_passages([of_lengths([3, 3], [3], [3, 3])], target=100, limit=100)
    assert [passage.heading for passage in passages] == ["Heading 0", "Heading 1", "Heading 2"]
    assert lengths_of(passages) == [[3, 3], [3], [3, 3]]


def test_passages_keep_the_order_of_documents_and_sections() -> None:
    one, two = of_lengths([3], [3]), document_from_text("Last one.", id="b", suffix="")
    assert [(passage.document.id, passage.heading) for passage in cut_passages([one, two])] == [
        ("a.md", "Heading 0"),
        ("a.md", "Heading 1"),
        ("b", ""),
    ]


def test_nothing_gives_nothing() -> None:
    assert cut_passages([]) == []
    assert cut_passages([Document("a", "", "", "a", ())]) == []


def test_sentences_are_cut_in_what_the_reader_sees_and_stand_in_the_source() -> None:
    doc = document_from_text("*One* **two.** [Three](u) four. Five", id="a", suffix=".md")
    (passage,) = cut_passages([doc])
    assert [span.of(doc.text) for span in passage.sentences] == ["One* **two.", "Three](u) four.", "Five"]
    assert passage.visible()[0] == "One two. Three four. Five"


@pytest.mark.parametrize(("source", "start"), [("- \u0301abc def", 1), ("# a\n\n- \u200dabc", 6)])
def test_a_passage_begins_with_a_whole_grapheme(source: str, start: int) -> None:
    doc = document_from_text(source, id="a", suffix=".md")
    assert cut_passages([doc])[-1].span.start == start


@pytest.mark.parametrize(("target", "limit", "overlap"), [(0, 5, 1), (6, 5, 1), (-1, -1, 0), (5, 5, -1)])
def test_settings_without_sense_are_refused(target: int, limit: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="need 0 < target <= limit"):
        cut_passages([], target=target, limit=limit, overlap=overlap)


@st.composite
def settings_of_windows(draw: st.DrawFn) -> tuple[int, int, int]:
    target = draw(st.integers(1, 40))
    return target, draw(st.integers(target, 60)), draw(st.integers(0, 3))


@given(st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=8), max_size=3), settings_of_windows())
def test_windows_cover_every_sentence_within_the_limit(sections: list[list[int]], how: tuple[int, int, int]) -> None:
    doc = of_lengths(*sections)
    target, limit, overlap = how
    passages = cut_passages([doc], target=target, limit=limit, overlap=overlap)
    blocks = [(section, block) for section in doc.sections for block in section.blocks]
    sentences = [(section, span.shift(block.start)) for section, block in blocks for span in sentence_spans(block.of(doc.text))]
    assert {span for passage in passages for span in passage.sentences} == {span for _, span in sentences}
    for passage in passages:
        lengths = [count_words(span.of(doc.text)) for span in passage.sentences]
        assert sum(lengths) <= limit or len(lengths) == 1
    check_passages(doc, passages)
    assert lengths_of(passages) == expected(sections, target, limit, overlap)


def expected(sections: list[list[int]], target: int, limit: int, overlap: int) -> list[list[int]]:
    """The windows by the plainest way to say it: fill up to the target, step back by the overlap; the last replaces its like."""
    found = []
    for lengths in sections:
        windows: dict[int, int] = {}
        first = last = 0
        while last < len(lengths):
            last = first + 1
            while last < len(lengths) and sum(lengths[first:last]) < target and sum(lengths[first : last + 1]) <= limit:
                last += 1
            if last == len(lengths):
                while first > 0 and sum(lengths[first:]) < target and sum(lengths[first - 1 :]) <= limit:
                    first -= 1
            windows[first] = last
            first = max(first + 1, last - overlap)
        found += [lengths[first:last] for first, last in sorted(windows.items())]
    return found


def check_passages(doc: Document, passages: list[Passage]) -> None:
    """What holds for all passages of all documents."""
    assert len({passage.id for passage in passages}) == len(passages)
    assert [passage.id for passage in passages] == sorted(passage.id for passage in passages)
    for passage in passages:
        section = section_of(doc, passage.sentences[0])
        assert passage.heading == section.heading
        assert all(section_of(doc, span) is section for span in passage.sentences)
        first, last = passage.sentences[0], passage.sentences[-1]
        assert passage.span == widen(doc.text, Span(first.start, last.end))
        assert all(left.end <= right.start for left, right in zip(passage.sentences, passage.sentences[1:], strict=False))


def section_of(doc: Document, span: Span) -> Section:
    return next(section for section in doc.sections if any(span.within(block) for block in section.blocks))


@given(messy_text, st.sampled_from(["", ".md"]), settings_of_windows())
def test_every_word_of_a_block_stands_in_a_passage(text: str, suffix: str, how: tuple[int, int, int]) -> None:
    doc = document_from_text(text, id="a", suffix=suffix)
    target, limit, overlap = how
    passages = cut_passages([doc], target=target, limit=limit, overlap=overlap)
    check_passages(doc, passages)
    held = {at for passage in passages for at in range(passage.span.start, passage.span.end)}
    for section in doc.sections:
        for block in section.blocks:
            seen, offsets = doc.visible(block)
            assert all(at in held for at, char in zip(offsets, seen, strict=True) if not char.isspace())
