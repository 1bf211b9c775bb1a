"""A table in few columns: what it leaves out, and what it never does."""

from __future__ import annotations

import io

import pytest

from qabot.terminal.console import make_console
from qabot.terminal.fitting_table import FittingTable

NAME = "exact_match_of_the_best_candidate_of_all"


def _lines(width: int, needed: int) -> list[str]:
    table = FittingTable("measure", ">[red]", "what it is", needed=needed)
    table.add_row(NAME, "75.0", "that threshold, 0 to 1")
    table.add_row("f1", "100.0")
    stream = io.StringIO()
    make_console(stream, "never", width=width).print(table)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_all_columns_are_there_where_they_have_room() -> None:
    assert _lines(71, 1) == [
        "measure                                   [red]  what it is",
        f"{NAME}   75.0  that threshold, 0 to 1",
        "f1                                        100.0",
    ]


@pytest.mark.parametrize("width", [70, 47])
def test_the_last_column_is_left_out_rather_than_a_name_cut_off(width: int) -> None:
    assert _lines(width, 1) == [
        "measure                                   [red]",
        f"{NAME}   75.0",
        "f1                                        100.0",
    ]


def test_columns_that_are_needed_stay_and_share_what_room_there_is() -> None:
    assert _lines(46, 1) == ["measure", NAME, "f1"]
    assert "threshold," in "\n".join(_lines(70, 3))
