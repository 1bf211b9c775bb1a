"""What a chat does outside itself, as one value: tests hand in their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def run_program(command: Sequence[str], wait: bool) -> int:
    """Run a program on this terminal and give its exit status; without ``wait`` only start it. Raises OSError if it can't be."""
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(2, "no such program", command[0])
    if wait:
        with _terminal_lent():
            return subprocess.run([program, *command[1:]], check=False).returncode  # noqa: S603 - no shell; the user's own editor
    quiet = subprocess.DEVNULL
    subprocess.Popen([program, *command[1:]], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    return 0


def page(text: str, command: Sequence[str]) -> bool:
    """Show ``text`` through the pager that ``command`` is; False when it can't be started."""
    program = shutil.which(command[0])
    if program is None:
        return False
    with _terminal_lent():
        subprocess.run([program, *command[1:]], input=text.encode("utf-8", "replace"), check=False)  # noqa: S603 - as above
    return True


@contextmanager
def _terminal_lent() -> Iterator[None]:
    """Leave the terminal to a program until it ends, and have it again as it was.

    Ctrl-C is heard by both: it is the program's to answer (a pager goes on after it), and were this process to stop waiting, the
    program would be killed before it could put the terminal back.
    """
    settings = _terminal_settings()
    before: Any = signal.getsignal(signal.SIGINT)
    with suppress(ValueError):  # not the main thread: Ctrl-C comes elsewhere
        # A handler that does nothing, as a program that is started has the default again; SIG_IGN it would inherit.
        signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, before)
        _restore_terminal(settings)


def _terminal_settings() -> list[Any] | None:
    """The settings of the terminal that standard input is; None where it is none."""
    with suppress(ImportError, OSError, ValueError, AttributeError):  # no such system, no terminal, a closed or stood-in stream
        import termios

        file = sys.stdin.fileno()
        with suppress(termios.error):
            return termios.tcgetattr(file) if os.isatty(file) else None
    return None


def _restore_terminal(settings: list[Any] | None) -> None:
    if settings is None:
        return
    import termios

    with suppress(OSError, ValueError, termios.error):  # it is gone meanwhile
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, settings)


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
