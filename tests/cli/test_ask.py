"""``qabot ask``: the answer, where it comes from, and the options that change how it is shown."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


def test_answer_on_stdout_and_source_announced_on_stderr() -> None:
    result = run("ask", QUESTION)
    assert result.status == 0
    assert "Zhao Sheng" in result.out
    assert "taliban-china.txt:" in result.out
    assert "the article that comes with qabot" in result.err


def test_quiet_says_nothing_on_stderr() -> None:
    assert run("ask", "-q", QUESTION).err == ""


def test_without_a_terminal_the_span_is_marked_and_no_escape_is_sent() -> None:
    result = run("ask", QUESTION)
    assert ">>Zhao Sheng<<" in result.out
    assert "\x1b" not in result.out


def test_colour_always_and_never() -> None:
    assert "\x1b[" in run("ask", QUESTION, "--color", "always").out
    assert "\x1b" not in run("ask", QUESTION, "--color", "never").out


@pytest.mark.parametrize("options", [(), ("--threshold", "1"), ("--context", "1")], ids=" ".join)
def test_a_path_longer_than_a_pipe_is_wide_stays_whole_and_on_one_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    """In a pipe 80 columns are only supposed, and what reads it needs the path: of an answer and of the nearest passage."""
    folder = tmp_path / ("a folder with a long name " * 4).strip() / ("and another " * 8).strip()
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("The bridge at Arlen was opened in 1931.\n", encoding="utf-8")
    result = run("ask", "When was the bridge opened?", str(folder), *options)
    assert result.status == ("--threshold" in options)
    assert re.search(rf"^  {re.escape(str(folder / 'one.txt'))}:1:\d+$", result.out, re.MULTILINE)


def test_not_found_is_exit_1_and_says_so() -> None:
    result = run("ask", "Who painted the ceiling of the Sistine Chapel?")
    assert result.status == 1
    assert "Not found" in result.out
    assert '"Chapel"' in result.out


def test_documents_from_the_environment(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", environment={"QABOT_DOCS": str(notes)})
    assert result.status == 0
    assert ">>1931<<" in result.out
    assert "QABOT_DOCS" in result.err


@pytest.mark.parametrize("command", [("ask", "When was the bridge opened?"), ("chat",)])
def test_the_environment_cannot_name_standard_input(command: tuple[str, ...], notes: Path) -> None:
    """A chat would read its own questions as a document, a script would wait for a terminal."""
    result = run(*command, stdin="The bridge was opened in 1888.", environment={"QABOT_DOCS": f"{notes}{os.pathsep}-"})
    assert result.status == 2
    assert "$QABOT_DOCS: can't name standard input (-)" in result.err
    assert (result.out, result.err.count("\n")) == ("", 1)


def test_the_environment_may_name_a_file_called_dash(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes.parent)
    notes.rename(notes.parent / "-")
    result = run("ask", "When was the bridge opened?", stdin="Nothing.", environment={"QABOT_DOCS": "./-"})
    assert ">>1931<<" in result.out


def test_a_named_path_beats_the_environment(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", str(notes), environment={"QABOT_DOCS": "/nowhere"})
    assert (result.status, result.err) == (0, "")


def test_standard_input_is_a_document() -> None:
    result = run("ask", "Who designed the bridge?", "-", "--json", stdin="The bridge was designed by Mara Voss.")
    answer = json.loads(result.out)["answer"]
    assert answer["text"] == "Mara Voss"
    assert answer["source"]["path"] == "-"


def test_context_shows_the_sentences_around() -> None:
    alone = run("ask", "Who is Wang Wenbin?").out
    around = run("ask", "Who is Wang Wenbin?", "--context", "1").out
    assert "deeply shocked" not in alone.split("\n2. ")[0]
    assert "deeply shocked" in around


def test_a_question_may_begin_with_a_dash() -> None:
    assert run("ask", "--json", "-q", "--", "--who is Zhao Sheng?").status in {0, 1}
