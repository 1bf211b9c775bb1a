"""What ``qabot ask`` says to bad usage and to paths that can't be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


def test_standard_input_can_be_read_only_once() -> None:
    assert run("ask", "Who?", "-", "-", stdin="x").status == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "there is no question"),
        (("ask", ""), "the question is empty"),
        (("ask", " ?! "), "the question is empty"),
        (("ask", "word " * 10_000), "10,000 words"),
        (("ask", "w" * 5_001), "5,001 characters; ask in at most 5,000"),
        (("ask", "Who?", ""), "'': is no path; name"),
        (("ask", "Who?", "a\0b"), "can't be read"),
        (("ask", "--questions", "a\0b"), "can't be read"),
        (("ask", "--questions", "."), "is not a regular file; name a file of questions"),
        (("ask", "Who?", "missing.txt"), "missing.txt: no such file"),
        (("ask", "Who?", "--threshold", "7"), "--threshold"),
        (("ask", "Who?", "--top", "0"), "--top"),
        (("ask", "Who?", "--colour"), "? (see qabot ask -h)"),
        (("ask", "-zero degrees: when?"), "put -- before a question that begins with a dash (see qabot ask -h)"),
        (("ask", "Who?", "/dev/null"), "not a regular file"),
        (("ask", "--questions", "missing.txt"), "missing.txt: no such file"),
        (("nosuch",), "No such command"),
        (("--", "-5 degrees: when?"), 'Did you mean: qabot ask -- "-5 degrees: when?"'),
        (("--", "-x"), "Did you mean: qabot --help"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, "-q") if arguments[0] == "ask" and "--" not in arguments else run(*arguments)
    assert result.status == 2
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_an_option_without_its_value_points_to_the_help_of_its_command() -> None:
    assert run("ask", "--questions").err == "qabot: Option '--questions' requires an argument (see qabot ask -h)\n"


def test_a_fifo_is_refused_at_once(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    result = run("ask", "Who?", str(fifo))
    assert result.status == 2
    assert "pipe: is not a regular file" in result.err


def test_a_path_that_cannot_be_read_does_not_keep_the_rest_from_answering(notes: Path) -> None:
    result = run("ask", "When was the bridge opened?", "missing.txt", str(notes))
    assert result.status == 2
    assert ">>1931<<" in result.out
    assert "missing.txt" in result.err


def test_an_odd_file_in_a_named_folder_only_warns(notes: Path) -> None:
    (notes.parent / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    result = run("ask", "When was the bridge opened?", str(notes.parent))
    assert result.status == 0
    assert "picture.png: skipped: is a binary file" in result.err


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    result = run("ask", "Who?", str(tmp_path))
    assert result.status == 2
    assert "no readable text files" in result.err
