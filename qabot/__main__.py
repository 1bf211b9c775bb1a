"""``python -m qabot`` and the ``qabot`` command."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line and leave with its status."""
    from qabot.cli.main import main

    sys.exit(main())


if __name__ == "__main__":
    run()
