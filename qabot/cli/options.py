"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

threshold_option = click.option(
    "--threshold", type=click.FloatRange(0, 1), metavar="P", help="Confidence (0 to 1) from which on something is an answer."
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour and links: on a terminal, always, or never.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No warnings or notes on standard error; errors stay.")
