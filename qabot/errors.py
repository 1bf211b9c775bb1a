"""What can go wrong, as a person would name it.

    QabotError                 everything qabot raises on purpose
    ├── SourceError            a document can't be read (names the file)
    ├── QuestionError          a question can't be asked
    ├── CommandError           a command of the chat can't be done as it was written
    ├── SettingError           the configuration can't be used (names the file and line, or the variable)
    ├── QuestionSetError       a question set can't be read (names file and line)
    ├── CalibrationError       a calibration of one's own can't be read, written or made (names the file)
    └── ModelError             the reader's files are missing or damaged

A message says what, where, and what to do next, in one line. A programmer's mistake is a ``ValueError`` and is not caught.
"""

from __future__ import annotations


class QabotError(Exception):
    """Base of every error that qabot raises on purpose; its text is fit to be shown as it stands."""


class SourceError(QabotError):
    """A document, or a place named as one, can't be read.

    ``path`` is the place as the user named it; ``reason`` says what is wrong and what to do about it.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class QuestionError(QabotError):
    """A question has no words, or far too many."""


class CommandError(QabotError):
    """A command of the chat can't be done: what stands behind it is wrong, or what it needs isn't there."""


class SettingError(QabotError):
    """A setting can't be used. ``place`` is where it stands: a file, perhaps with a line, or a variable of the environment."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class QuestionSetError(QabotError):
    """A question set, or one line of it, can't be used. ``line`` counts from 1; None speaks of the whole file."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if line is None else f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class CalibrationError(QabotError):
    """A calibration of a person's own can't be used. ``path`` is its file; ``reason`` says what is wrong and what to do."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ModelError(QabotError):
    """The reader's model is missing, damaged, or of a kind this version can't run."""
