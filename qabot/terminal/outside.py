"""What a chat does outside itself, as one value: tests hand in their own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


def run_program(command: Sequence[str], wait: bool) -> int:
    """Run a program on this terminal and give its exit status; without ``wait`` only start it. Raises OSError if it can't be."""
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(2, "no such program", command[0])
    if wait:
        return subprocess.run([program, *command[1:]], check=False).returncode  # noqa: S603 - no shell; the user's own editor
    quiet = subprocess.DEVNULL
    subprocess.Popen([program, *command[1:]], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    return 0


def page(text: str, command: Sequence[str]) -> bool:
    """Show ``text`` through the pager that ``command`` is; False when it can't be started."""
    program = shutil.which(command[0])
    if program is None:
        return False
    subprocess.run([program, *command[1:]], input=text.encode("utf-8", "replace"), check=False)  # noqa: S603 - as above
    return True


@dataclass(frozen=True, slots=True)
class Outside:
    """``editor`` and ``pager`` are command lines (None: not set, or no terminal to page on); ``marks`` is the question file that
    marks go to; ``escapes`` says whether the terminal may be sent control sequences.
    """

    editor: str | None = None
    pager: str | None = None
    marks: Path | None = None
    escapes: bool = False
    run: Callable[[Sequence[str], bool], int] = run_program
    page: Callable[[str, Sequence[str]], bool] = page
