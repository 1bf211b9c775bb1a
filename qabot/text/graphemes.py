"""Spans that never split what a person sees as one character (Unicode's extended grapheme clusters, UAX #29)."""

from __future__ import annotations

from qabot.records import Span

# How far back the beginning of a cluster is looked for where no ASCII character stands nearer; real ones are far shorter.
_REACH = 4_096


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

    # From an ASCII character on, clusters are the same whatever stands before it: from inside a row of flags they aren't.
    at = max(0, span.start - 1)
    while at > max(0, span.start - _REACH) and not text[at].isascii():
        at -= 1
    start = span.start
    for grapheme in iter_graphemes(text, at):
        end = at + len(grapheme)
        if at <= span.start < end:
            start = at
        if end >= span.end:
            return Span(start, end)
        at = end
    return Span(start, span.end)
