"""Seeded random documents of the kind that breaks offsets, built of whole graphemes, whose edges are so known by construction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

_WORDS = ("the", "minister", "spoke", "in", "Kabul", "U.S.", "1,200", "4.2", "Ilse", "harbour", "it's", "fire")
_CYRILLIC = ("Министр", "прибыл", "в", "Москву", "вчера", "Ёлка", "и", "переговоры")
_DECOMPOSED = (
    ("c", "a", "f", "e\u0301"),
    ("r", "e\u0301", "s", "u", "m", "e\u0301"),
    ("и\u0306", "о", "д"),
    ("A\u030a", "r", "h", "u", "s"),
    ("\u1112\u1161\u11ab", "\u1100\u116e\u11a8"),
    ("हि", "न्दी"),
)
_EMOJI = (("👨‍👩‍👧‍👦",), ("👍🏽",), ("🇨🇳", "🇦🇫"), ("☎\ufe0f",), ("1\ufe0f\u20e3",), ("🏳\ufe0f‍🌈",), ("😀",))
_STOPS = (".", ".", ".", "?", "!", ",", ":", "…", " —", ")", "”", '"')
_SPACES = (" ", " ", " ", " ", "  ", "\t", "\u00a0", "\u2009")
_BREAKS = ("\n", "\r\n", "\n\n", "\r\n\r\n", "\r\n\r\n", "\n\n", "\f", "\v", "\x85", "\u2028", "\u2029", "\n\f\n")
# Behind a space or a mark a combining character makes one grapheme of both: blocks and passages begin inside of it.
_ODD = (" \u0301", "*\u0301", " \u200d", "\ufeff", "\u200b", "İ", "ß", "ﬁ", "\x07", "\x1b", "\x9b")
_BLOCK_MARKS = ("# ", "## ", "### ", "> ", "- ", "1. ", "| ", "|---|---|", "---", "===", "```", "~~~", "    ")
_INLINE_MARKS = ("*", "**", "_", "`", "``", "[", "](http://x.y/men)", "](a.md 'the fire')", "![", "&amp;", "\\*", "(", "“", "«")
_TAGS = ("<b>", "</b>", '<a href="fire">', "</a>", "<!-- the fire -->")
_MARKS = (*_BLOCK_MARKS, *_INLINE_MARKS, *_INLINE_MARKS, *_TAGS)


@dataclass(frozen=True, slots=True)
class RandomDocument:
    """``text`` without a byte order mark; ``edges`` are the offsets between two graphemes."""

    text: str
    suffix: str
    edges: frozenset[int]


def random_document(seed: int) -> RandomDocument:
    """About half of the documents are Markdown. Every one ends in a sentence, so that there is something to read."""
    choose = random.Random(seed)
    suffix = choose.choice((".md", ".txt"))
    clusters: list[str] = []
    for _ in range(choose.randint(1, 50)):
        clusters += _piece(choose, marks=suffix == ".md" or choose.random() < 0.2)
    clusters += ["\r\n", "\r\n", *"The end", choose.choice(_STOPS[:6])]
    text = "".join(clusters)
    return RandomDocument(text, suffix, frozenset(accumulate(map(len, clusters), initial=0)))


def _piece(choose: random.Random, *, marks: bool) -> list[str]:
    kind = choose.random()
    if kind < 0.40:
        return [*choose.choice(_WORDS), *_after(choose)]
    if kind < 0.50:
        return [*choose.choice(_CYRILLIC), *_after(choose)]
    if kind < 0.60:
        return [*choose.choice(_DECOMPOSED), *_after(choose)]
    if kind < 0.67:
        return [*choose.choice(_EMOJI), *_after(choose)]
    if kind < 0.80:
        return _characters(choose.choice(_BREAKS))
    if kind < 0.83:
        return [choose.choice(_ODD), "x"]
    return [*choose.choice(_MARKS)] if marks else [" "]


def _after(choose: random.Random) -> list[str]:
    stop = [*choose.choice(_STOPS)] if choose.random() < 0.25 else []
    return [*stop, *choose.choice(_SPACES)] if choose.random() < 0.85 else stop


def _characters(text: str) -> list[str]:
    """The graphemes of plain text: only a line's CR and LF belong together."""
    parts = text.split("\r\n")
    return [piece for number, part in enumerate(parts) for piece in ([*part] if number == 0 else ["\r\n", *part])]
