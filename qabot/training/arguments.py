"""What the steps of training ask for alike on their command lines."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    """The folder of the question sets: ``--data DIR``, else ``$QABOT_DATA``; one of the two must be there."""
    given = os.environ.get("QABOT_DATA")
    parser.add_argument(
        "--data", type=Path, default=given, required=not given, help="folder of the question sets (default: $QABOT_DATA)"
    )
