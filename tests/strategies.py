"""Texts of the kind that breaks offsets, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from qabot.records import Span

# Each is one grapheme of several code points.
CLUSTERS = (
    "\r\n",
    "e\u0301",
    "и\u0306",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇨🇳",
    "1\ufe0f\u20e3",
    "☎\ufe0f",
    "\u1112\u1161\u11ab",
    " \u0301",
    "*\u0301",
)
_PIECES = (
    *CLUSTERS,
    *("\n", "\n\n", "\r", "\v", "\f", "\x85", "\u2028", "\t", " ", "  ", "\0", "\ufeff", "İ", "ß", "\u200d", "\u200f"),
    *(
        "# ",
        "## ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "```\n",
        "[",
        "](",
        ")",
        "](u 't')",
        "![",
        "> ",
        "- ",
        "1. ",
        "| ",
        "|-|-|\n",
        "---\n",
    ),
    *("<b>", "</b>", "<!--", "-->", "<", "&amp;", "&#0;", "\\", "\\*", "[x]: u\n", "    ", "===\n", "title: a\n", "http://x.y/z"),
    *("Mr. ", "U.S. ", "1,200 ", "The end. ", "Кто там? ", "a", "word ", "WORDS\n", "(", '"', "’", "“", "…"),
)
messy_text = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=40).map("".join)


@st.composite
def text_and_span(draw: st.DrawFn, texts: st.SearchStrategy[str] = messy_text) -> tuple[str, Span]:
    """A text that isn't empty, and a span of it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))
