"""The settings as data: their names, the variables they can stand in, and what values they take."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

THEME_NAMES = ("dark", "light")  # as terminal/theme.py has them, which is too much to load for a usage error
_YES, _NO = frozenset(("1", "true", "yes", "on")), frozenset(("0", "false", "no", "off"))


class Kind(NamedTuple):
    """One setting. ``from_toml`` is handed the value and the folder of its file, ``from_text`` what stands in one of
    ``variables`` (the first that is set counts); both raise ValueError saying what the value must be.

    ``blank`` are the characters that a variable may hold and still count as unset.
    """

    help: str
    variables: tuple[str, ...]
    from_toml: Callable[[Any, Path], Any]
    from_text: Callable[[str], Any]
    blank: str = " \t"


def _documents_of_toml(value: Any, folder: Path) -> tuple[str, ...]:
    paths = [value] if isinstance(value, str) else value
    if not isinstance(paths, list) or not paths or not all(isinstance(path, str) and path for path in paths):
        raise ValueError('must be a list of paths, as in ["~/notes"]')
    if "-" in paths:
        raise ValueError('can\'t name standard input (-); for a file called "-" write ./-')
    return tuple(os.path.join(folder, os.path.expanduser(path)) for path in paths)  # noqa: PTH111 - as it was written


def _documents_of_text(text: str) -> tuple[str, ...]:
    paths = tuple(path for path in text.split(os.pathsep) if path)
    if "-" in paths:  # what a command reads from there is not settled for all commands at once
        raise ValueError('can\'t name standard input (-); for a file called "-" write ./-')
    return paths


def _threshold(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or isnan(value) or not 0 <= value <= 1:
        raise ValueError(f"must be a number from 0 to 1, not {_shown(value)}")
    return float(value)


def _threshold_of_text(text: str) -> float:
    try:
        value: Any = float(text)
    except ValueError:
        value = text
    return _threshold(value)


def _theme(value: Any) -> str:
    if value not in THEME_NAMES:
        raise ValueError(f'must be "dark" or "light", not {_shown(value)}')
    return str(value)


def _editor(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'must be a command, as in "code --wait", not {_shown(value)}')
    try:
        shlex.split(value)
    except ValueError as error:
        raise ValueError(f"can't be read as a command ({str(error).lower()}): {_shown(value)}") from error
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {_shown(value)}")
    return value


def _flag_of_text(text: str) -> bool:
    said = text.strip().lower()
    if said not in _YES | _NO:
        raise ValueError(f"must be 1 or 0, not {_shown(text)}")
    return said in _YES


def _shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


KINDS: Mapping[str, Kind] = {
    "documents": Kind(
        "files and folders to ask when none is named (never by eval)",
        ("QABOT_DOCS",),
        _documents_of_toml,
        _documents_of_text,
        blank=os.pathsep,
    ),
    "threshold": Kind(
        "confidence (0 to 1) from which on something is an answer",
        ("QABOT_THRESHOLD",),
        lambda value, _: _threshold(value),
        _threshold_of_text,
    ),
    "theme": Kind("dark or light, as the terminal is", ("QABOT_THEME",), lambda value, _: _theme(value), _theme),
    "editor": Kind("the command that opens a source at its line", ("VISUAL", "EDITOR"), lambda value, _: _editor(value), str),
    "vi_mode": Kind("vi's keys in the chat's line editor", ("QABOT_VI_MODE",), lambda value, _: _flag(value), _flag_of_text),
}
