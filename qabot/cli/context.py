"""Streams and environment as one value, handed to every command: tests hand in their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from qabot.cli.exit_codes import ExitCode

if TYPE_CHECKING:  # loaded when used: a usage error shouldn't wait for it
    from rich.console import Console

    from qabot.answering import Bot
    from qabot.cli.config import Settings
    from qabot.ingest.places import Problem
    from qabot.ingest.reading import Sources
    from qabot.reading.rescaling import Rescaling
    from qabot.records import Document
    from qabot.terminal.console import Color
    from qabot.terminal.theme import ThemeName

_MOST_WARNINGS = 10


MakeBot = Callable[["Sequence[Document]", "float | None"], "Bot"]


class Asked(NamedTuple):
    """The paths that a command asks; ``note`` says which they are where nobody named them."""

    paths: tuple[str, ...]
    note: str = ""


@dataclass
class Context:
    """The world outside: standard streams, the environment, whether to be quiet (no warnings, no notes on stderr), the colour
    that was asked for and the theme that was settled. ``make_bot`` makes a Bot of documents (and a threshold, None for its own);
    without one it is the real thing.
    """

    stdin: IO[str] = field(default_factory=lambda: sys.stdin)
    stdout: IO[str] = field(default_factory=lambda: sys.stdout)
    stderr: IO[str] = field(default_factory=lambda: sys.stderr)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    quiet: bool = False
    color: Color = "auto"
    theme: ThemeName = "dark"
    make_bot: MakeBot | None = None

    def bot_for(self, documents: Sequence[Document], *, threshold: float | None = None) -> Bot:
        """A Bot over ``documents``, its confidence calibrated to them where that was done."""
        if self.make_bot is not None:
            return self.make_bot(documents, threshold)
        from qabot.assembly import bot_for

        return bot_for(documents, threshold=threshold, rescaling=self.rescaling(documents))

    def settle(self, **flags: object) -> Settings:
        """What holds for this run when ``flags`` (None where not given) were given; its theme is shown from now on.

        Raises SettingError when the environment or the configuration file can't be used.
        """
        from qabot.cli.config import settle

        settings = settle(self.environment, flags)
        self.theme = settings.values["theme"] or self.theme
        return settings

    def read_line(self) -> str:
        """The next line of standard input. Raises EOFError at its end."""
        line = self.stdin.readline()
        if not line:
            raise EOFError
        return line

    def write_json(self, value: dict[str, Any]) -> None:
        """``value`` on a line of standard output."""
        from qabot.cli.reply_json import to_line

        click.echo(to_line(value, getattr(self.stdout, "encoding", None) or "utf-8"), file=self.stdout)

    def console(self) -> Console:
        """A console on standard output."""
        from qabot.terminal.console import make_console

        return make_console(self.stdout, self.color, no_color=self._no_color, width=self._width, theme=self.theme)

    def error_console(self) -> Console:
        """A console on standard error."""
        from qabot.terminal.console import make_console

        return make_console(self.stderr, self.color, no_color=self._no_color, width=self._width, theme=self.theme)

    @property
    def _no_color(self) -> bool:
        return bool(self.environment.get("NO_COLOR")) or self.environment.get("TERM") == "dumb"

    @property
    def _width(self) -> int | None:
        """The columns that the environment asks for; None leaves it to the terminal, which may be made another size."""
        columns = self.environment.get("COLUMNS", "")
        return int(columns) if columns.isdecimal() and 0 < len(columns) < 6 and int(columns) > 0 else None

    def error(self, message: str) -> None:
        """One line on standard error, even when quiet."""
        self._say("qabot: ", message, "qabot.problem")

    def warn(self, message: str) -> None:
        """One line on standard error, unless quiet."""
        if not self.quiet:
            self._say("qabot: ", message, "qabot.faint")

    def _say(self, head: str, message: str, style: str) -> None:
        from rich.text import Text

        from qabot.terminal.safe import one_line

        console = self.error_console()
        with suppress(OSError):  # a full disk or a closed pipe behind standard error keeps no answer from standard output
            console.print(Text.assemble((head, style), one_line(message)), soft_wrap=True)

    def read(self, paths: Sequence[str], settings: Settings | None = None) -> tuple[Sources, bool]:
        """The documents of ``paths``; without any those that were settled, else the shipped article, and standard error says so.
        All problems are told.

        The flag says whether something that was named gave nothing. Ends the command when nothing could be read at all.
        """
        from qabot.ingest.reading import read_sources

        asked = self.asked(paths, settings)
        if asked.note:
            self.warn(asked.note)
        sources = read_sources(asked.paths, self.binary_stdin())
        failed = self.tell(sources.problems)
        if not sources.documents:
            raise click.exceptions.Exit(ExitCode.USAGE)  # each path has had its line
        return sources, failed

    def rescaling(self, documents: Sequence[Document]) -> Rescaling | None:
        """The calibration of a person's own that holds for ``documents``, if there is one for this version's model.

        Raises CalibrationError for a file that can't be used.
        """
        from qabot.cli.own_calibration import find

        own = find(self.environment, documents)
        if own is None:
            return None
        from qabot.assembly import calibration_fingerprint

        if own.base != calibration_fingerprint():
            self.warn(f"{own.file}: was fitted to another version's model and isn't used; run qabot calibrate again")
            return None
        return own.rescaling

    def asked(self, paths: Sequence[str], settings: Settings | None = None) -> Asked:
        """The paths that a command asks: ``paths``, else those that were settled, else the shipped article."""
        settled = settings.documents if settings is not None else ()
        if paths or (settings is not None and settled):
            place = settings.places["documents"] if settings is not None else ""
            return Asked(tuple(paths or settled), "" if paths else f"asking {place}: {os.pathsep.join(settled)}")
        from qabot.ingest.shipped import ARTICLE, shipped_corpus

        article = str(shipped_corpus() / ARTICLE)
        return Asked((article,), f"asking the article that comes with qabot: {article} (name files or folders to ask your own)")

    def tell(self, problems: Iterable[Problem]) -> bool:
        """A line for every problem, up to ten for those that only warn; whether one of them was fatal."""
        failed = False
        warnings = 0
        for problem in problems:
            if problem.fatal:
                failed = True
                self.error(str(problem))
            else:
                warnings += 1
                if warnings <= _MOST_WARNINGS:
                    self.warn(str(problem))
        if warnings > _MOST_WARNINGS:
            self.warn(f"and {warnings - _MOST_WARNINGS} more such warnings")
        return failed

    def binary_stdin(self) -> IO[bytes] | None:
        """Standard input as bytes, None where the stream has none."""
        stream: Any = getattr(self.stdin, "buffer", None)
        return stream if stream is not None else None
