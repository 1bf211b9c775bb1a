"""What was written for training: read as it says, and made into examples of the passages that answer and of those that don't."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from qabot.records import Span
from qabot.training.example import Example
from qabot.training.written import FOLDER, written_examples, written_sets

_MILL = "The mill closed in 1931, when the river was moved. Maud and Ilse Brandt owned it."
_BOATS = "The boats carried salt, coal and grain to Arlen. They never ran on Sundays. Two of often ten boats sank; ten were sold."
_TEXT = f"# The mill\n\n{_MILL}\n\n# Boats\n\n{_BOATS}\n"
_CLOSED, _OWNED, _CARRIED, _RAN, _SANK = (
    "The mill closed in 1931, when the river was moved.",
    "Maud and Ilse Brandt owned it.",
    "The boats carried salt, coal and grain to Arlen.",
    "They never ran on Sundays.",
    "Two of often ten boats sank; ten were sold.",
)


def _write(folder: Path, *records: dict[str, Any]) -> Path:
    (folder / "mill.md").write_text(_TEXT, encoding="utf-8")
    (folder / "mill.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return folder


def _examples(folder: Path) -> list[Example]:
    return list(written_examples(random.Random(1), 1.0, folder))


def _answered(folder: Path) -> list[tuple[str, list[str]]]:
    return [(one.question, [span.of(one.text) for span in one.answers]) for one in _examples(folder) if one.answers]


def test_a_plain_question_is_asked_of_the_passage_that_answers_and_of_one_that_does_not(tmp_path: Path) -> None:
    asked = {"kind": "plain", "question": "When did the mill stop?", "answers": ["1931", "in 1931"], "sentence": _CLOSED}
    _write(tmp_path, asked)
    assert _answered(tmp_path) == [("When did the mill stop?", ["1931", "in 1931"])]
    assert [one.text for one in _examples(tmp_path) if not one.answers] == [_BOATS]


def test_a_question_without_an_answer_is_asked_of_every_passage_that_looks_as_if_it_answered(tmp_path: Path) -> None:
    _write(tmp_path, {"kind": "none", "question": "Who mended the mill's boats?"})
    assert sorted((one.text, one.answers) for one in _examples(tmp_path)) == sorted([(_MILL, ()), (_BOATS, ())])


@pytest.mark.parametrize("items", [["salt", "coal", "grain"], ["grain", "salt", "coal"]])
def test_the_items_of_a_list_are_one_enumeration(tmp_path: Path, items: list[str]) -> None:
    _write(tmp_path, {"kind": "list", "question": "What did they carry?", "answers": items, "sentence": _CARRIED})
    assert _answered(tmp_path) == [("What did they carry?", ["salt, coal and grain"])]
    (told,) = [one for one in _examples(tmp_path) if one.answers]
    assert sorted(span.of(told.text) for span in told.items or ()) == sorted(items)


def test_a_plain_question_has_one_item_and_a_turn_is_not_known_to(tmp_path: Path) -> None:
    plain = {"kind": "plain", "question": "When did the mill stop?", "answers": ["1931", "in 1931"], "sentence": _CLOSED}
    _write(tmp_path, plain, {"kind": "dialogue", "turns": [plain]})
    told = [one.items and [span.of(one.text) for span in one.items] for one in _examples(tmp_path) if one.answers]
    assert told == [["1931"], None]


@pytest.mark.parametrize(("within", "place"), [("often ten boats", "ten boats"), ("ten were sold", "ten were")])
def test_words_that_stand_twice_answer_within_the_part_that_is_named(tmp_path: Path, within: str, place: str) -> None:
    asked = {"kind": "plain", "question": "How many?", "answers": ["ten"], "sentence": _SANK, "within": within}
    _write(tmp_path, asked)
    (example,) = (one for one in _examples(tmp_path) if one.answers)
    assert example.answers == (Span(example.text.index(place), example.text.index(place) + len("ten")),)


def test_a_turn_is_asked_as_it_was_rewritten_and_behind_the_turn_before(tmp_path: Path) -> None:
    first = {"question": "When did the mill close?", "answers": ["1931"], "sentence": _CLOSED}
    owners = ["Maud and Ilse Brandt"]
    second = {"question": "Whose was it?", "rewrite": "Whose was the mill?", "answers": owners, "sentence": _OWNED}
    third = {"question": "Why?", "rewrite": "Why did the mill close?", "answers": ["the river was moved"], "sentence": _CLOSED}
    _write(tmp_path, {"kind": "dialogue", "turns": [first, second, third]})
    assert [question for question, _ in _answered(tmp_path)] == [
        "When did the mill close?",
        "Whose was the mill?",
        "When did the mill close? 1931. Whose was it?",
        "Why did the mill close?",
        "Whose was the mill? Maud and Ilse Brandt. Why?",
    ]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (["1931"], "The mill shut in 1931."),
        (["Sundays"], _CLOSED),
        ([], _RAN),
        ([""], _RAN),
        (["Sun"], _RAN),
        (["ten"], _SANK),
    ],
)
def test_what_does_not_stand_in_the_document_is_refused_by_file_and_line(
    tmp_path: Path, answers: list[str], sentence: str
) -> None:
    fine = {"kind": "plain", "question": "When did the mill stop?", "answers": ["1931"], "sentence": _CLOSED}
    _write(tmp_path, fine, {"kind": "plain", "question": "When?", "answers": answers, "sentence": sentence})
    with pytest.raises(ValueError, match=r"mill\.jsonl, line 2: "):
        written_sets(tmp_path)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, {"kind": "plane", "question": "When?", "answers": ["1931"], "sentence": _CLOSED})
    with pytest.raises(ValueError, match=r"line 1: no kind of question: 'plane'"):
        written_sets(tmp_path)


def test_a_set_needs_one_document(tmp_path: Path) -> None:
    (tmp_path / "mill.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"0 documents named mill\.md or \.txt"):
        written_sets(tmp_path)


def test_a_share_of_the_questions_is_taken(tmp_path: Path) -> None:
    _write(tmp_path, *({"kind": "none", "question": f"Who owned mill {number}?"} for number in range(200)))
    taken = len({one.question for one in written_examples(random.Random(1), 0.3, tmp_path)})
    assert 40 <= taken <= 80


@pytest.mark.parametrize("folder", [FOLDER, FOLDER.parent / "unseen"])
def test_every_set_that_is_shipped_is_as_described(folder: Path) -> None:
    sets = written_sets(folder)
    assert len(sets) == len([*folder.glob("*.jsonl")]) > 0
    for one in sets:
        assert any(asked.sentence is None for asked in one.asked)
        for asked in one.asked:
            assert all(span.within(asked.sentence or Span(0, 0)) for span in asked.answers)
