from __future__ import annotations

from collections.abc import Sequence
from itertools import product, takewhile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.assembly import open_bot
from qabot.errors import ModelError
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.loading import load_marker
from qabot.reading.marking import BEGINS, GOES_ON, ItemMarker, Marking, finished, likeliest, units_of
from qabot.records import Span
from tests.conftest import Model


def tokens_of(text: str) -> list[Span]:
    """Runs of letters and digits, and every other mark by itself, as a tokenizer parts them."""
    found, at = [], 0
    while at < len(text):
        length = max(1, sum(1 for _ in takewhile(str.isalnum, text[at:])))
        if not text[at].isspace():
            found.append(Span(at, at + length))
        at += length
    return found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("red, blue", ["red", ",", "blue"]),
        ("edit larder.toml.", ["edit", "larder", "."]),
        ("O'Neil's (old) cat", ["O", "(", "old", ")", "cat"]),
        ("the 4.5 km and “so” on", ["the", "4", "km", "and", "“", "so", "”", "on"]),
        ("", []),
    ],
)
def test_a_unit_is_what_is_written_in_one_or_a_mark_beside_it(text: str, units: list[str]) -> None:
    tokens = tokens_of(text)
    assert [tokens[number].of(text) for number in units_of(text, tokens)] == units


def _allowed(tags: Sequence[int], sentences: Sequence[int]) -> bool:
    pairs = zip([0, *tags], tags, [-1, *sentences], sentences, strict=False)
    return all(tag != GOES_ON or (before in (BEGINS, GOES_ON) and one == other) for before, tag, one, other in pairs)


@given(
    st.lists(st.tuples(*[st.floats(-5, 0) for _ in range(3)]), max_size=5).flatmap(
        lambda rows: st.tuples(st.just(rows), st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)).map(sorted))
    )
)
def test_the_likeliest_tags_are_those_of_all_that_are_allowed(
    drawn: tuple[list[tuple[float, float, float]], list[int]],
) -> None:
    rows, sentences = drawn
    logs = np.array(rows, np.float64).reshape(len(rows), 3)

    def total(tags: Sequence[int]) -> float:
        return sum(row[tag] for row, tag in zip(rows, tags, strict=True))

    found = likeliest(logs, sentences)
    assert _allowed(found, sentences)
    best = max(total(tags) for tags in product(range(3), repeat=len(rows)) if _allowed(tags, sentences))
    assert total(found) == pytest.approx(best)


@pytest.mark.parametrize(
    ("text", "runs", "wanted"),
    [
        ("better ties , the level of talks with us , and trade", [(0, 1), (3, 5)], ["better ties", "the level of talks with us"]),
        ("the level of talks and trade", [(0, 2), (5, 5)], ["the level of talks", "trade"]),
        ("the level of trade talks", [(0, 2), (3, 3)], ["the level of", "trade"]),
        ("the level Of talks", [(0, 2)], ["the level Of talks"]),
        ("the level of , well", [(0, 2)], ["the level of"]),
        ("the level of talks . They rose", [(0, 2)], ["the level of talks"]),
        ("the author of ' War ' , a book", [(0, 2)], ["the author of ' War '"]),
        ("( the level of ( high ) talks )", [(1, 3)], ["the level of ( high ) talks"]),
        ("the rise of the sea which took it", [(0, 2)], ["the rise of the sea"]),
        ("red and blue paint", [(0, 0), (2, 2)], ["red", "blue"]),
        ("", [], []),
    ],
)
def test_a_thing_that_breaks_off_in_its_phrase_goes_on_to_the_end(
    text: str, runs: list[tuple[int, int]], wanted: list[str]
) -> None:
    words = text.split()
    found = finished(runs, words, [0] * len(words))
    assert [" ".join(words[first : last + 1]) for first, last in found] == wanted


def test_no_thing_goes_on_into_another_sentence() -> None:
    assert finished([(0, 2)], ["the", "level", "of", "talks", "They", "rose"], [0, 0, 0, 0, 1, 1]) == [(0, 3)]


def marked(model: Model, question: str, text: str, answer: str) -> tuple[Marking, str]:
    (passage,) = cut_passages([document_from_text(text, id="a", suffix=".md")])
    (window,) = model[1].of(question, [passage])
    start = passage.document.text.index(answer)
    marking = load_marker(model[0]).mark(window, passage, Span(start, start + len(answer)))
    return marking, passage.document.text


def test_no_thing_is_shown_that_breaks_off() -> None:
    bot = open_bot()
    for question in ("What did Muttaqi and Wang Yi discuss?", "Which regional issues did Wang Yi and Muttaqi talk about?"):
        items = [one.text for one in bot.ask(question).candidates if one.kind == "item"]
        assert "raising the level of diplomatic relations" in items


def test_every_thing_that_answers_is_marked(model: Model) -> None:
    text = "The harbour was quiet. Ships came from Latvia, **Estonia** and Finland, but none left before the evening."
    marking, whole = marked(model, "Which countries sent ships?", text, "Latvia")
    assert [item.of(whole) for item in marking.items] == ["Latvia", "Estonia", "Finland"]
    assert marking.lead > 0


def test_a_single_thing_is_marked_alone_and_leads_nothing(model: Model) -> None:
    text = "The mayor, Ilse Brandt, opened the new bridge on 3 March. Boats passed under it from noon."
    marking, whole = marked(model, "Who opened the bridge?", text, "Ilse Brandt")
    assert [item.of(whole) for item in marking.items] == ["Ilse Brandt"]
    assert marking.lead <= 0


def test_a_head_that_is_missing_or_damaged_is_named(model: Model, tmp_path: Path) -> None:
    (passage,) = cut_passages([document_from_text("Ships came.", id="a", suffix=".md")])
    (window,) = model[1].of("Who came?", [passage])
    file = tmp_path / "items.onnx"
    with pytest.raises(ModelError, match=r"items\.onnx: the reader's model is missing"):
        ItemMarker(file, model[0]).mark(window, passage, Span(0, 5))
    file.write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"items\.onnx: the reader's model can't be loaded"):
        ItemMarker(file, model[0]).mark(window, passage, Span(0, 5))
