"""Writes single settings to ``config.toml``; comments, order and everything else in it stay."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qabot.cli.config import layer_of_text, read_config, unknown_setting
from qabot.cli.setting_kinds import KINDS
from qabot.errors import SettingError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def write_setting(file: Path, key: str, values: Sequence[str]) -> None:
    """Set ``key`` in ``file``, which is made where it is missing. ``values`` as they would be typed; only documents has several.

    Raises SettingError for a key that there isn't, a value that it doesn't take, and a file that can't be used or written.
    """
    kind = KINDS.get(key)
    if kind is None:
        raise unknown_setting(str(file), key)
    if key != "documents" and len(values) != 1:
        raise SettingError(key, f"takes one value, not {len(values)}; put quotes around it")
    try:
        if key == "documents":
            # From the folder that one stands in, not the file's, as a shell completes them.
            value: Any = [path if path.startswith("~") else os.path.abspath(path) for path in values if _path(path)]  # noqa: PTH100
        else:
            value = kind.from_text(values[0])
            kind.from_toml(value, file.parent)
    except OSError as error:  # the folder that one stands in is gone
        raise SettingError(key, f"can't be set to a relative path here: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise SettingError(key, f"{error}") from error

    def put(document: TOMLDocument) -> bool:
        document[key] = value
        return True

    _changed(file, put)


def remove_setting(file: Path, key: str) -> bool:
    """Take ``key`` out of ``file``; whether it was there. Raises SettingError as ``write_setting`` does."""
    if key not in KINDS:
        raise unknown_setting(str(file), key)
    return _changed(file, lambda document: document.pop(key, None) is not None)


def _changed(file: Path, change: Callable[[TOMLDocument], bool]) -> bool:
    text = read_config(file)
    layer_of_text(file, text or "")  # what is wrong with it must be told before anything is written
    import tomlkit

    from qabot.terminal.marks import replace_whole

    document = tomlkit.parse(text or "")
    if not change(document):
        return False
    try:
        whole = tomlkit.dumps(document).encode("utf-8")
    except UnicodeEncodeError as error:
        raise SettingError(str(file), "can hold UTF-8 text only, which this value isn't; rename what it names") from error
    try:
        place = Path(os.path.realpath(file))  # a link stays one
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(place, whole)
    except OSError as error:
        raise SettingError(str(file), f"can't be written: {(error.strerror or str(error)).lower()}") from error
    return True


def _path(path: str) -> bool:
    if not path or path == "-":
        raise ValueError("must be paths of files and folders; standard input (-) and nothing are none")
    return True
