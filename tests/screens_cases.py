"""The screens that are kept as golden files, and the command that writes them anew: ``python -m tests.screens_cases``."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from rich.console import Console

from qabot.assembly import open_bot
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.terminal.console import make_console
from qabot.terminal.render import render_reply
from qabot.terminal.repl import greeting
from qabot.terminal.theme import THEME
from tests.samples import harbour, scripted_bot

FOLDER = Path(__file__).parent / "screens"
PICTURE = FOLDER / "answer.svg"
WIDTHS = (40, 80)
SCRIPTS = {
    "answer": ("How much will the repair of the harbour cost?", [("4.2 million euros", 0.93), ("eleven fishing boats", 0.55)]),
    "agreeing": ("Who is the mayor of Tarnov?", [("Ilse Brandt", 0.71)]),
    "markup": ("What did the fire destroy?", [("eleven fishing boats", 0.88)]),
    "list": ("Which things did the fire destroy?", [("eleven fishing boats* and a warehouse", 0.88), ("Nobody", 0.6)]),
    "yes_no": ("Was anybody hurt in the fire?", [("Nobody", 0.81)]),
    "not_found": ("Who insured the warehouse?", [("eleven fishing boats", 0.2)]),
    "nothing": ("Which planet is largest?", []),
}
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def names() -> list[str]:
    """Every golden file."""
    return [f"{name}-{width}-{look}" for name in SCRIPTS for width in WIDTHS for look in ("plain", "colour")]


def screen(name: str) -> str:
    """What the console receives for one of ``names``."""
    case, width, look = name.rsplit("-", 2)
    question, script = SCRIPTS[case]
    bot = scripted_bot([harbour()], script)
    stream = io.StringIO()
    console = make_console(stream, "always" if look == "colour" else "never", width=int(width))
    console.print(greeting(bot))
    console.print(render_reply(bot.ask(question), bot, console))
    return stream.getvalue()


def picture() -> str:
    """The answer screen of the README, as SVG: the shipped reader on the shipped article."""
    bot = open_bot([os.path.relpath(shipped_corpus() / ARTICLE)])  # as a person in the clone would name it
    question = "How many Chinese nationals were wounded in the hotel attack?"
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor", theme=THEME)
    console.print(f'$ qabot ask "{question}"', markup=False, highlight=False)
    answer = render_reply(bot.ask(question), bot, console, top=1)
    console.print(answer)
    svg = console.export_svg(title="qabot", unique_id="qabot")
    # The fonts that rich names would be fetched from elsewhere; any fixed-width font will do.
    return _FONT_FACE.sub("", svg)


def main() -> None:
    """Write all golden screens and the picture."""
    FOLDER.mkdir(exist_ok=True)
    for name in names():
        (FOLDER / f"{name}.txt").write_text(screen(name), encoding="utf-8", newline="")
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
