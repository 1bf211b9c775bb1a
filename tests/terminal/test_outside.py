from __future__ import annotations

from pathlib import Path

import pytest

from tests.pseudo_terminal import Terminal, environment

# A program that answers Ctrl-C itself, as pagers do, and leaves the terminal without echo.
_PROGRAM = """
import os, signal, termios
signal.signal(signal.SIGINT, lambda *_: os.write(1, b"heard\\n"))
terminal = open("/dev/tty")
settings = termios.tcgetattr(terminal)
settings[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, settings)
os.write(1, b"started\\n")
terminal.readline()
print("ended", flush=True)
"""

_DEAF = "import time; print('started', flush=True); time.sleep(30)"

_CALL = """
import signal, sys, termios
from qabot.terminal.outside import page, run_program
before = signal.getsignal(signal.SIGINT)
print("gave", {call})
print("echo", bool(termios.tcgetattr(0)[3] & termios.ECHO), signal.getsignal(signal.SIGINT) is before)
"""


def _terminal(tmp_path: Path, program: str, call: str) -> Terminal:
    file = tmp_path / "program.py"
    file.write_text(program)
    return Terminal(["-c", _CALL.format(call=call.format(repr(str(file))))], environment=environment(tmp_path))


@pytest.mark.parametrize(
    ("call", "gave"), [("page('words', [sys.executable, {}])", "True"), ("run_program([sys.executable, {}], True)", "0")]
)
def test_ctrl_c_is_for_the_program_that_has_the_terminal(tmp_path: Path, call: str, gave: str) -> None:
    terminal = _terminal(tmp_path, _PROGRAM, call)
    terminal.until(lambda lines: "started" in lines)
    terminal.type("\x03")
    terminal.until(lambda lines: any(line.endswith("heard") for line in lines))
    terminal.type("q\r")
    terminal.until(lambda lines: "ended" in lines and f"gave {gave}" in lines and "echo True True" in lines)
    assert terminal.close() == 0


def test_ctrl_c_ends_a_program_that_does_not_answer_it(tmp_path: Path) -> None:
    terminal = _terminal(tmp_path, _DEAF, "run_program([sys.executable, {}], True)")
    terminal.until(lambda lines: "started" in lines)
    terminal.type("\x03")
    terminal.until(lambda lines: any(line.startswith("gave ") for line in lines) and "echo True True" in lines)
    assert terminal.close() == 0
