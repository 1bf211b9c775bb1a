"""``qabot ask`` on streams that are full, closed, narrow in characters, or terminals to be driven."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qabot.cli.context import Context
from qabot.cli.main import main
from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), BrokenPipeError()])
@pytest.mark.parametrize(("paths", "status"), [([], 0), (["missing.txt"], 2)])
def test_an_answer_is_given_though_standard_error_cannot_be_written(
    notes: Path, failure: OSError, paths: list[str], status: int
) -> None:
    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise failure

    out = io.StringIO()
    context = Context(io.StringIO(), out, Full(), environment={"QABOT_DOCS": str(notes)})
    given = [str(notes), *paths] if paths else []
    assert main(["ask", "When was the bridge opened?", *given], context) == status
    assert ">>1931<<" in out.getvalue()


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the output can't be written: no space left on device"),
        (
            PermissionError(errno.EACCES, "Permission denied", "some/file"),
            "some/file: can't be read or written: permission denied",
        ),
    ],
)
def test_what_cannot_be_written_is_named(notes: Path, failure: OSError, said: str) -> None:
    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise failure

    err = io.StringIO()
    assert main(["ask", QUESTION, str(notes), "-q", "--json"], Context(io.StringIO(), Full(), err, environment={})) == 2
    assert err.getvalue() == f"qabot: {said}\n"


def test_a_closed_stdout_ends_quietly(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(f"{QUESTION}\n" * 40, encoding="utf-8")
    command = f'"{sys.executable}" -m qabot ask --questions "{file}" -q | head -n 1'
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [["ask", QUESTION], ["ask", QUESTION, "--json"], ["ask", "Who sang?", "--format", "markdown"], ["-h"], ["ask", "-h"]],
    ids=" ".join,
)
def test_a_stdout_that_was_closed_before_says_nothing_of_the_answer(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "qabot", *arguments]
        result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    finally:
        os.close(writing)
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
    assert "rror" not in result.stderr


def test_ctrl_c_is_exit_130(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(f"{QUESTION}\n" * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "qabot", "ask", "-q", "--questions", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()  # it is at work now
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in errors


def test_a_stream_that_lacks_characters_gets_what_it_can_show(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("The café was opened by Zoë Łuk.", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "QABOT_DOCS": ""}
    command = [sys.executable, "-m", "qabot", "ask", "Who opened the café?", str(file), "--threshold", "0"]
    for options in ([], ["--json"]):
        result = subprocess.run([*command, *options], env=environment, capture_output=True, check=False)
        assert result.returncode == 0, result.stderr
        assert result.stdout.isascii()
    assert json.loads(result.stdout)["answer"]["sentence"] == "The café was opened by Zoë Łuk."


def test_a_document_cannot_drive_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil\x1b]0;title\x07.txt"
    file.write_text("The captain is \x1b[35mJo\x07 Bell\x9b2J, said [red]Ann[/x].\r\n", encoding="utf-8")
    for color in ("always", "never", "auto"):
        result = run("ask", "Who is the captain?", str(file), "--color", color, "--threshold", "0")
        shown = result.out.replace("\x1b]8;", "").replace("\x1b\\", "")
        assert "\x07" not in result.out
        assert "\x9b" not in result.out
        assert "\x1b]0" not in shown
        assert "\x1b[35m" not in shown
        if color != "always":
            assert "\x1b" not in result.out
