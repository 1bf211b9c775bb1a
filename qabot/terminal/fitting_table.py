"""A table that leaves out its last columns where they have no room: a name that is cut off says less than none."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_ANY_WIDTH = 1_000


class FittingTable:
    """A table without lines, of ``columns``; one whose title begins with ``>`` is set to the right.

    Of its last columns as many are left out as have no room beside the others, but none of the first ``needed``.
    """

    def __init__(self, *columns: str, needed: int) -> None:
        self._columns, self._needed = columns, needed
        self._rows: list[tuple[RenderableType, ...]] = []

    def add_row(self, *cells: RenderableType) -> None:
        """Add a row of at most as many ``cells`` as there are columns."""
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown = len(self._columns)
        free = options.update(max_width=_ANY_WIDTH)
        while shown > self._needed and Measurement.get(console, free, self._table(shown)).maximum > options.max_width:
            shown -= 1
        yield self._table(shown)

    def _table(self, shown: int) -> Table:
        table = Table(box=None, pad_edge=False, header_style="qabot.faint")
        for column in self._columns[:shown]:
            table.add_column(Text(column.removeprefix(">")), justify="right" if column.startswith(">") else "left")
        for cells in self._rows:
            table.add_row(*cells[:shown])
        return table
