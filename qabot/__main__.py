"""``python -m qabot`` and the ``qabot`` command."""

from __future__ import annotations

import io
import sys


def run() -> None:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character still shows the rest
    try:
        from qabot.cli.main import main

        status = main()
    except KeyboardInterrupt:  # so early that main couldn't catch it
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    run()
