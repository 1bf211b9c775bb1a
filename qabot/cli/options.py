"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


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
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour and links: on a terminal, always, or never.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No warnings or notes on standard error; errors stay.")
