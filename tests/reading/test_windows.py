from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.errors import ModelError
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.loading import MODEL_FOLDER, load_model
from qabot.reading.windows import QUESTION_TOKENS, WINDOW_TOKENS, Window, Windows
from qabot.records import Passage, Span
from tests.building import passage
from tests.conftest import Model
from tests.strategies import messy_text

QUESTION = "Who is the mayor of Tarnov?"


def seen(window: Window, of: Passage) -> list[str]:
    """What the passage tokens of a window stand on."""
    return [span.of(of.document.text) for span in window.spans]


def test_a_row_is_question_and_passage_with_their_marks(model: Model) -> None:
    windows = model[1]
    of = passage("Ilse spoke.")
    (window,) = windows.of(QUESTION, [of])
    (other,) = windows.of(QUESTION, [passage("Nobody.")])
    assert window.ids[: window.first] == other.ids[: window.first]
    assert window.ids[window.first - 1] == window.ids[-1] != window.ids[0]
    assert len(window.ids) == window.first + len(window.spans) + 1
    assert "".join(seen(window, of)) == "Ilsespoke."


def test_spans_are_document_spans_of_each_passage(model: Model) -> None:
    doc = document_from_text("First one.\r\n\r\n## Two\r\n\r\nПривет *всем* там.", id="a.md", suffix=".md")
    passages = cut_passages([doc])
    found = list(model[1].of(QUESTION, passages))
    assert [window.passage_number for window in found] == [0, 1]
    for window in found:
        assert all(span.within(passages[window.passage_number].span) for span in window.spans)
    assert "".join(seen(found[1], passages[1])) == "Приветвсемтам."


def test_every_token_knows_its_sentence(model: Model) -> None:
    (passage,) = cut_passages([document_from_text("One *two.* Three! *Four* five", id="a.md", suffix=".md")])
    (window,) = model[1].of(QUESTION, [passage])
    by_sentence: dict[int, str] = {}
    for number, words in zip(window.sentences, seen(window, passage), strict=True):
        by_sentence[number] = by_sentence.get(number, "") + words
    assert list(by_sentence.values()) == ["Onetwo.", "Three!", "Fourfive"]


def test_markup_is_not_seen(model: Model) -> None:
    marked = document_from_text("The **mayor**, [Ilse](http://x.y/secret) <b>Brandt</b>, spoke.", id="a", suffix=".md")
    clean = document_from_text("The mayor, Ilse Brandt, spoke.", id="b", suffix=".md")
    (one,), (other,) = (list(model[1].of(QUESTION, cut_passages([doc]))) for doc in (marked, clean))
    assert one.ids == other.ids
    assert [span.of(marked.text) for span in one.spans] == [span.of(clean.text) for span in other.spans]


def test_a_long_passage_goes_through_in_windows_that_overlap_and_leave_nothing_out(model: Model) -> None:
    of = passage(" ".join(f"w{number}" for number in range(1_000)))
    found = list(model[1].of(QUESTION, [passage("Short."), of, passage("Short.")]))
    assert [window.passage_number for window in found] == [0, *[1] * (len(found) - 2), 2]
    long = [window for window in found if window.passage_number == 1]
    assert len(long) > 3
    assert all(len(window.ids) <= WINDOW_TOKENS for window in found)
    held = {at for window in long for span in window.spans for at in range(span.start, span.end)}
    assert held == {at for at, char in enumerate(of.text) if char != " "}
    for before, after in pairwise(long):
        assert before.spans[-96:] == after.spans[:96]


@pytest.mark.parametrize("words", [1, 47, 48, 49, 400])
def test_a_long_question_is_cut(model: Model, words: int) -> None:
    question = " ".join(["mayor"] * words)
    (window,) = model[1].of(question, [passage("Ilse.")])
    assert window.first == min(words, QUESTION_TOKENS) + 2


def test_no_passages_and_passages_without_a_token_give_no_windows(model: Model) -> None:
    assert list(model[1].of(QUESTION, [])) == []
    assert list(model[1].of(QUESTION, [passage("\u200d\u0301")])) == []


@given(messy_text, st.sampled_from(["", ".md"]))
def test_tokens_are_ordered_and_cover_every_letter_and_digit(text: str, suffix: str) -> None:
    passages = cut_passages([document_from_text(text, id="a", suffix=suffix)])
    held: list[set[int]] = [set() for _ in passages]
    for window in load_model(MODEL_FOLDER)[1].of(QUESTION, passages):
        # Tokens that are left out at an edge of the window don't matter here: texts are short.
        assert list(window.spans) == sorted(window.spans)
        held[window.passage_number].update(at for span in window.spans for at in range(span.start, span.end))
    for number, of in enumerate(passages):
        visible, offsets = of.visible()
        assert all(at in held[number] for char, at in zip(visible, offsets, strict=True) if char.isalnum())


@pytest.mark.parametrize("content", [None, "", "{}"])
def test_a_missing_or_damaged_vocabulary_is_a_model_error(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "vocabulary.txt"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"the reader's vocabulary .*; install qabot again"):
        Windows(file)


def test_a_window_knows_no_empty_span(model: Model) -> None:
    (window,) = model[1].of(QUESTION, [passage("a\u0301 \ufffd b")])
    assert window.spans[-1] == Span(5, 6)


def test_marks_in_a_text_are_words_like_others(model: Model) -> None:
    (window,) = model[1].of(QUESTION, [passage("It says [SEP] and [CLS] here.")])
    assert window.ids.count(window.ids[-1]) == 2  # behind the question and at the end, not in the passage
    assert window.ids.count(window.ids[0]) == 1
