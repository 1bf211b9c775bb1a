"""A person's own folders, where they have a home at all: a service or a container may run without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

MISSING = "there is no home folder to keep it in; set HOME"


def qabots_own(where: Callable[[str], Path]) -> Path | None:
    """The folder for qabot that ``where`` (a function of platformdirs) gives; None without a home, where it raises RuntimeError
    or, in older versions, leaves a ~ as it stands.
    """
    try:
        folder = where("qabot")
    except RuntimeError:
        return None
    return None if folder.parts[:1] == ("~",) else folder
