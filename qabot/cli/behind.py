"""The documents of a chat: found before its prompt, read and indexed behind it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.errors import SourceError
from qabot.ingest.places import Problem, display_name, kind_of
from qabot.terminal.loading import Loading

if TYPE_CHECKING:  # loaded behind the prompt
    from qabot.answering import Bot
    from qabot.records import Document


class Behind:
    """Reads ``paths`` and makes a Bot of them behind the prompt; ``threshold`` replaces the model's own.

    A path where nothing can be read is told at once. Ends the command when that is so of every one.
    """

    def __init__(self, context: Context, paths: Sequence[str], threshold: float | None) -> None:
        self._context = context
        self._threshold = threshold
        self._problems: Sequence[Problem] = ()
        self._warnings: Sequence[str] = ()
        self._settled = False
        self._paths: list[str] = []
        self._folders: set[str] = set()
        for path in paths:
            try:
                self._found(path)
            except SourceError as error:
                context.error(str(error))
        if not self._paths:
            raise click.exceptions.Exit(ExitCode.USAGE)
        self.loading = Loading(self._make)

    def names(self) -> list[str]:
        """What is asked, as the greeting names it: folders as they were written, files by their names."""
        return [f"{path.rstrip('/')}/" if path in self._folders else display_name(path) for path in self._paths]

    def build(self, documents: Sequence[Document]) -> Bot:
        """A Bot for ``documents`` with the threshold that holds for this chat."""
        return self._context.bot_for(documents, threshold=self._threshold)

    def wait(self) -> None:
        """Wait until all is read, and settle."""
        self.loading.start()
        self.loading.wait()
        self.settle()

    def settle(self) -> None:
        """Once loading is done: tell what went wrong, once. Ends the command where nothing could be read, and raises what kept a
        Bot from being made.
        """
        if self._settled:
            return
        self._settled = True
        self._context.tell(self._problems)
        for warning in self._warnings:
            self._context.warn(warning)
        if isinstance(self.loading.failure, _NothingReadError):
            raise click.exceptions.Exit(ExitCode.USAGE)  # each path has had its line
        if self.loading.failure is not None:
            raise self.loading.failure

    def before(self, read_line: Callable[[], str]) -> Callable[[], str]:
        """``read_line``, after what has gone wrong so far is told."""

        def settled() -> str:
            self.loading.start()
            if self.loading.done:
                self.settle()
            return read_line()

        return settled

    def _found(self, path: str) -> None:
        kind = kind_of(path)
        if kind not in {stat.S_IFREG, stat.S_IFDIR}:
            raise SourceError(path, "is not a regular file; name a text file or a folder")
        self._paths.append(path)
        if kind == stat.S_IFDIR:
            self._folders.add(path)

    def _make(self) -> Bot:
        from qabot.ingest.reading import read_sources

        sources = read_sources(self._paths)
        self._problems = sources.problems
        self.loading.news = bool(sources.problems)
        if not sources.documents:
            raise _NothingReadError
        listening = _Listening(environment=self._context.environment, make_bot=self._context.make_bot)
        bot = listening.bot_for(sources.documents, threshold=self._threshold)
        self._warnings = listening.heard
        self.loading.news |= bool(listening.heard)
        return bot


@dataclass
class _Listening(Context):
    """Keeps warnings for later: behind the prompt nothing may be written."""

    heard: list[str] = field(default_factory=list)

    def warn(self, message: str) -> None:
        """Keep ``message``."""
        self.heard.append(message)


class _NothingReadError(Exception):
    """None of the paths gave a document; the problems say why."""
