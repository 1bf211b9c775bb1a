"""A dialogue through a real pseudo-terminal; ``python -m tests.terminal.recorded`` writes its screens anew."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from qabot.terminal.commands import COMMANDS
from tests.terminal.recorded import FOLDER, STEPS, Recorded, empty_screen


@pytest.mark.slow
def test_every_screen_of_the_dialogue(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path)
    screens = dict(recorded.screens())
    assert recorded.end() == 0  # Ctrl-D
    golden = {file.stem: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.txt")}
    assert list(screens) == sorted(golden)
    for name, screen in screens.items():
        assert screen == golden[name], name
    assert f"\x1b]52;c;{base64.b64encode(b'4.2 million euros').decode()}\x07" in recorded.terminal.sent
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"+normal! 1G046l|{tmp_path / 'gazette.txt'}|"
    marks = (tmp_path / ".local/share/qabot/questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(mark)["answers"] for mark in marks] == [["4.2 million euros"], ["4 million euros"]]
    kept = (tmp_path / ".local/state/qabot/history").read_text(encoding="utf-8")
    assert "+Who is the mayor of Tarnov?\n" in kept


@pytest.mark.slow
def test_the_next_chat_remembers_and_quit_leaves(tmp_path: Path) -> None:
    first = Recorded(tmp_path).terminal
    first.until(lambda _: first.at_prompt())
    first.ask("Who is the mayor of Tarnov?")
    first.type("\x04")
    assert first.close() == 0
    (tmp_path / "bin" / "vim").unlink()
    (tmp_path / "bin").rmdir()
    again = Recorded(tmp_path).terminal
    again.until(lambda _: again.at_prompt())
    again.type("\x12may")  # Ctrl-R searches
    again.until(lambda lines: any("Who is the mayor of Tarnov?" in line for line in lines))
    again.type("\r")  # takes it
    again.until(lambda lines: "? Who is the mayor of Tarnov?" in lines)
    empty_screen(again)
    again.type("Who is")  # what was asked before is suggested
    again.until(lambda lines: "? Who is the mayor of Tarnov?" in lines)
    again.type("\x15/quit\r")
    assert again.close() == 0


def test_every_command_is_in_the_dialogue() -> None:
    shown = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.txt"))
    assert len(STEPS) + 2 == len(list(FOLDER.glob("*.txt")))
    for command in COMMANDS:
        assert f"? {command.name}" in shown or command.name in {"/quit", "/clear"}
