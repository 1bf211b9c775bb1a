"""Colour: who asks for it, who is asked, and that "never" is never."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.running import run

QUESTION = "Who is China's new ambassador to Afghanistan?"
COMMANDS = [
    ("ask", QUESTION),
    ("ask", "Who painted the ceiling?", "missing.txt"),
    ("ask",),
    ("ask", QUESTION, "--threshold", "7"),
    ("ask", QUESTION, "--colour"),
    ("chat", "-"),
    ("chat",),
    ("eval", "missing.jsonl"),
    ("nosuch",),
]


@pytest.fixture
def question_set(tmp_path: Path) -> str:
    file = tmp_path / "set.jsonl"
    file.write_text('{"question": "Who is Zhao Sheng?", "answers": []}\n{broken\n', encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("flag", [("--color", "never"), ("--color=never",)], ids=" ".join)
def test_never_sends_no_escape_to_any_stream(command: tuple[str, ...], flag: tuple[str, ...]) -> None:
    result = run(*command, *flag, terminal=True, environment={"TERM": "xterm-256color"})
    assert result.out + result.err
    assert "\x1b" not in result.out + result.err


def test_an_evaluation_without_colour_has_no_bar(question_set: str) -> None:
    for options, environment in (("--color=never",), {}), ((), {"TERM": "dumb"}):
        result = run("eval", question_set, "--retrieval-only", *options, terminal=True, environment=environment)
        assert result.status == 0
        assert "\x1b" not in result.out + result.err


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}, {"NO_COLOR": "1"}])
@pytest.mark.parametrize("terminal", [True, False])
def test_always_beats_the_environment(environment: dict[str, str], terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = run("ask", QUESTION, "missing.txt", "--color", "always", terminal=terminal, environment=environment)
    assert "\x1b[" in result.err
    assert "\x1b[" in run("ask", QUESTION, "--color", "always", terminal=terminal, environment=environment).out


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_the_environment_is_heard_where_nothing_is_asked_for(environment: dict[str, str]) -> None:
    result = run("ask", QUESTION, terminal=True, environment=environment)
    assert ">>Zhao Sheng<<" in result.out
    assert "\x1b" not in result.out + result.err
    assert "\x1b[" in run("ask", QUESTION, terminal=True, environment={"TERM": "xterm"}).out


@pytest.mark.slow
def test_a_chat_on_a_terminal_without_colour(tmp_path: Path) -> None:
    environment = {"TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    arguments = ["-m", "qabot", "chat", "--color", "never"]
    child = pexpect.spawn(sys.executable, arguments, env=environment, encoding="utf-8", timeout=60)
    seen = ""
    for typed in ("Who is China's new ambassador to Afghanistan?\r", "half a line\x03", "/help\r", "\x04"):
        child.expect_exact("\n? ")
        seen += child.before
        child.send(typed)
    child.expect(pexpect.EOF)
    seen += child.before
    child.close()
    assert child.exitstatus == 0
    assert ">>Zhao Sheng<<" in seen
    assert "Ctrl-D" in seen
    assert "Ctrl-R" not in seen
    assert "\x1b" not in seen
