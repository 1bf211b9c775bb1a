"""A chat with a reader that follows a script, typed through prompt-toolkit's pipe input."""

from __future__ import annotations

import io
from collections.abc import Sequence

from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from qabot.answering import Bot
from qabot.ingest.reading import document_from_text
from qabot.records import Document
from qabot.terminal.console import Color, make_console
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.line_editor import line_editor
from qabot.terminal.outside import Outside
from qabot.terminal.repl import Repl
from tests.samples import harbour, scripted_bot

COST = "How much will the repair of the harbour cost?"
SCRIPT = [("4.2 million euros", 0.9), ("the end of the year", 0.6), ("7 million crowns", 0.8), ("eleven fishing boats", 0.2)]
QUAY = "The quay of Arlen is old.\r\nIts repair will cost 7 million crowns."


def build(documents: Sequence[Document]) -> Bot:
    return scripted_bot(documents, SCRIPT)


def quay() -> Document:
    return document_from_text(QUAY, id="quay.txt", path="quay.txt", name="quay")


def chat(*lines: str, documents: Sequence[Document] = (), outside: Outside | None = None, color: Color = "never") -> str:
    """What stands on the screen after ``lines`` were typed."""
    stream = io.StringIO()
    dialogue = Dialogue(build(documents or [harbour()]), build)
    with create_pipe_input() as pipe:
        read_line = line_editor(InMemoryHistory(), print, dialogue, input=pipe, output=DummyOutput())
        pipe.send_text("".join(f"{line}\r" for line in lines) + "\x04")
        Repl(dialogue, make_console(stream, color, width=400), read_line, outside).run()
    return stream.getvalue().split("Ctrl-D leaves.\n", 1)[1]
