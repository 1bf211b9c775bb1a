"""The questions of earlier chats, kept in a file for their owner alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory


class KeptHistory(FileHistory):
    """A history kept in ``file``. Should that fail in mid-chat, it goes on in memory and ``doubt`` says why."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self._file = file
        self.doubt: str | None = None

    def load_history_strings(self) -> Iterable[str]:
        """The lines of earlier chats, the newest first; none where they can't be read."""
        try:
            return list(super().load_history_strings())
        except OSError as error:
            self.doubt = _not_kept(self._file, error)
            return []

    def store_string(self, string: str) -> None:
        """Add a line to the file, for its owner alone; a failure is kept in ``doubt``."""
        try:
            self._file.touch(mode=0o600)  # it may have been removed since the chat began
            super().store_string(string)
        except OSError as error:
            self.doubt = _not_kept(self._file, error)


def open_history(folder: Path | None) -> tuple[History, str | None]:
    """The history kept in ``folder`` between runs; where it can't be kept, one for this run, and why. Without a folder that is
    no news: somebody without a home keeps nothing.
    """
    if folder is None:
        return InMemoryHistory(), None
    file = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        with file.open("ab"):
            pass
    except OSError as error:
        return InMemoryHistory(), _not_kept(file, error)
    return KeptHistory(file), None


def _not_kept(file: Path, error: OSError) -> str:
    return f"{file}: the history can't be kept: {(error.strerror or str(error)).lower()}"
