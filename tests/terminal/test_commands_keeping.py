"""The chat's commands that keep something: /save, /copy, /good, /bad, /gold."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from qabot.errors import CommandError
from qabot.evaluation.questions import read_question_set
from qabot.ingest.reading import document_from_text
from qabot.terminal.marking import gold
from qabot.terminal.outside import Outside
from tests.terminal.chatting import COST, chat

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl


def test_save_writes_the_dialogue_once(tmp_path: Path) -> None:
    file = tmp_path / "talk [1].md"
    hostile = document_from_text("The repair will cost 7 million crowns <b>*now*</b>.\n", id="h", path="h_1.txt")
    screen = chat("What will the repair cost?", f"/save {file}", f"/save {file}", documents=[hostile])
    text = file.read_text(encoding="utf-8")
    assert text == (
        "# A dialogue with qabot\n\n## What will the repair cost?\n\n**7 million crowns** (80%) [1]\n\n"
        "> The repair will cost **7 million crowns** \\<b\\>\\*now\\*\\</b\\>.\n\n"
        "## Sources\n\n- [1] h\\_1.txt:1:22: 7 million crowns\n"
    )
    assert "is there already; name a file that isn't" in screen.replace("\n", " ")
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_a_saved_passage_keeps_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    document = document_from_text("The harbour has:\n\n- a *new* quay\n- 2 < cranes\n", id="h", path="h.md", suffix=".md")
    chat("/threshold 1", "What does the harbour have?", f"/save {file}", documents=[document])
    assert "> The harbour has:\n>\n> • a new quay\n>\n> • 2 \\< cranes\n\n" in file.read_text(encoding="utf-8")


def test_save_that_cannot_be(tmp_path: Path) -> None:
    assert "can't be written" in chat(COST, f"/save {tmp_path}/no/where.md").replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_copy_sends_the_words_to_a_terminal_only() -> None:
    screen = chat(COST, "/copy 1", outside=Outside(escapes=True))
    assert f"\x1b]52;c;{base64.b64encode(b'4.2 million euros').decode()}\x07" in screen
    refused = chat(COST, "/copy 1")
    assert "\x1b" not in refused
    assert "nothing is copied" in refused


def test_marks_make_a_question_file_that_eval_reads(tmp_path: Path) -> None:
    file = tmp_path / "data" / "questions.jsonl"
    screen = chat(COST, "/good", COST, "/bad", outside=Outside(marks=file))
    assert screen.replace("\n", "").count(str(file)) == 2
    right, wrong = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert (right["question"], right["answers"], right["document"]) == (COST, ["4.2 million euros"], "harbour.md")
    assert (wrong["answers"], wrong["wrong"]) == ([], "4.2 million euros")
    assert file.stat().st_mode & 0o077 == 0
    asked = read_question_set(file)
    assert asked.problems == ()
    assert [question.answers for question in asked.questions] == [("4.2 million euros",), ()]


def test_a_mark_takes_the_place_of_the_one_before_on_the_same_answer(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "Before?", "answers": []}', encoding="utf-8")
    chat(COST, "/good", "/bad", "/gold 5 million", outside=Outside(marks=file))
    before, line = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert before["question"] == "Before?"
    assert (line["answers"], line["wrong"]) == (["5 million"], "4.2 million euros")
    assert list(tmp_path.iterdir()) == [file]


def test_gold_that_stands_nowhere_is_kept_and_told(tmp_path: Path) -> None:
    outside = Outside(marks=tmp_path / "q.jsonl")
    screen = chat(COST, "/gold 4.3 million euros", outside=outside)
    assert "kept as gold: 4.3 million euros\nThese words stand nowhere in harbour.md; is it a slip?\n" in screen
    assert json.loads((tmp_path / "q.jsonl").read_text(encoding="utf-8"))["answers"] == ["4.3 million euros"]
    assert "These words" not in chat(COST, "/gold It destroyed eleven  Fishing boats", outside=outside)
    refused = ("/threshold 1", COST)
    assert "These words" not in chat(*refused, "/gold Ilse Brandt", outside=outside)
    assert "nowhere in the documents; is it a slip?" in chat(*refused, "/gold Mara Voss", outside=outside)


def test_marks_after_not_found(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    screen = chat("/threshold 1", COST, "/bad", "/good", outside=Outside(marks=file))
    assert "nothing was answered; /gold TEXT says what" in screen
    assert json.loads(file.read_text(encoding="utf-8"))["answers"] == []


def test_marks_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    screen = chat(COST, "/good", outside=Outside(marks=tmp_path / "file" / "q.jsonl"))
    assert "the mark can't be written" in screen.replace("\n", " ")
    assert "no question file" in chat(COST, "/gold x")


def test_quotes_around_the_name_of_a_file_are_no_part_of_it(tmp_path: Path) -> None:
    chat(COST, f"/save '{tmp_path}/my file.md'")
    assert [file.name for file in tmp_path.iterdir()] == ["my file.md"]


def test_a_question_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.symlink_to("real.jsonl")
    chat(COST, "/good", "/gold 5 million", outside=Outside(marks=file))
    assert file.is_symlink()
    (line,) = (tmp_path / "real.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["answers"] == ["5 million"]


def test_gold_that_is_no_utf8_is_refused() -> None:
    """Before anything else: no answer could ever be like that."""
    with pytest.raises(CommandError, match="holds bytes that are no UTF-8; write it anew"):
        gold(cast("Repl", None), "5 mill\udcff")
