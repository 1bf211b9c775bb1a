"""``qabot ask --json``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


def test_json_slices_the_file(notes: Path) -> None:
    result = run("ask", "Who designed the bridge?", str(notes), "--json")
    reply = json.loads(result.out)
    assert result.out.count("\n") == 1
    assert list(reply) == [
        "schema",
        "id",
        "question",
        "understood_as",
        "answerable",
        "threshold",
        "answer",
        "answers",
        "conflicting",
        "hits",
        "notes",
        "elapsed_ms",
    ]
    source = reply["answer"]["source"]
    text = notes.read_text(encoding="utf-8")
    assert text[source["start"] : source["end"]] == reply["answer"]["text"] == "Mara Voss"
    assert (source["line"], source["column"], source["page"]) == (3, 20, None)
    passage = reply["answer"]["passage"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    assert reply["answers"][0] == reply["answer"]
    assert reply["hits"][0]["rank"] == 1


def test_json_quotes_both_marks_of_a_pair(tmp_path: Path) -> None:
    file = tmp_path / "manual.md"
    file.write_text("# Manual\n\n**Note:** The default password is `changeme42`.\n", encoding="utf-8")
    answer = json.loads(run("ask", "What is the default password?", str(file), "--json", "--threshold", "0").out)["answer"]
    assert answer["sentence"] == answer["passage"]["text"] == "**Note:** The default password is `changeme42`."
    assert file.read_text(encoding="utf-8")[answer["passage"]["start"] :].startswith("**Note")


def test_json_of_not_found() -> None:
    result = run("ask", "Who painted the Sistine Chapel?", "--json", "-q")
    reply = json.loads(result.out)
    assert result.status == 1
    assert (reply["answerable"], reply["answer"], reply["answers"]) == (False, None, [])


def test_top_bounds_the_answers_and_threshold_moves_the_line() -> None:
    many = json.loads(run("ask", QUESTION, "--json", "--threshold", "0", "--top", "2", "-q").out)
    assert len(many["answers"]) == 2
    assert many["threshold"] == 0.0
    assert run("ask", QUESTION, "--threshold", "1").status == 1


def test_json_never_drives_a_terminal_and_has_the_same_words(tmp_path: Path) -> None:
    unseen = "\x7f\x85\x9b31m\u2028\u2029\u202e\u2066\u061c\u200e\u200f"
    file = tmp_path / f"b{unseen}.txt"
    file.write_text(f"The bridge \\{unseen} was designed by Mara Voss.\n", encoding="utf-8")
    result = run("ask", "Who designed the bridge?", str(file), "--json")
    assert not set(unseen) - set("31m") & set(result.out)
    assert result.out.count("\n") == 1
    reply = json.loads(result.out)
    assert reply["answer"]["source"]["path"] == str(file)
    assert f"\\{unseen}" in reply["answer"]["sentence"]
