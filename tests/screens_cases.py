"""The screens that are kept as golden files, and the command that writes them anew: ``python -m tests.screens_cases``."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from qabot.assembly import open_bot
from qabot.ingest.places import display_name
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.terminal.console import make_console
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.line_editor import toolbar
from qabot.terminal.render import render_reply
from qabot.terminal.repl import PROMPT, Repl, greeting
from qabot.terminal.theme import THEMES, ThemeName
from tests.samples import harbour, scripted_bot, three_sources

FOLDER = Path(__file__).parent / "screens"
PICTURE = FOLDER / "answer.svg"
CHAT_PICTURE = FOLDER / "chat.svg"
DIALOGUE = ("Who is China's new ambassador to Afghanistan?", "Where was he received?", "/sources")
WIDTHS = (40, 80)
SCRIPTS = {
    "answer": ("How much will the repair of the harbour cost?", [("4.2 million euros", 0.93), ("eleven fishing boats", 0.55)]),
    "agreeing": ("Who is the mayor of Tarnov?", [("Ilse Brandt", 0.71)]),
    "markup": ("What did the fire destroy?", [("eleven fishing boats", 0.88)]),
    "list": ("Which things did the fire destroy?", [("eleven fishing boats* and a warehouse", 0.88), ("Nobody", 0.6)]),
    "yes_no": ("Was anybody hurt in the fire?", [("Nobody", 0.81)]),
    "not_found": ("Who insured the warehouse?", [("eleven fishing boats", 0.2)]),
    "nothing": ("Which planet is largest?", []),
    "conflict": (
        "How much will the repair of the harbour cost?",
        [("4.2 million euros", 0.93), ("5 million euros", 0.71)],
    ),
}
SEVERAL = {"conflict"}  # of three documents, the others of one
LOOKS = ("plain", "colour")
LIGHT = "answer-80-light"
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def names() -> list[str]:
    """Every golden file."""
    return [f"{name}-{width}-{look}" for name in SCRIPTS for width in WIDTHS for look in LOOKS] + [LIGHT]


def screen(name: str) -> str:
    """What the console receives for one of ``names``."""
    case, width, look = name.rsplit("-", 2)
    question, script = SCRIPTS[case]
    bot = scripted_bot(three_sources() if case in SEVERAL else [harbour()], script)
    stream = io.StringIO()
    theme: ThemeName = "light" if look == "light" else "dark"
    console = make_console(stream, "never" if look == "plain" else "always", width=int(width), theme=theme)
    console.print(greeting([display_name(document.path) for document in bot.documents]))
    console.print(render_reply(bot.ask(question), bot, console))
    return stream.getvalue()


def picture() -> str:
    """The answer screen, as SVG: the shipped reader on the shipped article."""
    bot = open_bot([os.path.relpath(shipped_corpus() / ARTICLE)])  # as a person in the clone would name it
    question = "How many Chinese nationals were wounded in the hotel attack?"
    console = _recording()
    console.print(f'$ qabot ask "{question}"')
    console.print(render_reply(bot.ask(question), bot, console, top=1))
    return _svg(console, "qabot")


def chat_picture() -> str:
    """A short dialogue of the README, as SVG: a question, a follow-up, a slip of the hand, a command."""
    dialogue = Dialogue(open_bot([os.path.relpath(shipped_corpus() / ARTICLE)]), top=1)
    console = _recording()
    repl = Repl(dialogue, console, lambda: "")
    console.print("$ qabot")
    console.print(greeting([ARTICLE]))
    for line in DIALOGUE:
        console.print(Text.assemble((PROMPT, "qabot.prompt"), line))
        repl.handle(line)
    console.print(Text(toolbar(dialogue).ljust(WIDTHS[-1]), style="reverse"))
    return _svg(console, "qabot chat")


def _recording() -> Console:
    return Console(
        record=True, width=WIDTHS[-1], file=io.StringIO(), force_terminal=True, color_system="truecolor", theme=THEMES["dark"],
        markup=False, highlight=False,
    )  # fmt: skip


def _svg(console: Console, title: str) -> str:
    # The fonts that rich names would be fetched from elsewhere; any fixed-width font will do.
    return _FONT_FACE.sub("", console.export_svg(title=title, unique_id=title.replace(" ", "-")))


def main() -> None:
    """Write all golden screens and the picture."""
    FOLDER.mkdir(exist_ok=True)
    for name in names():
        (FOLDER / f"{name}.txt").write_text(screen(name), encoding="utf-8", newline="")
    PICTURE.write_text(picture(), encoding="utf-8")
    CHAT_PICTURE.write_text(chat_picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
