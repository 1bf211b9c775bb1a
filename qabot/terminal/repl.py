"""The chat: a line editor by prompt-toolkit, answers by rich."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document as Buffer
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from rich.console import Console
from rich.text import Text

from qabot.answering import Bot
from qabot.conversation import Conversation
from qabot.errors import QabotError
from qabot.ingest.reading import display_name
from qabot.terminal import commands
from qabot.terminal.render import render_reply
from qabot.terminal.safe import one_line

PROMPT = "? "
_NAMED_IN_GREETING = 3
ReadLine = Callable[[], str]


class Repl:
    """Reads lines by ``read_line`` (raises EOFError at the end, KeyboardInterrupt to clear) and shows replies on ``console``."""

    def __init__(
        self,
        bot: Bot,
        console: Console,
        read_line: ReadLine,
        *,
        top: int = 3,
        interactive: bool = True,
        editor: bool = True,
    ) -> None:
        self.bot = bot
        self.conversation = Conversation(bot)
        self.editor = editor  # whether earlier lines can be walked through
        self._console = console
        self._read_line = read_line
        self._top = top
        self._interactive = interactive  # Ctrl-C clears the line; in a pipe it ends the program

    def run(self) -> None:
        """Greet, then answer until the person leaves."""
        self._console.print(greeting(self.bot))
        while True:
            try:
                line = " ".join(self._read_line().split())
            except KeyboardInterrupt:
                if not self._interactive:
                    raise
                continue
            except EOFError:
                return
            if line and not self.handle(line):
                return

    def handle(self, line: str) -> bool:
        """Answer one line; False when the person wants to leave."""
        try:
            if line.startswith("/"):
                return self._command(line)
            self.answer(line)
        except KeyboardInterrupt:
            self._console.print(Text("Cancelled.", style="qabot.faint"))
        except QabotError as error:
            self._console.print(Text(one_line(str(error)), style="qabot.not_found"))
        except Exception as error:  # noqa: BLE001 - one bad question must not end a long dialogue; it is named, not hidden
            self._console.print(
                Text(f"This went wrong inside qabot: {type(error).__name__}: {one_line(str(error))}", "qabot.problem")
            )
        return True

    def answer(self, question: str, *, literal: bool = False) -> None:
        """Ask ``question`` as the next of the dialogue and show the reply."""
        reply = self.conversation.ask(question, literal=literal)
        self._console.print()
        self._console.print(render_reply(reply, self.bot, self._console, top=self._top), crop=False)
        self._console.print()

    def _command(self, line: str) -> bool:
        name, _, rest = line.partition(" ")
        command = commands.find(name)
        if command is None:
            self._console.print(commands.unknown(name))
            return True
        shown = command.run(self, rest)
        if shown is None:
            return False
        if shown is not commands.SHOWN:
            self._console.print(shown)
        return True


def greeting(bot: Bot) -> Text:
    """What is asked, how much of it there is, and the way out."""
    names = [one_line(display_name(document.path)) for document in bot.documents[:_NAMED_IN_GREETING]]
    more = len(bot.documents) - len(names)
    listed = ", ".join(names) + (f" and {more:,} more" if more > 0 else "")
    return Text.assemble(
        ("qabot", "qabot.prompt"),
        f" has read {listed} ({len(bot.passages):,} passages). Ask away; ",
        ("/help", "bold"),
        " shows more, Ctrl-D leaves.",
    )


class KeptHistory(FileHistory):
    """A history kept in ``file``. Should that fail in mid-chat, it goes on in memory and ``doubt`` says why."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self._file = file
        self.doubt: str | None = None

    def load_history_strings(self) -> Iterable[str]:
        """The lines of earlier chats, the newest first; none where they can't be read."""
        try:
            return list(super().load_history_strings())
        except OSError as error:
            self.doubt = _not_kept(self._file, error)
            return []

    def store_string(self, string: str) -> None:
        """Add a line to the file, for its owner alone; a failure is kept in ``doubt``."""
        try:
            self._file.touch(mode=0o600)  # it may have been removed since the chat began
            super().store_string(string)
        except OSError as error:
            self.doubt = _not_kept(self._file, error)


def prompted(read_line: ReadLine, console: Console) -> ReadLine:
    """``read_line`` behind a prompt and without a line editor, for a terminal that is to receive no escapes."""

    def read_prompted() -> str:
        console.print(PROMPT, end="")
        try:
            return read_line()
        except (EOFError, KeyboardInterrupt):
            console.print()  # what comes next begins on a line of its own
            raise

    return read_prompted


def line_editor(
    history: History, tell: Callable[[str], None], *, input: Input | None = None, output: Output | None = None
) -> ReadLine:
    """A prompt with history, search, suggestions and command completion; streams can be handed in.

    ``tell`` is handed what goes wrong with the history, once, when a line is done and the screen is free.
    """
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=CommandCompleter(),
        complete_while_typing=True,
        enable_history_search=True,
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


def open_history(folder: Path) -> tuple[History, str | None]:
    """The history kept in ``folder`` between runs; where it can't be kept, one for this run, and why."""
    file = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        with file.open("ab"):
            pass
    except OSError as error:
        return InMemoryHistory(), _not_kept(file, error)
    return KeptHistory(file), None


def _not_kept(file: Path, error: OSError) -> str:
    return f"{file}: the history can't be kept: {(error.strerror or str(error)).lower()}"


class CommandCompleter(Completer):
    """Completes what begins with a slash, from the table of commands."""

    def get_completions(self, document: Buffer, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Commands that begin as the line does, with what they do."""
        typed = document.text_before_cursor
        if typed.startswith("/") and " " not in typed:
            for command in commands.COMMANDS:
                if command.name.startswith(typed):
                    yield Completion(command.name, start_position=-len(typed), display_meta=command.help)
