"""Spans that never split what a person sees as one character (Unicode's extended grapheme clusters, UAX #29)."""

from __future__ import annotations

from qabot.records import Span

# How far back a cluster is looked for when its line has no nearer beginning; real ones are a few code points long.
_REACH = 256


def widen(text: str, span: Span) -> Span:
    r"""The smallest span around ``span`` that splits no grapheme of ``text``.

    >>> decomposed = "cafe\u0301"  # an "e" and a combining acute
    >>> widen(decomposed, Span(0, 4)).of(decomposed) == decomposed
    True
    """
    edges = text[max(0, span.start - 1) : span.start + 1] + text[span.end - 1 : span.end + 1]
    if edges.isascii() and "\r" not in edges:
        return span
    from wcwidth import iter_graphemes  # imported here: its tables are large, and plain English never needs them

    line = max(text.rfind("\n", 0, span.start) + 1, span.start - _REACH)
    start, at = span.start, line
    for grapheme in iter_graphemes(text, line):
        end = at + len(grapheme)
        if at <= span.start < end:
            start = at
        if end >= span.end:
            return Span(start, end)
        at = end
    return Span(start, span.end)
