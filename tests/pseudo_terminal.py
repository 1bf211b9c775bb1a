"""A chat on a real pseudo-terminal, its screen drawn by pyte: for measuring, and for the recorded dialogue."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

Lines = Sequence[str]


class Terminal:
    """``python ARGUMENTS`` on a terminal of ``rows`` and ``columns`` that answers what terminals answer."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        cwd: Path | None = None,
        rows: int = 24,
        columns: int = 80,
    ) -> None:
        self.cwd = cwd or Path()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.sent = ""  # all that the program wrote
        self.child = pexpect.spawn(
            sys.executable, list(arguments), cwd=str(cwd) if cwd else None, dimensions=(rows, columns), env=dict(environment),
            encoding="utf-8", timeout=60,
        )  # fmt: skip
        self.child.delaybeforesend = None

    @property
    def lines(self) -> Lines:
        """What stands on the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def lit_lines(self) -> Lines:
        """As ``lines``, with «marks» around what has another background than the rest."""
        return [self._lit(self.screen.buffer[row]).rstrip() for row in range(self.screen.lines)]

    def _lit(self, row: Mapping[int, Any]) -> str:
        pieces, lit = [], False
        for column in range(self.screen.columns):
            cell = row[column]
            if (cell.bg != "default" or cell.reverse) != lit:
                lit = not lit
                pieces.append("«" if lit else "»")
            pieces.append(cell.data)
        return "".join([*pieces, "»" if lit else ""])

    def until(self, seen: Callable[[Lines], bool], timeout: float = 30) -> None:
        """Draw what the program writes until ``seen`` says so of the screen. Raises pexpect.TIMEOUT."""
        while not seen(self.lines):
            data = self.child.read_nonblocking(10_000, timeout=timeout)
            self.sent += data
            self._stream.feed(data)
            if "\x1b[6n" in data:  # asked where the cursor is, a terminal answers
                self.child.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")

    def at_prompt(self) -> bool:
        """Whether an empty line waits to be typed on; only then do keys reach the line editor."""
        return bool(self.lines[self.screen.cursor.y] == "?")

    def ask(self, line: str) -> None:
        """Type ``line`` and wait for the next prompt."""
        self.until(lambda _: self.at_prompt())
        self.type(line)
        self.until(lambda _: not self.at_prompt())
        self.enter()

    def enter(self) -> None:
        """Press Enter and wait for the next prompt."""
        self.type("\r")
        self.until(lambda _: self.at_prompt())

    def type(self, text: str) -> None:
        """Press these keys."""
        self.child.send(text)

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def close(self) -> int | None:
        """Wait for the program to end; its exit status."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int | None = self.child.exitstatus
        return status


def environment(home: Path) -> dict[str, str]:
    """An environment in which nothing of the person who runs this shows."""
    return {
        "TERM": "xterm-256color",
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
