"""A short dialogue through a real pseudo-terminal."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pexpect
import pyte
import pytest

# Opens a document at its place, or writes the rest of a question.
EDITOR = """#!/bin/sh
case "$1" in
    +*) printf "%s|" "$@" > {folder}/opened ;;
    *) printf "was the bridge opened?" >> "$1" ;;
esac
"""


@pytest.mark.slow
def test_a_dialogue_on_a_real_terminal(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("The bridge at Arlen was opened in 1931.\nIt was designed by Mara Voss.\n", encoding="utf-8")
    editor = tmp_path / "vim"
    editor.write_text(EDITOR.format(folder=tmp_path), encoding="utf-8")
    editor.chmod(0o755)
    screen = pyte.Screen(80, 60)
    stream = pyte.Stream(screen)
    environment = {
        "TERM": "xterm-256color",
        "HOME": str(tmp_path),
        "VISUAL": str(editor),
        "PAGER": "cat",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    child = pexpect.spawn(
        sys.executable, ["-m", "qabot", "chat", "notes.txt"], cwd=str(tmp_path), dimensions=(60, 80), env=environment,
        encoding="utf-8", timeout=120,
    )  # fmt: skip
    sent = ""

    def until(words: str) -> None:
        nonlocal sent
        while "".join(words.split()) not in "".join("".join(screen.display).split()):
            data = child.read_nonblocking(10_000, timeout=120)
            sent += data
            stream.feed(data)
            if "\x1b[6n" in data:  # asked where the cursor is, a terminal answers
                child.send(f"\x1b[{screen.cursor.y + 1};{screen.cursor.x + 1}R")

    until("1 document · 1 passage · threshold")
    child.send("\x1b[200~Who designed\nthe bridge\nat Arlen?\x1b[201~\r")
    until("[1] notes.txt:2:20")
    child.send("/view 1\r")
    until("2  It was designed by >>Mara Voss<<.")
    child.send("/open\r")
    until("Opened notes.txt:2:20")
    child.send("/copy 1\r")
    until("Sent to the terminal's clipboard")
    child.send("/good\r")
    until("kept as gold: Mara Voss")
    child.send("/save talk.md\r")
    until("Saved as talk.md")
    child.send("/clear\r")
    child.send("When \x18\x05")
    until("? When was the bridge opened?")
    child.send("\r")
    until("[2] notes.txt:1:")
    child.send("/thre")
    until("/threshold [P]")  # what is offered; Tab takes it
    child.send("\t")
    until("? /threshold")
    child.send(" 0.25\r")
    until("is an answer: 0.25")
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert f"\x1b]52;c;{base64.b64encode(b'Mara Voss').decode()}\x07" in sent
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"+normal! 2G019l|{notes}|"
    assert "**Mara Voss**" in (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert "Mara Voss" in (tmp_path / ".local/share/qabot/questions.jsonl").read_text(encoding="utf-8")
