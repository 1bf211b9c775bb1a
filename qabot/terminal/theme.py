"""The styles, by what they mean."""

from __future__ import annotations

from rich.theme import Theme

THEME = Theme(
    {
        "qabot.answer": "bold bright_green",
        "qabot.span": "bold black on bright_yellow",
        "qabot.question_word": "underline",
        "qabot.source": "cyan",
        "qabot.heading": "dim",
        "qabot.faint": "dim",
        "qabot.sure": "green",
        "qabot.likely": "yellow",
        "qabot.unsure": "red",
        "qabot.not_found": "bold yellow",
        "qabot.note": "italic dim",
        "qabot.prompt": "bold",
        "qabot.problem": "bold red",
    },
    inherit=True,
)
