"""A dialogue by pipe, and questions that are taken as they are written."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from qabot.cli.context import Context
from qabot.cli.main import main
from tests.cli.running import Screen, run

WHO = "Who is China's new ambassador to Afghanistan?"


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_dialogue_by_pipe_answers_each_line_after_those_before() -> None:
    first, second = objects((result := run("chat", "--json", "-q", stdin=f"{WHO}\nWhere was he welcomed?")).out)
    assert (result.status, result.err) == (0, "")
    assert list(first) == list(objects(run("ask", "--json", "-q", WHO).out)[0])
    assert (first["answer"]["text"], first["understood_as"]) == ("Zhao Sheng", None)
    assert second["question"] == "Where was he welcomed?"
    assert "Zhao Sheng" in second["understood_as"]


def test_an_empty_line_begins_a_new_dialogue() -> None:
    _, second = objects(run("chat", "--json", "-q", stdin=f"{WHO}\r\n \r\nWhere was he welcomed?\r\n").out)
    assert second["understood_as"] is None


def test_a_question_gets_the_same_answers_as_from_ask() -> None:
    asked, piped = objects(run("ask", "--json", "-q", WHO).out + run("chat", "--json", "-q", stdin=WHO).out)
    assert {**asked, "elapsed_ms": 0} == {**piped, "elapsed_ms": 0}


@pytest.mark.parametrize("bad", [b"?!", b"\xff\xfe who", b"w " * 201])
def test_a_line_that_cannot_be_asked_is_told_and_the_rest_served(notes: Path, bad: bytes) -> None:
    result = run("chat", "--json", str(notes), stdin=b"\xef\xbb\xbfWho designed the bridge?\n" + bad + b"\nWhen was it opened?\n")
    first, wrong, last = objects(result.out)
    assert result.status == 2
    assert result.err.startswith("qabot: line 2: the question ")
    assert (wrong["schema"], wrong["line"], list(wrong)) == (1, 2, ["schema", "line", "error"])
    assert (first["question"], first["answer"]["text"]) == ("Who designed the bridge?", "Mara Voss")
    assert last["question"] == "When was it opened?"


def test_a_path_that_cannot_be_read_is_told_and_the_rest_asked(notes: Path) -> None:
    result = run("chat", "--json", str(notes), "missing.txt", stdin="Who designed the bridge?")
    assert result.status == 2
    assert objects(result.out)[0]["answer"]["text"] == "Mara Voss"


def test_no_question_gives_no_line() -> None:
    assert run("chat", "--json", "-q", stdin="").out == ""


def test_json_needs_a_pipe() -> None:
    out, err = io.StringIO(), io.StringIO()
    assert main(["chat", "--json"], Context(Screen("Who?\n"), out, err, environment={})) == 2
    assert out.getvalue() == ""
    assert "not from a terminal" in err.getvalue()
    assert err.getvalue().count("\n") == 1


def test_literal_mends_no_slip(notes: Path, tmp_path: Path) -> None:
    typed = "Who desigmed the bridge?"
    mended, literal = (objects(run("ask", "--json", *option, typed, str(notes)).out)[0] for option in ([], ["--literal"]))
    assert (mended["understood_as"], literal["understood_as"]) == ("Who designed the bridge?", None)
    lines = tmp_path / "lines.txt"
    lines.write_text(typed, encoding="utf-8")
    assert objects(run("ask", "--questions", str(lines), "--literal", str(notes)).out)[0]["understood_as"] is None
