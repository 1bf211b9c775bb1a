"""Paths and standard input -> Documents: what is read, what is skipped, and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from qabot.errors import SourceError
from qabot.ingest.encoding import decode
from qabot.ingest.formats import parse
from qabot.ingest.places import STDIN, Problem, kind_of, reason_of
from qabot.records import Document

# A text of this size is no longer read while one waits; bytes.
LARGEST_FILE = 10_000_000


class Sources(NamedTuple):
    """The documents that were read, in the order they were named (a folder's by path), and what went wrong meanwhile."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read_sources(paths: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Sources:
    """Read every file, folder (all its text files, recursively) or "-" in ``paths``; nothing that fails stops the rest.

    Within a folder hidden files, what ``.gitignore`` names and links that lead to those or out of it are skipped. A file named
    twice is read once. ``stdin`` is what "-" reads.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in map(str, paths):
        try:
            if path == STDIN:
                if STDIN not in documents:
                    documents[STDIN] = _read_stdin(stdin, problems)
            elif kind_of(path) == stat.S_IFDIR:
                _read_folder(path, documents, problems)
            elif os.path.realpath(path) not in documents:
                documents[os.path.realpath(path)] = read_file(path, problems)
        except SourceError as error:
            problems.append(Problem(error.path, error.reason, fatal=True))
        except OSError as error:  # what was there a moment ago is gone, or the working directory is
            problems.append(Problem(path, f"can't be read: {reason_of(error)}", fatal=True))
    return Sources(tuple(documents.values()), tuple(problems))


def read_file(path: str, problems: list[Problem]) -> Document:
    """The document in a regular file. Raises SourceError when there is none; a doubtful encoding is added to ``problems``."""
    if kind_of(path) != stat.S_IFREG:
        raise SourceError(path, "is not a regular file; name a text file, a folder, or - for standard input")
    try:
        # Not to wait for a writer, should the path have become a FIFO since.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SourceError(path, f"can't be read: {reason_of(error)}") from error
    return _document(path, Path(path).suffix, Path(path).stem, data, problems)


def document_from_text(text: str, *, id: str, path: str = STDIN, suffix: str = "", name: str = "") -> Document:
    """A document of ``text`` as it stands; ``suffix`` picks the format, ``name`` is the title when the text has none."""
    structure = parse(text, suffix)
    return Document(id, structure.title or name, text, path, structure.sections, structure.hidden)


def _read_stdin(stdin: IO[bytes] | None, problems: list[Problem]) -> Document:
    if stdin is None:
        raise SourceError(STDIN, "there is no standard input to read")
    try:
        data = stdin.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SourceError(STDIN, f"can't be read: {reason_of(error)}") from error
    return _document(STDIN, "", "standard input", data, problems)


def _document(path: str, suffix: str, name: str, data: bytes, problems: list[Problem]) -> Document:
    if len(data) > LARGEST_FILE:
        raise SourceError(path, f"is larger than {LARGEST_FILE // 1_000_000} MB; split it into smaller files")
    text, doubt = decode(path, data)
    if doubt:
        problems.append(Problem(path, doubt, fatal=False))
    document = document_from_text(text, id=path, path=path, suffix=suffix, name=name)
    if not document.sections:
        raise SourceError(path, "is empty; there is nothing to ask it" if not text.strip() else "has no words to read")
    return document


def _read_folder(folder: str, documents: dict[str, Document], problems: list[Problem]) -> None:
    before = len(documents)
    unread: list[Problem] = []
    named_before = False
    for path in _files(folder, unread):
        if os.path.realpath(path) in documents:
            named_before = True
            continue
        try:
            documents[os.path.realpath(path)] = read_file(path, unread)
        except SourceError as error:
            unread.append(Problem(error.path, f"skipped: {error.reason}", fatal=False))
    problems.extend(unread)
    if len(documents) == before and not named_before:
        raise SourceError(folder, "has no readable text files; name another folder, or a file")


def _files(folder: str, problems: list[Problem]) -> Iterator[str]:
    """Paths of the files in ``folder``, sorted, as the user would name them; never outside it."""
    inside = Path(os.path.realpath(folder))
    from qabot.ingest.ignoring import Ignored  # imported here: a single file needs no rules

    ignored = Ignored(folder)

    def unlisted(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"skipped: can't be listed: {reason_of(error)}", fatal=False))

    for at, folders, files in os.walk(folder, onerror=unlisted):
        ignored.enter(at)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not ignored.matches(os.path.join(at, name), folder=True)
        )
        for name in sorted(files):
            path = os.path.join(at, name)
            if name.startswith(".") or ignored.matches(path):
                continue
            if os.path.islink(path) and not _leads_to_what_is_read(path, inside):
                continue
            if _mode_or_none(path) == stat.S_IFREG:
                yield path


def _leads_to_what_is_read(link: str, inside: Path) -> bool:
    """Whether a link leads to a place in the folder ``inside`` that is neither hidden nor ignored there, on its way or itself."""
    from qabot.ingest.ignoring import Ignored

    target = Path(os.path.realpath(link))
    if not target.is_relative_to(inside):
        return False
    ignored = Ignored(str(inside))
    at = inside
    parts = target.relative_to(inside).parts
    for number, name in enumerate(parts, start=1):
        ignored.enter(str(at))
        at /= name
        if name.startswith(".") or ignored.matches(str(at), folder=number < len(parts)):
            return False
    return True


def _mode_or_none(path: str) -> int | None:
    try:
        return stat.S_IFMT(os.stat(path).st_mode)
    except OSError:
        return None
