"""Golden screens; ``python -m tests.screens_cases`` writes them anew."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tests.screens_cases import FOLDER, names, screen

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


@pytest.mark.parametrize("name", names())
def test_golden(name: str) -> None:
    assert screen(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", names())
def test_no_line_is_wider_than_the_screen_and_colour_changes_no_words(name: str) -> None:
    width = int(name.rsplit("-", 2)[1])
    lines = _ESCAPE.sub("", screen(name)).splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= width
    if not name.endswith("plain"):
        plain = screen(f"{name.rsplit('-', 1)[0]}-plain").replace(">>", "").replace("<<", "")
        assert "".join(plain.split()) == "".join("".join(lines).split())


def test_there_is_no_stray_golden_file() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.txt")) == sorted(names())
