"""The chat: lines are read, questions answered, commands done."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from qabot.answering import Bot
from qabot.errors import QabotError
from qabot.ingest.reading import display_name
from qabot.terminal import commands
from qabot.terminal.console import has_style
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.outside import Outside
from qabot.terminal.render import render_reply
from qabot.terminal.safe import one_line
from qabot.terminal.showing import SHOWN

PROMPT = "? "
_NAMED_IN_GREETING = 3
ReadLine = Callable[[], str]


class Repl:
    """Reads lines by ``read_line`` (raises EOFError at the end, KeyboardInterrupt to clear) and shows replies on ``console``.

    ``outside`` is what the commands may start and write; ``editor`` says whether earlier lines can be walked through.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        console: Console,
        read_line: ReadLine,
        outside: Outside | None = None,
        *,
        interactive: bool = True,
        editor: bool = True,
    ) -> None:
        self.dialogue = dialogue
        self.console = console
        self.outside = outside or Outside()
        self.editor = editor
        self._read_line = read_line
        self._interactive = interactive  # Ctrl-C clears the line; in a pipe it ends the program

    @property
    def styled(self) -> bool:
        """Whether answers are lit by style; otherwise marks do it."""
        return has_style(self.console)

    def run(self) -> None:
        """Greet, then answer until the person leaves."""
        self.console.print(greeting(self.dialogue.bot))
        while True:
            try:
                line = self._read_line().strip()
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
            self.console.print(Text("Cancelled.", style="qabot.faint"))
        except QabotError as error:
            self.console.print(Text(one_line(str(error)), style="qabot.not_found"))
        except Exception as error:  # noqa: BLE001 - one bad question must not end a long dialogue; it is named, not hidden
            self.console.print(
                Text(f"This went wrong inside qabot: {type(error).__name__}: {one_line(str(error))}", "qabot.problem")
            )
        return True

    def answer(self, question: str, *, literal: bool = False) -> None:
        """Ask ``question`` as the next of the dialogue and show the reply, its answers numbered."""
        dialogue = self.dialogue
        dialogue.ask(" ".join(question.split()), literal=literal)
        reply = dialogue.show_first().reply
        screen = render_reply(reply, dialogue.bot, self.console, top=dialogue.top, context=dialogue.context, cite=dialogue.cite)
        self.console.print()
        self.console.print(screen, crop=False)
        self.console.print()

    def _command(self, line: str) -> bool:
        # Line ends can come of a paste only; other white space may be part of a path.
        shown = commands.run(self, " ".join(line.splitlines()).replace("\t", " "))
        if shown is None:
            return False
        if shown is not SHOWN:
            self.console.print(shown, crop=False)
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
