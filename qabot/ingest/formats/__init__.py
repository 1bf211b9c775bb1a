"""One file a format: each turns a decoded text into its structure. A new format is a new file and a line in ``PARSERS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qabot.records import Section, Span


class Structure(NamedTuple):
    """What a format found in a text: all spans are code points of the text as it was decoded.

    ``title`` is None when the text names none.
    """

    title: str | None
    sections: tuple[Section, ...]
    hidden: tuple[Span, ...] = ()


def _plain(text: str) -> Structure:
    from qabot.ingest.formats.plain import parse

    return parse(text)


def _markdown(text: str) -> Structure:
    from qabot.ingest.formats.markdown import parse

    return parse(text)


# By file name suffix; everything else that is text is read as plain text. Parsers load when first used.
PARSERS: Mapping[str, Callable[[str], Structure]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    "": _plain,
}


def parse(text: str, suffix: str) -> Structure:
    """The structure of ``text``, by the file name's ``suffix`` (with its dot; unknown ones count as plain text)."""
    return PARSERS.get(suffix.lower(), _plain)(text)
