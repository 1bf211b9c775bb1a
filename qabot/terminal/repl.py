"""The chat: lines are read, questions answered, commands done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text

from qabot.errors import CommandError, QabotError
from qabot.ingest.places import display_name
from qabot.terminal import commands
from qabot.terminal.console import has_style
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.loading import LoadingError
from qabot.terminal.outside import Outside
from qabot.terminal.render import render_reply
from qabot.terminal.safe import one_line
from qabot.terminal.showing import SHOWN

PROMPT = "? "
_NAMED_IN_GREETING = 3
ReadLine = Callable[[], str]


class Repl:
    """Reads lines by ``read_line`` (raises EOFError at the end, KeyboardInterrupt to clear) and shows replies on ``console``.

    ``outside`` is what the commands may start and write; ``asked`` is what the greeting names (else the documents);
    ``editor`` says whether earlier lines can be walked through.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        console: Console,
        read_line: ReadLine,
        outside: Outside | None = None,
        *,
        asked: Sequence[str] | None = None,
        interactive: bool = True,
        editor: bool = True,
    ) -> None:
        self.dialogue = dialogue
        self.console = console
        self.outside = outside or Outside()
        self.editor = editor
        self._asked = asked
        self._read_line = read_line
        self._interactive = interactive  # Ctrl-C clears the line; in a pipe it ends the program

    @property
    def styled(self) -> bool:
        """Whether answers are lit by style; otherwise marks do it."""
        return has_style(self.console)

    def run(self) -> None:
        """Greet, then answer until the person leaves. Raises LoadingError when nothing can be asked."""
        names = self._asked
        if names is None:
            names = [display_name(document.path) for document in self.dialogue.bot.documents]
        self.console.print(greeting(names))
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
            if hint := commands.without_slash(line):
                raise CommandError(hint)
            self.answer(line)
        except KeyboardInterrupt:
            self.console.print(Text("\nCancelled.", style="qabot.faint"))  # behind the ^C that the terminal shows
        except LoadingError:
            raise
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


def greeting(asked: Sequence[str]) -> Text:
    """What is asked, files by their names, and the way out."""
    more = len(asked) - _NAMED_IN_GREETING
    listed = ", ".join(map(one_line, asked[:_NAMED_IN_GREETING])) + (f" and {more:,} more" if more > 0 else "")
    return Text.assemble(
        ("qabot", "qabot.prompt"), f" asks {listed}. Ask away; ", ("/help", "bold"), " shows more, Ctrl-D leaves."
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
