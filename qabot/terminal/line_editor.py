"""The line that questions are typed on, by prompt-toolkit."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output

from qabot.terminal.completion import ChatCompleter
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.history import KeptHistory
from qabot.terminal.repl import PROMPT, ReadLine


def line_editor(
    history: History,
    tell: Callable[[str], None],
    dialogue: Dialogue,
    *,
    input: Input | None = None,
    output: Output | None = None,
) -> ReadLine:
    """A prompt with history, search, suggestions and completion, and a bar with what is asked; streams can be handed in.

    ``tell`` is handed what goes wrong with the history, once, when a line is done and the screen is free.
    """
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ChatCompleter(dialogue),
        complete_in_thread=True,  # a folder or a vocabulary may be large: typing goes on meanwhile
        complete_while_typing=True,
        enable_open_in_editor=True,
        bottom_toolbar=lambda: toolbar(dialogue),
        key_bindings=_bindings(),
        input=input,
        output=output,
    )
    told = False

    def read_line() -> str:
        nonlocal told
        line = session.prompt()
        if isinstance(history, KeptHistory) and history.doubt and not told:
            told = True
            tell(history.doubt)
        return line

    return read_line


def toolbar(dialogue: Dialogue) -> str:
    """What is asked, how much of it there is, and how sure an answer must be."""
    documents, passages = len(dialogue.bot.documents), len(dialogue.bot.passages)
    return (
        f"{documents:,} document{'s' if documents != 1 else ''} · {passages:,} passage{'s' if passages != 1 else ''}"
        f" · threshold {dialogue.threshold:.2f}"
    )


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        """What is pasted is one line, however many it was."""
        event.current_buffer.insert_text(" ".join(event.data.splitlines()))

    return bindings
