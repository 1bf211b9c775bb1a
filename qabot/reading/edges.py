"""Where an answer begins and ends for a person: whole words and graphemes, no dangling brackets, quotes or punctuation."""

from __future__ import annotations

import re
import unicodedata

from qabot.reading.whole_tokens import whole_tokens
from qabot.records import Document, Span
from qabot.text.graphemes import widen
from qabot.text.sentences import trim

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "‘": "’"}
_DANGLING = frozenset(" \t\r\n,;:.!?-–—*_|/\\\"'`“”«»‘’()[]{}")
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|Bros|etc|No|St)\.$", re.IGNORECASE)
# What opens a clause is no part of what it says: 255 of 286 answers in SQuAD's training set that could have this "that" leave it
# out.
_OPENS_CLAUSE = re.compile(
    r"that\s+(?=(?:the|an?|its|their|his|her|he|she|it|they|there|we|this|these|those|all|no|some)\s+\S|[A-Z]\S*\s+\S)"
)


def answer_span(document: Document, span: Span, within: Span) -> Span:
    """``span`` of ``document`` as it is shown: tidied, and hidden markup at its edges left outside, but never half a grapheme."""
    tidied = tidy(document.text, span, within)
    start, end = tidied.start, tidied.end
    for mark in document.marks(tidied):
        if mark.start <= start:
            start = mark.end
    for mark in reversed(document.marks(tidied)):
        if mark.end >= end:
            end = mark.start
    bare = trim(document.text, start, end) if start < end else None
    return tidied if bare is None else widen(document.text, bare)


def tidy(text: str, span: Span, within: Span) -> Span:
    """``span`` with its edges put right; never empty, never outside ``within`` (except to keep a grapheme whole).

    Edges first move out to whole words, then in past punctuation that belongs to the sentence rather than to the answer, then out
    again to the edges of a number, an address or the like that they would part. The "that" of a clause is left out.
    """
    start, end = _whole_words(text, span, within)
    while True:
        piece = text[start:end]
        if piece and _dangles_left(piece):
            start += 1
        elif piece and _dangles_right(piece):
            end -= 1
        else:
            break
    if (opens := _OPENS_CLAUSE.match(text, start, end)) is not None:
        start = opens.end()
    if start < end:
        start, end = _with_partners(text, *whole_tokens(text, start, end, within), within)
    else:  # nothing but punctuation: then that is what the reader meant
        start, end = span.start, span.end
    return widen(text, Span(start, end))


def _with_partners(text: str, start: int, end: int, within: Span) -> tuple[int, int]:
    """Take in the mark next to an edge when its partner stands inside: ``its "old friendship`` gets its second quote."""
    if end < within.end and _completes(text[start : end + 1]):
        end += 1
    if start > within.start and _completes(text[start - 1 : end][::-1]):
        start -= 1
    return start, end


def _completes(piece: str) -> bool:
    """Whether the last mark of ``piece`` pairs with one before it that was alone until then."""
    last = piece[-1]
    if last == '"':
        return piece.count(last) % 2 == 0
    partner = {**{right: left for left, right in _PAIRS.items()}, **_PAIRS}.get(last)
    return partner is not None and piece.count(partner) == piece.count(last)


def _whole_words(text: str, span: Span, within: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start > within.start and _inside_word(text, start):
        start -= 1
    while end < within.end and _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    return _of_word(text[at - 1]) and _of_word(text[at])


def _of_word(char: str) -> bool:
    """Whether ``char`` is a letter, a digit or a mark on one (an accent written apart), but not what makes a sign an emoji."""
    return char.isalnum() or (unicodedata.category(char) in {"Mn", "Mc"} and not "\ufe00" <= char <= "\ufe0f")


def _dangles_left(piece: str) -> bool:
    first = piece[0]
    if first not in _DANGLING:
        return False
    if first in "-–.":
        return not piece[1:2].isdigit()
    return not _closed(piece, first, _PAIRS.get(first, first if first in "\"'`" else ""))


def _dangles_right(piece: str) -> bool:
    last = piece[-1]
    if last not in _DANGLING:
        return False
    if last == ".":
        return not _ABBREVIATION.search(piece)
    opening = next((left for left, right in _PAIRS.items() if right == last), last if last in "\"'`" else "")
    return not _closed(piece, opening, last)


def _closed(piece: str, opening: str, closing: str) -> bool:
    """Whether the mark at an edge of ``piece`` has its partner inside."""
    if not opening or not closing:
        return False
    if opening == closing:
        return piece.count(opening) % 2 == 0 and len(piece) > 2
    return piece.count(opening) == piece.count(closing)
