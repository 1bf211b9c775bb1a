"""What the steps of training ask for alike on their command lines."""

from __future__ import annotations

import argparse
import dataclasses
import os
from pathlib import Path
from typing import Any

from qabot.training.examples import RECIPE, Recipe


def add_data(parser: argparse.ArgumentParser) -> None:
    """The folder of the question sets: ``--data DIR``, else ``$QABOT_DATA``; one of the two must be there."""
    given = os.environ.get("QABOT_DATA")
    parser.add_argument(
        "--data", type=Path, default=given, required=not given, help="folder of the question sets (default: $QABOT_DATA)"
    )


def add_shares(parser: argparse.ArgumentParser) -> None:
    """What a pass is made of: ``--share NAME SHARE``, as often as needed; see `recipe_of`."""
    parser.add_argument(
        "--share",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "SHARE"),
        help=f"a share of the recipe, 0 to 1: {', '.join(_names())}",
    )


def recipe_of(parser: argparse.ArgumentParser, args: argparse.Namespace) -> Recipe:
    """The recipe with the shares that ``args`` names; ends the program through ``parser`` where one is none."""
    for name, share in args.share:
        if name not in _names() or not _is_share(share):
            parser.error(f"--share {name} {share}: one of {', '.join(_names())}, and a number from 0 to 1")
    shares: dict[str, Any] = {name: float(share) for name, share in args.share}
    return dataclasses.replace(RECIPE, **shares)


def _names() -> list[str]:
    return [field.name for field in dataclasses.fields(Recipe) if field.type == "float"]


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False
