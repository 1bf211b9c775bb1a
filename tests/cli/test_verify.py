from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run

TEXT = "The lighthouse of Skerra was built in 1884 by Anna Holm. It stands on the northern cape.\n"
QUESTION = "When was the lighthouse of Skerra built?"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    document = tmp_path_factory.mktemp("verify") / "skerra.txt"
    document.write_text(TEXT, encoding="utf-8")
    return document, run("ask", QUESTION, str(document), "--json", "--threshold", "0.01", "--top", "1").out


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (TEXT, 0, "still there  {path}:1:39  1884"),
        ("Notes.\n\n" + TEXT, 0, "moved        {path}:1:39 -> 3:39  1884"),
        (TEXT.replace("1884", "1885"), 1, "changed      {path}:1:39 -> 1:1  1884"),
        ("Nothing of this.\n", 1, "gone         {path}:1:39  1884 (no sentence"),
        (None, 1, "gone         {path}:1:39  1884 (no such file"),
    ],
)
def test_what_became_of_an_answer(asked: tuple[Path, str], tmp_path: Path, text: str | None, status: int, said: str) -> None:
    document, line = asked
    answers = tmp_path / "answers.jsonl"
    answers.write_text(line, encoding="utf-8")
    if text is None:
        document.unlink()
    else:
        document.write_text(text, encoding="utf-8")
    result = run("verify", str(answers))
    document.write_text(TEXT, encoding="utf-8")
    assert result.status == status, result.err
    assert result.out.startswith(said.format(path=document))


def test_as_json_and_from_standard_input(asked: tuple[Path, str]) -> None:
    _, line = asked
    result = run("verify", "-", "--json", stdin=line)
    found = json.loads(result.out)
    assert (result.status, found["status"], found["text"], found["is"]) == (0, "still there", "1884", {"line": 1, "column": 39})
    assert result.err == "qabot: 1 still there\n"


def test_bad_lines_are_named_the_rest_is_checked_and_no_answer_is_nothing_to_check(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"schema": 1, "line": 2, "error": "x"}\n{oops\n{"a": 1}\n' + asked[1], encoding="utf-8")
    result = run("verify", str(answers))
    assert result.status == 2
    assert "answers.jsonl:2: is not valid JSON" in result.err
    assert "answers.jsonl:3: is not an answer of qabot ask --json" in result.err
    assert "1 still there" in result.err
    assert run("verify", str(tmp_path / "nosuch")).status == 2
    empty = run("verify", "-", stdin="")
    assert (empty.status, empty.out, empty.err) == (0, "", "qabot: there is no answer to check\n")


def test_an_answer_from_standard_input_can_not_be_checked_again() -> None:
    line = run("ask", QUESTION, "-", "--json", "--threshold", "0.01", stdin=TEXT).out
    result = run("verify", "-", stdin=line)
    assert (result.status, "standard input isn't there any more" in result.out) == (1, True)
