"""A dialogue on a real pseudo-terminal, every command once; ``python -m tests.terminal.recorded`` writes its screens anew.

Each step begins on a cleared screen and ends at the next prompt; its screen is a golden file. «Marks» stand around what has a
colour behind it: the lit answer, the bar below.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.pseudo_terminal import Terminal, environment
from tests.samples import GAZETTE, HARBOUR, LETTER

FOLDER = Path(__file__).parents[1] / "screens" / "dialogue"
ROWS, COLUMNS = 40, 80
DOCUMENTS = {"harbour.md": HARBOUR, "letter.txt": LETTER, "gazette.txt": GAZETTE}
EDITOR = """#!/bin/sh
case "$1" in
    +*) printf "%s|" "$@" > opened ;;
    *) printf "What did the fire destroy?" > "$1" ;;
esac
"""
COST = "How much will the repair of the harbour cost?"
Step = tuple[str, Callable[[Terminal], None]]


def typed(line: str) -> Callable[[Terminal], None]:
    """A step that types one line."""
    return lambda terminal: terminal.ask(line)


def empty_screen(terminal: Terminal) -> None:
    """Ctrl-E, Ctrl-U, Ctrl-L: an empty line on an empty screen."""
    terminal.type("\x05\x15\x0c")
    terminal.until(lambda lines: terminal.at_prompt() and terminal.screen.cursor.y == 0 and "passages ·" in lines[-1])


def cancelled(terminal: Terminal) -> None:
    """Ctrl-C in the middle of an answer."""
    begun = Path(terminal.cwd) / "reading"
    terminal.type("Who will slowly pay for the repair?\r")
    deadline = time.monotonic() + 60
    while not begun.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    terminal.type("\x03")
    terminal.until(lambda lines: "Cancelled." in lines and terminal.at_prompt())


def pasted(terminal: Terminal) -> None:
    """Three lines at once are one question."""
    terminal.type("\x1b[200~Who is\nthe mayor\nof Tarnov?\x1b[201~")
    terminal.until(lambda lines: "? Who is the mayor of Tarnov?" in lines)
    terminal.enter()


def edited(terminal: Terminal) -> None:
    """Ctrl-X Ctrl-E opens the editor, which writes a question; it is asked when that closes."""
    terminal.type("\x18\x05")
    terminal.until(lambda lines: "? What did the fire destroy?" in lines and terminal.at_prompt())


def offered(terminal: Terminal) -> None:
    """What is offered while a command is typed."""
    terminal.type("/to")
    terminal.until(lambda lines: any("/top [N]" in line for line in lines))


def resized(terminal: Terminal) -> None:
    """A window of 40 columns; a question is answered in them."""
    terminal.resize(ROWS, 40)
    terminal.until(lambda _: terminal.at_prompt())
    empty_screen(terminal)
    terminal.ask(COST)


STEPS: tuple[Step, ...] = (
    ("help", typed("/help")),
    ("docs", typed("/docs")),
    ("answer-that-others-contradict", typed(COST)),
    ("more", typed("/more")),
    ("sources", typed("/sources")),
    ("view", typed("/view 1")),
    ("open", typed("/open 2")),
    ("copy", typed("/copy 1")),
    ("why", typed("/why")),
    ("good", typed("/good")),
    ("each", typed("/each Who is the mayor of Tarnov?")),
    ("cancelled", cancelled),
    ("pasted", pasted),
    ("follow-up", typed("What did she say will the repair cost?")),
    ("bad", typed("/bad")),
    ("gold", typed("/gold 4 million euros")),
    ("literal", typed("/literal What will the reqair cost?")),
    ("mended", typed("What will the reqair of the harbour cost?")),
    ("not-found", typed("Which planet did the fire visit?")),
    ("drop", typed("/drop gazette.txt")),
    ("add", typed("/add gazette.txt")),
    ("top", typed("/top 1")),
    ("context", typed("/context 1")),
    ("threshold", typed("/threshold 0.6")),
    ("settled-anew", typed(COST)),
    ("new", typed("/new")),
    ("history", typed("/history")),
    ("save", typed("/save talk.md")),
    ("unknown", typed("/sauces")),
    ("offered", offered),
    ("edited", edited),
    ("clear", typed("/clear")),
    ("resized", resized),
)


class Recorded:
    """The dialogue, played in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in DOCUMENTS.items():
            (folder / name).write_text(text, encoding="utf-8")
        editor = folder / "bin" / "vim"
        editor.parent.mkdir()
        editor.write_text(EDITOR, encoding="utf-8")
        editor.chmod(0o755)
        settled = {"VISUAL": str(editor), "PAGER": "cat"}
        self.terminal = Terminal(
            ["-m", "tests.terminal.recorded_entry", "chat", *DOCUMENTS],
            environment=environment(folder) | settled, cwd=folder, rows=ROWS, columns=COLUMNS,
        )  # fmt: skip

    def screens(self) -> Iterator[tuple[str, str]]:
        """Play it: the name and the screen of each step, and what the saved dialogue says."""
        terminal = self.terminal
        terminal.until(lambda lines: terminal.at_prompt() and any("passages · threshold" in line for line in lines))
        yield "00-begin", self._screen()
        for number, (name, step) in enumerate(STEPS, start=1):
            empty_screen(terminal)
            step(terminal)
            terminal.until(lambda lines: "passages · " in lines[-1])
            yield f"{number:02}-{name}", self._screen()
        yield "99-saved", (self.folder / "talk.md").read_text(encoding="utf-8")

    def end(self) -> int | None:
        """Ctrl-D; the exit status."""
        self.terminal.type("\x15\x04")
        return self.terminal.close()

    def _screen(self) -> str:
        return "\n".join(self.terminal.lit_lines).rstrip() + "\n"


def main() -> None:
    """Write the golden screens anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        recorded = Recorded(Path(folder))
        for name, screen in recorded.screens():
            (FOLDER / f"{name}.txt").write_text(screen, encoding="utf-8", newline="")
        recorded.end()


if __name__ == "__main__":
    main()
