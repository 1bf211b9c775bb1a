"""Where documents are: paths and standard input, looked at but not read."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from qabot.errors import SourceError

STDIN = "-"


class Problem(NamedTuple):
    """Something that was not read, or not as expected. ``fatal`` when the user named it and got nothing from it."""

    path: str
    reason: str
    fatal: bool

    def __str__(self) -> str:
        return f"{spelled(self.path)}: {self.reason}"


def kind_of(path: str) -> int:
    """The kind of thing at ``path`` (``stat.S_IFMT``). Raises SourceError when there is nothing or it can't be seen."""
    if not path:
        raise SourceError("''", "is no path; name a text file or a folder")
    try:
        return stat.S_IFMT(os.stat(path).st_mode)
    except FileNotFoundError as error:
        raise SourceError(path, "no such file or folder; check the spelling") from error
    except (OSError, ValueError) as error:
        raise SourceError(path, f"can't be read: {reason_of(error)}") from error


def reason_of(error: OSError | ValueError) -> str:
    """What the system says is wrong, as part of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def spelled(path: str) -> str:
    """A document's path as a person reads it: "-" spelled out."""
    return "standard input" if path == STDIN else path


def display_name(path: str) -> str:
    """The last part of a document's path, for where room is short."""
    return spelled(path) if path == STDIN else Path(path).name or path


def telling_names(paths: Iterable[str]) -> Mapping[str, str]:
    """For each of ``paths`` the shortest end of it that tells it from the others.

    >>> dict(telling_names(["2023/lease.txt", "2024/lease.txt", "2024/bill.txt"])).values()
    dict_values(['2023/lease.txt', '2024/lease.txt', 'bill.txt'])
    """
    names = {path: display_name(path) for path in paths}
    depth = 1
    while alike := _shared(names):
        depth += 1
        names |= {path: _end(path, depth) for path in alike}
        if all(depth > len(Path(path).parts) for path in alike):
            break
    return names | {path: path for path in _shared(names)}  # a file that was named in two ways


def _shared(names: Mapping[str, str]) -> list[str]:
    counts = Counter(names.values())
    return [path for path, name in names.items() if counts[name] > 1]


def _end(path: str, parts: int) -> str:
    return str(Path(*Path(path).parts[-parts:]))
