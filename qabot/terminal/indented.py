"""A wrapped text whose lines all begin a little to the right."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text


class Indented:
    """A text, wrapped, with ``by`` spaces before every line and none behind; with ``mark`` in place of them before the first."""

    def __init__(self, text: Text, by: int, mark: str = "") -> None:
        self._text = text
        self._by = by
        self._mark = mark

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The wrapped lines."""
        room = max(1, options.max_width - self._by)
        lines = [self._text] if self._text.no_wrap else list(self._text.wrap(console, room))
        for number, line in enumerate(lines):
            line.rstrip()
            before = "" if number else self._mark
            yield Text(before.ljust(self._by), no_wrap=True, overflow="ignore").append_text(line)
