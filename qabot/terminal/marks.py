"""The question file that a chat grows: JSON Lines that ``qabot eval`` reads.

A line has ``id``, ``question``, ``answers``, ``document`` and, of an answer that was marked as bad, ``wrong``. A bad mark alone
has no gold: its ``answers`` are empty, which ``eval`` reads as "nothing that was found is right; refuse" until a gold answer
takes the line's place. The wrong answer is never among ``answers``.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from qabot.errors import CommandError


def write_mark(
    file: Path, question: str, answers: Sequence[str], *, document: str | None, wrong: str | None, instead: str | None
) -> str:
    """Add a line to ``file``, or put it in the place of the one whose id is ``instead``; gives the line's id.

    The folder is made where it is missing. Raises CommandError when the file can't be written.
    """
    id = instead or uuid.uuid4().hex[:12]
    mark: dict[str, object] = {"id": id, "question": question, "answers": list(answers), "document": document}
    if wrong is not None:
        mark["wrong"] = wrong
    line = (json.dumps(mark) + "\n").encode("ascii")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if instead is None or not _replaced(file, instead, line):
            _append(file, line)
    except OSError as error:
        raise CommandError(f"{file}: the mark can't be written: {(error.strerror or str(error)).lower()}") from error
    return id


def _append(file: Path, line: bytes) -> None:
    with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+") as lines:
        if lines.seek(0, os.SEEK_END):
            lines.seek(-1, os.SEEK_END)
            if lines.read(1) != b"\n":
                line = b"\n" + line
        lines.write(line)


def _replaced(file: Path, id: str, line: bytes) -> bool:
    """Whether the line with ``id`` was there to be replaced; the file is changed whole or not at all."""
    file = Path(os.path.realpath(file))  # a link stays one
    lines = file.read_bytes().splitlines(keepends=True) if file.exists() else []
    begin = f'{{"id": "{id}", '.encode("ascii")
    at = next((number for number, old in enumerate(lines) if old.startswith(begin)), None)
    if at is None:
        return False
    lines[at] = line
    replace_whole(file, b"".join(lines), mode=0o600)
    return True


def replace_whole(file: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Give ``file`` the content ``data``, whole or not at all. Raises OSError."""
    part = _written_beside(file, data, mode)
    try:
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def create_whole(file: Path, data: bytes) -> None:
    """Make ``file`` with the content ``data``, whole or not at all. Raises FileExistsError when it is there, else OSError."""
    part = _written_beside(file, data, 0o666)
    try:
        file.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(file):
            raise FileExistsError(17, "it is there already", str(file)) from None
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _written_beside(file: Path, data: bytes, mode: int) -> Path:
    part = file.parent / f".qabot-{uuid.uuid4().hex[:12]}.part"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part
