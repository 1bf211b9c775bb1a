"""Text from outside -> text that can only be seen: it never drives the terminal and never shifts what is beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

# DEL, C1, line separators, and the marks that turn the direction of writing around; none of them has a glyph.
UNSEEN = (*range(127, 160), 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
# One visible character for each control, so that offsets stay true: Unicode's control pictures for C0 and DEL, a middle dot for
# the others.
_STAND_INS = {code: chr(0x2400 + code) for code in range(0x20)}
_STAND_INS |= dict.fromkeys(UNSEEN, "·") | {0x7F: "\u2421"}
_STAND_INS |= dict.fromkeys(range(55296, 57344), "�")  # lone surrogates can't be written to any stream
_STAND_INS |= {ord("\n"): "\n", ord("\t"): "\t"}
_ONE_LINE = _STAND_INS | {ord("\n"): " ", ord("\t"): " ", ord("\r"): " "}


def printable(text: str) -> str:
    r"""``text``, of the same length, with every control character but newline and tab as a visible stand-in.

    >>> printable("bell\a, escape\x1b[31m")
    'bell␇, escape␛[31m'
    """
    return text.translate(_STAND_INS)


def shown_path(path: Path) -> str:
    """``path`` as it is shown: below the home folder it begins with ~."""
    with suppress(RuntimeError, ValueError):  # a home that isn't known, or that it isn't below of
        return one_line(str(Path("~") / path.relative_to(Path.home())))
    return one_line(str(path))


def one_line(text: str) -> str:
    """As ``printable``, of the same length, with line ends and tabs as spaces: for running text."""
    return text.translate(_ONE_LINE)
