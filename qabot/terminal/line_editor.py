"""The line that questions are typed on, by prompt-toolkit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output
from prompt_toolkit.utils import is_dumb_terminal

from qabot.terminal.completion import ChatCompleter
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.history import KeptHistory
from qabot.terminal.loading import Loading, LoadingError
from qabot.terminal.repl import PROMPT, ReadLine


def line_editor(
    history: History,
    tell: Callable[[str], None],
    dialogue: Dialogue,
    *,
    loading: Loading | None = None,
    settle: Callable[[], None] = lambda: None,
    vi_mode: bool = False,
    input: Input | None = None,
    output: Output | None = None,
) -> ReadLine:
    """A prompt with history, search, suggestions and completion, and a bar with what is asked; streams can be handed in.

    ``tell`` is handed what goes wrong with the history, once, when a line is done and the screen is free. ``loading`` begins when
    the prompt has been shown; ``settle`` is called when it is done, in this thread and above the prompt, to tell what went wrong.
    Reading a line raises what ``settle`` raises.
    """
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ChatCompleter(dialogue),
        complete_in_thread=True,  # a folder or a vocabulary may be large: typing goes on meanwhile
        complete_while_typing=True,
        enable_open_in_editor=True,
        vi_mode=vi_mode,
        bottom_toolbar=lambda: toolbar(dialogue, session.output.get_size().columns),
        key_bindings=_bindings(),
        input=input,
        output=output,
    )
    told = False
    dumb = output is None and is_dumb_terminal()  # the session then prompts without drawing
    if loading is not None and not dumb:
        _load_behind(session, loading, settle)

    def read_line() -> str:
        nonlocal told
        if loading is not None and dumb:
            loading.start()
        if loading is not None and loading.done:
            settle()
        try:
            line = session.prompt()
        except _LoadingEndedError:
            settle()
            raise LoadingError from None  # settle ends the chat itself; should it not, nothing can be asked all the same
        if isinstance(history, KeptHistory) and history.doubt and not told:
            told = True
            tell(history.doubt)
        return line

    return read_line


class _LoadingEndedError(Exception):
    """Ends a prompt at which nothing could be asked any more."""


def _load_behind(session: PromptSession[str], loading: Loading, settle: Callable[[], None]) -> None:
    """Begin ``loading`` once the prompt stands on the screen, and tell the prompt when it is done."""

    def begin(_app: object) -> None:
        session.app.after_render -= begin
        loading.when_done(done)
        loading.start()

    def done() -> None:  # in the thread that loads
        app = session.app
        loop = app.loop
        if loop is not None:
            with suppress(RuntimeError):  # the prompt has just ended; the next one settles
                loop.call_soon_threadsafe(at_the_prompt)
        app.invalidate()

    def at_the_prompt() -> None:
        app = session.app
        if not app.is_running or app.future is None or app.future.done():
            return
        if loading.failure is not None:
            app.exit(exception=_LoadingEndedError())
        elif loading.news:
            run_in_terminal(settle)

    session.app.after_render += begin


def toolbar(dialogue: Dialogue, columns: int = 80) -> str:
    """What is asked, how much of it there is, and how sure an answer must be, in so many columns."""
    bot = dialogue.ready
    if bot is None:
        return "reading the documents …"
    documents, passages = len(bot.documents), len(bot.passages)
    size = f"{documents:,} document{'s' if documents != 1 else ''} · {passages:,} passage{'s' if passages != 1 else ''}"
    whole = f"{size} · threshold {dialogue.threshold:.2f}"
    return whole if len(whole) <= columns else f"{size} · {dialogue.threshold:.2f}"


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        """What is pasted is one line, however many it was."""
        event.current_buffer.insert_text(" ".join(event.data.splitlines()))

    return bindings
