"""The consoles that the program writes to, made from a stream and the user's wish for colour."""

from __future__ import annotations

from typing import IO, Literal

from rich.console import Console, ConsoleDimensions

from qabot.terminal.theme import THEMES, ThemeName

Color = Literal["auto", "always", "never"]
NARROWEST = 40


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line: rich itself would end the program with a failure."""
        raise BrokenPipeError

    @property  # type: ignore[misc]  # rich's can be set too, which nobody does here
    def size(self) -> ConsoleDimensions:
        """Columns and lines as they are now, at least 40 columns."""
        columns, lines = super().size
        return ConsoleDimensions(max(NARROWEST, columns), lines)

    @property
    def is_dumb_terminal(self) -> bool:
        """Whether to send escapes was settled in ``make_console``: rich would ask the environment once more."""
        return False


def make_console(
    stream: IO[str], color: Color, *, no_color: bool = False, width: int | None = None, theme: ThemeName = "dark"
) -> Console:
    """A console on ``stream``. With "auto" it sends escapes only to a terminal that wants them; with "never" none at all.

    ``no_color`` is the environment's wish (NO_COLOR, TERM=dumb), which "always" overrides. ``width`` is columns; at least 40.
    """
    terminal = stream.isatty()
    escapes = color == "always" or (color == "auto" and terminal and not no_color)
    return _Console(
        file=stream,
        force_terminal=escapes or terminal,
        color_system="auto" if escapes and terminal else ("256" if escapes else None),
        no_color=False,
        width=None if width is None else max(NARROWEST, width),
        theme=THEMES[theme],
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def has_style(console: Console) -> bool:
    """Whether the console can light a span by style; otherwise marks must do it."""
    return console.color_system is not None
