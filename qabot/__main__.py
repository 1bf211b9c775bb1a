"""``python -m qabot`` and the ``qabot`` command."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn


def run() -> None:
    """Run the command line and leave with its status."""
    # Importing makes many objects and no garbage: with the usual threshold a tenth of the start-up is spent looking for some.
    gc.set_threshold(200_000)
    # A stream that was closed before we began (``>&-``) is none at all in Python.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character still shows the rest
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # one bad byte doesn't end a dialogue
    try:
        from qabot.cli.main import main

        status = main()
    except KeyboardInterrupt:  # so early that main couldn't catch it
        status = 130
    _leave(status)


def _leave(status: int) -> NoReturn:
    """End the process without taking the interpreter apart: with the model loaded that costs more than showing the answer does.

    Nothing is left to be saved by then.
    """
    with suppress(OSError):  # whoever read our output has enough, or nothing more can be written
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
