"""Run the command line in this process, with streams and environment of the test's own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from qabot.cli.context import Context
from qabot.cli.main import main


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    status: int
    out: str
    err: str


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(*arguments: str, stdin: str | bytes = "", environment: Mapping[str, str] | None = None, terminal: bool = False) -> Result:
    """The result of ``qabot ARGUMENTS``; ``terminal`` says what standard output and standard error are."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    streams = (
        io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""),
        *((Screen(), Screen()) if terminal else (io.StringIO(), io.StringIO())),
    )
    status = main(arguments, Context(*streams, environment=environment or {}))
    return Result(status, streams[1].getvalue(), streams[2].getvalue())
