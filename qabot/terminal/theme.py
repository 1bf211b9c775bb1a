"""The styles, by what they mean, for terminals that are dark and for those that are light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.theme import Theme

ThemeName = Literal["dark", "light"]

_BOTH = {
    "qabot.question_word": "underline",
    "qabot.prompt": "bold",
    "qabot.problem": "bold red",
    "qabot.unsure": "red",
}
_DARK = _BOTH | {
    "qabot.answer": "bold bright_green",
    "qabot.span": "bold black on bright_yellow",
    "qabot.source": "cyan",
    "qabot.heading": "dim",
    "qabot.faint": "dim",
    "qabot.sure": "green",
    "qabot.likely": "yellow",
    "qabot.not_found": "bold yellow",
    "qabot.conflict": "bold bright_magenta",
    "qabot.note": "italic dim",
}
# On white, bright colours and dim grey can't be read: these are dark ones (of the 256, made nearest where a terminal has fewer).
_LIGHT = _BOTH | {
    "qabot.answer": "bold color(22)",
    "qabot.span": "bold black on color(220)",
    "qabot.source": "color(25)",
    "qabot.heading": "color(240)",
    "qabot.faint": "color(240)",
    "qabot.sure": "color(22)",
    "qabot.likely": "color(94)",
    "qabot.not_found": "bold color(94)",
    "qabot.conflict": "bold color(90)",
    "qabot.note": "italic color(240)",
}
THEMES: Mapping[ThemeName, Theme] = {"dark": Theme(_DARK, inherit=True), "light": Theme(_LIGHT, inherit=True)}
