"""What the program's exit status says."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 answered · 1 not found · 2 usage or input · 130 interrupted (128 + SIGINT)."""

    OK = 0
    NOT_FOUND = 1
    USAGE = 2
    INTERRUPTED = 130
