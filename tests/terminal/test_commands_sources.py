"""The chat's commands that lead to a source: /view, /open, and the numbers they take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from qabot.ingest.reading import document_from_text
from qabot.terminal.outside import Outside
from tests.terminal.chatting import COST, QUAY, chat


@pytest.mark.parametrize("number", ["0", "5", "x", "[9]", "²"])
def test_a_number_that_cites_nothing(number: str) -> None:
    for command in ("/view", "/open", "/copy"):
        assert f"there is no citation {number}; write a number from 1 to 2" in chat(COST, f"{command} {number}")


def test_view_shows_the_source_with_its_lines_numbered() -> None:
    hostile = document_from_text("One.\r\nThe repair \x1b[31mwill cost 7 million crowns [red].\n", id="h", path="h.txt")
    screen = chat("What will the repair cost?", "/view", documents=[hostile])
    assert "     1  One." in screen
    assert "     2  The repair ␛[31mwill cost >>7 million crowns<< [red]." in screen
    assert "\x1b" not in screen


def test_view_goes_through_the_pager() -> None:
    paged: list[tuple[str, Sequence[str]]] = []

    def page(text: str, command: Sequence[str]) -> bool:
        paged.append((text, command))
        return command[0] != "gone"

    chat(COST, "/view 1", outside=Outside(pager="less -i", page=page), color="always")
    chat(COST, "/view 1", outside=Outside(pager="more", page=page))
    assert [command for _, command in paged] == [["less", "-i", "-R", "+5g"], ["more"]]
    assert re.search(r"at \x1b\[[0-9;]*m4.2 million euros\x1b\[0m", paged[0][0])
    assert "at >>4.2 million euros<<" in paged[1][0]
    assert "can't be started" in chat(COST, "/view", outside=Outside(pager="gone", page=page))


@pytest.mark.parametrize(("pager", "first", "options"), [("less", 150, ["+96g"]), ("more", 245, [])])
def test_the_pager_opens_where_the_answer_stands(pager: str, first: int, options: list[str]) -> None:
    """``less`` is told the row; what may not jump is given few lines before the answer. Both have five above it."""
    lines = [f"Line {number} of the log." for number in range(1, 500)]
    lines[249] = "The repair will cost 7 million crowns."
    document = document_from_text("\n".join(lines), id="log", path="log.txt")
    paged: list[tuple[str, Sequence[str]]] = []

    def page(text: str, command: Sequence[str]) -> bool:
        paged.append((text, command))
        return True

    chat("What will the repair cost?", "/view", documents=[document], outside=Outside(pager=pager, page=page))
    ((text, command),) = paged
    rows = text.splitlines()
    assert list(command) == [pager, *options]
    assert rows[0].split()[0] == str(first)
    assert "7 million crowns" in rows[249 - first + 1]
    assert text.endswith("   350  Line 350 of the log.\n")


def test_long_lines_of_a_source_are_wrapped_beside_their_numbers() -> None:
    words = "The harbour of Tarnov is closed, " * 40
    document = document_from_text(f"{words}and its repair will cost 7 million crowns.", id="l", path="l.txt")
    paged: list[tuple[str, Sequence[str]]] = []

    def page(text: str, command: Sequence[str]) -> bool:
        paged.append((text, command))
        return True

    chat("What will the repair cost?", "/view", documents=[document], outside=Outside(pager="less", page=page))
    rows = paged[0][0].splitlines()
    assert rows[0].startswith("     1  The harbour")
    assert all(row.startswith(" " * 8) and len(row) <= 400 for row in rows[1:])
    assert ">>7 million crowns<<" in rows[3]
    assert paged[0][1] == ["less", "+1g"]


@pytest.mark.parametrize(
    ("editor", "place"),
    [
        ("vi", ["+2", "{}"]),
        ("/usr/bin/vim -n", ["-n", "+normal! 2G021l", "{}"]),
        ("nvim", ["+normal! 2G021l", "{}"]),
        ("nano", ["+2,22", "{}"]),
        ("emacs -nw", ["-nw", "+2:22", "{}"]),
        ("micro", ["+2:22", "{}"]),
        ("gedit", ["+2:22", "{}"]),
        ("code --wait", ["--wait", "--goto", "{}:2:22"]),
        ("subl", ["{}:2:22"]),
        ("hx", ["{}:2:22"]),
        ("kate", ["--line", "2", "--column", "22", "{}"]),
        ("'my editor'", ["{}"]),
    ],
)
def test_open_gives_each_editor_the_place_as_it_wants_it(tmp_path: Path, editor: str, place: list[str]) -> None:
    file = tmp_path / "a quay; rm.txt"
    file.write_text(QUAY, encoding="utf-8")
    started: list[Sequence[str]] = []

    def run(command: Sequence[str], wait: bool) -> int:
        started.append(command)
        assert wait == (Path(command[0]).name not in {"code", "subl", "kate", "gedit"})
        return 0

    document = document_from_text(QUAY, id="q", path=str(file))
    chat("What will the repair cost?", "/open 1", documents=[document], outside=Outside(editor=editor, run=run))
    assert [list(command[1:]) for command in started] == [[part.format(file) for part in place]]


def test_open_that_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(QUAY, encoding="utf-8")
    document = document_from_text(QUAY, id="q", path=str(file))

    def told(editor: str | None) -> str:
        return chat("What will the repair cost?", "/open", documents=[document], outside=Outside(editor=editor)).replace(
            "\n", " "
        )

    assert "no editor is set; set $VISUAL or $EDITOR" in told(None)
    assert "can't be started: no such program" in told("no-such-editor-anywhere")
    assert "can't be read as a command" in told("vi 'x")
    assert "the editor false ended with status 1" in told("false")
    file.unlink()
    assert "no longer there" in told("vi")


def test_without_a_number_it_is_the_best_of_the_last_answer() -> None:
    assert "euros" in chat(COST, COST, "/copy", outside=Outside(escapes=True)).rsplit("\x07", 1)[1]
    assert "write a number from 1 to 1" in chat("/each What is the cost?", "/copy")
    assert "write a number from 1 to 2" in chat(COST, "/threshold 1", COST, "/view")
