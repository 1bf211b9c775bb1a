"""Calibrations that ``qabot calibrate`` made of a person's own questions: where they are kept, and which one holds.

A calibration is kept in the user's data folder and holds for every document within the paths that it was fitted on: asking the
folder, a file in it, or the folder after a file came to it. ``$QABOT_CALIBRATION`` names another file, or ``none``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qabot.cli.home import MISSING, qabots_own
from qabot.errors import CalibrationError

if TYPE_CHECKING:
    from qabot.reading.rescaling import Rescaling
    from qabot.records import Document

VARIABLE = "QABOT_CALIBRATION"
NONE = "none"
_SCHEMA = 1


class OwnCalibration(NamedTuple):
    """What stands in ``file``: the real ``paths`` it was fitted on, the fingerprint of the calibration it stretches (``base``),
    and by how much.
    """

    file: Path
    paths: tuple[str, ...]
    base: str
    rescaling: Rescaling

    def depth(self, document: Document) -> int:
        """How far down the path is that holds ``document``, in parts; 0 when none of the paths does."""
        real = Path(os.path.realpath(document.path))
        return max((len(Path(path).parts) for path in self.paths if real.is_relative_to(path)), default=0)


def folder(environment: Mapping[str, str]) -> Path | None:
    """Where calibrations are kept: in ``$XDG_DATA_HOME/qabot``, or wherever the system keeps such files; None without a home."""
    home = environment.get("XDG_DATA_HOME", "")
    if Path(home).is_absolute():
        return Path(home) / "qabot" / "calibrations"
    if sys.platform == "linux" and Path(environment.get("HOME", "")).is_absolute():
        # What platformdirs says there too, without the hundredth of a second that loading it adds to every question.
        return Path(environment["HOME"]) / ".local" / "share" / "qabot" / "calibrations"
    from platformdirs import user_data_path

    kept_in = qabots_own(user_data_path)
    return kept_in / "calibrations" if kept_in is not None else None


def find(environment: Mapping[str, str], documents: Iterable[Document]) -> OwnCalibration | None:
    """The calibration that holds for ``documents``: the one named by the environment, else the kept one that was fitted on the
    narrowest paths which hold them all.

    Raises CalibrationError for a file that can't be used.
    """
    named = environment.get(VARIABLE, "").strip()
    if named:
        return None if named.lower() == NONE else load(Path(named))
    kept_in = folder(environment)
    try:
        files = sorted(kept_in.glob("*.json")) if kept_in is not None else []
    except OSError:
        return None
    # Most people have none: nothing is looked up for them.
    kept = [load(file) for file in files]
    asked = list(documents) if kept else []
    depths = {own.file: min((own.depth(document) for document in asked), default=0) for own in kept}
    return max((own for own in kept if depths[own.file]), key=lambda own: depths[own.file], default=None)


def save(environment: Mapping[str, str], paths: Iterable[str], content: Mapping[str, Any]) -> Path:
    """Keep ``content`` (slope, intercept, threshold, fitted_on, base and whatever a person may like to know) for ``paths``.

    It takes the place of the one that was fitted on the same paths before. Raises CalibrationError when it can't be written.
    """
    import hashlib

    from qabot.terminal.marks import replace_whole

    kept_in = folder(environment)
    if kept_in is None:
        raise CalibrationError("the calibration", MISSING)
    real = sorted({os.path.realpath(path) for path in paths})
    key = hashlib.sha256("\0".join(real).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    file = kept_in / f"{key}.json"
    data = (json.dumps({"schema": _SCHEMA, "paths": real, **content}, indent=2) + "\n").encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_whole(file, data, mode=0o600)
    except OSError as error:
        raise CalibrationError(str(file), f"can't be written: {(error.strerror or str(error)).lower()}") from error
    return file


def load(file: Path) -> OwnCalibration:
    """Raises CalibrationError for a file that is missing, damaged or of another kind."""
    from qabot.reading.rescaling import Rescaling

    try:
        whole = json.loads(file.read_text(encoding="utf-8"))
        numbers = [_number(whole[name]) for name in ("slope", "intercept", "threshold")]
        if whole["schema"] != _SCHEMA or not all(map(isfinite, numbers)) or numbers[0] < 0 or not 0 <= numbers[2] <= 1:
            raise ValueError("out of range")
        slope, intercept, threshold = numbers
        rescaling = Rescaling(slope, intercept, threshold, str(whole["fitted_on"]))
        paths = whole["paths"]
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise TypeError("paths")
        return OwnCalibration(file, tuple(paths), str(whole["base"]), rescaling)
    except OSError as error:
        raise CalibrationError(str(file), f"can't be read: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        reason = "is not what qabot calibrate writes; delete it, or run qabot calibrate again"
        raise CalibrationError(str(file), reason) from error


def _number(value: Any) -> float:
    """``value`` of a JSON file; text that looks like a number is none, and neither is true."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("no number")
    return float(value)
