"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from math import isnan
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qabot.cli.setting_kinds import THEME_NAMES

if TYPE_CHECKING:  # loaded when used: a usage error shouldn't wait for it
    from click.shell_completion import CompletionItem

    from qabot.terminal.console import Color

Command = TypeVar("Command", bound=Callable[..., Any])
_COLORS: Sequence[Color] = ("auto", "always", "never")


class _Probability(click.FloatRange):
    """A number from 0 to 1; "nan" is none, though it is not out of any range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        converted = super().convert(value, param, ctx)
        if isnan(converted):
            self.fail(f"{value!r} is not a number from 0 to 1", param, ctx)
        return converted


threshold_option = click.option(
    "--threshold", type=_Probability(0, 1), metavar="P", help="Confidence (0 to 1) from which on something is an answer."
)
color_option = click.option(
    "--color",
    type=click.Choice(_COLORS),
    default="auto",
    show_default=True,
    help="Colour and links: on a terminal that wants them, always, or never.",
)
theme_option = click.option("--theme", type=click.Choice(THEME_NAMES), help="Colours for a dark or a light terminal.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No warnings or notes on standard error; errors stay.")


def complete_paths(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell: it completes files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def color_asked(arguments: Sequence[str]) -> Color:
    """The colour that a command line asks for, though it be one that can't be parsed: its error is told in that colour.

    >>> color_asked(["ask", "--colour", "--color", "never"]), color_asked(["ask", "Who?"])
    ('never', 'auto')
    """
    asked: Color = "auto"
    for option, value in pairwise(["", *takewhile(lambda argument: argument != "--", arguments)]):
        if value.startswith("--color="):
            option, value = value.split("=", 1)
        if option == "--color":
            asked = next((color for color in _COLORS if color == value), asked)
    return asked
