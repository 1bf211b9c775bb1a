"""What holds for every run: flags beat the environment, that beats ``config.toml``, and that the defaults."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from qabot.cli.home import qabots_own
from qabot.cli.setting_kinds import KINDS
from qabot.errors import SettingError

DEFAULT = "default"
_NAME = "config.toml"


class Settings(NamedTuple):
    """The values by name, None where only a default holds, and for each ``places``, where it was set.

    ``file`` is the configuration file, whether it is there or not; None where there is no home to keep one in.
    """

    file: Path | None
    values: Mapping[str, Any]
    places: Mapping[str, str]

    @property
    def documents(self) -> tuple[str, ...]:
        """The files and folders to ask when none is named; empty for the article that comes with qabot."""
        return tuple(self.values["documents"] or ())

    @property
    def threshold(self) -> float | None:
        """The confidence from which on something is an answer; None for the model's own."""
        value: float | None = self.values["threshold"]
        return value


def config_file(environment: Mapping[str, str]) -> Path | None:
    """The configuration file: in ``$XDG_CONFIG_HOME/qabot``, or wherever the system keeps such files; None without a home."""
    home = environment.get("XDG_CONFIG_HOME", "")
    if Path(home).is_absolute():
        return Path(home) / "qabot" / _NAME
    if str(sys.platform) == "linux":  # as platformdirs has it; loading that would cost every start a hundredth of a second
        folder = qabots_own(lambda name: Path("~/.config").expanduser() / name)
    else:
        from platformdirs import user_config_path

        folder = qabots_own(user_config_path)
    return folder / _NAME if folder is not None else None


def settle(environment: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """The settings that hold when ``flags`` (by name, None where not given) were given.

    Raises SettingError for a file or a variable that can't be used, also where a flag or a variable beats it.
    """
    file = config_file(environment)
    values: dict[str, Any] = dict.fromkeys(KINDS)
    places = dict.fromkeys(KINDS, DEFAULT)
    for layer in (_of_file(file), _of_environment(environment), _of_flags(flags)):
        for name, (value, place) in layer.items():
            values[name], places[name] = value, place
    return Settings(file, values, places)


Layer = dict[str, tuple[Any, str]]  # by name: the value, and where it stands


def _of_flags(flags: Mapping[str, Any]) -> Layer:
    return {name: (value, f"--{name.replace('_', '-')}") for name, value in flags.items() if value is not None}


def _of_environment(environment: Mapping[str, str]) -> Layer:
    found: Layer = {}
    for name, kind in KINDS.items():
        variable = next((one for one in kind.variables if environment.get(one, "").strip(kind.blank)), None)
        if variable is not None:
            try:
                found[name] = kind.from_text(environment[variable]), f"${variable}"
            except ValueError as error:
                raise SettingError(f"${variable}", f"{error}; set it anew, or unset it") from error
    return found


def _of_file(file: Path | None) -> Layer:
    text = None if file is None else read_config(file)
    return {} if file is None or text is None else layer_of_text(file, text)


def layer_of_text(file: Path, text: str) -> Layer:
    """What ``text`` of ``file`` sets. Raises SettingError for the first thing in it that can't be used."""
    found: Layer = {}
    for name, value in parse_config(file, text).items():
        place = f"{file}:{line_of(text, name)}"
        if name not in KINDS:
            raise unknown_setting(place, name)
        try:
            found[name] = KINDS[name].from_toml(value, file.parent), place
        except ValueError as error:
            raise SettingError(place, f"{name} {error}; correct it, or take the line out") from error
    return found


def unknown_setting(place: str, name: str) -> SettingError:
    """What to raise where there is no setting ``name``: it says which one may have been meant."""
    import difflib  # imported here: every question would wait for it

    near = difflib.get_close_matches(name, KINDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(KINDS)}"
    return SettingError(place, f'there is no setting "{name}"; {hint}')


def read_config(file: Path) -> str | None:
    """The text of the configuration file; None when there is none. Raises SettingError when it can't be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise SettingError(str(file), "is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingError(str(file), f"can't be read: {reason}; make it a file that you may read, or remove it") from error


def parse_config(file: Path, text: str) -> dict[str, Any]:
    """What ``text`` of ``file`` says. Raises SettingError with the line where it isn't TOML."""
    import tomllib  # imported here: most runs have no such file

    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", str(error), re.DOTALL)
        line = (place["line"] if place else None) or str(text.count("\n") + 1)
        what = place["what"] if place else "nested too deeply"
        raise SettingError(f"{file}:{line}", f"is not TOML: {what[:1].lower()}{what[1:]}; correct the line") from error


def line_of(text: str, name: str) -> int:
    """The line, from 1, on which the setting ``name`` (or a table of that name) begins."""
    found = re.search(rf"""^[ \t]*\[*[ \t]*["']?{re.escape(name)}["']?[ \t]*[].=]""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
