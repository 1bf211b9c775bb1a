"""The words of one block of Markdown: where its inline pieces stand in the source.

They stand there in the order in which markdown-it gives them, so each is found from where the last one ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from qabot.records import Span
from qabot.text.sentences import trim

# What follows a link's words: marks of emphasis that end there, then a destination and title, a reference, or nothing. In a quote
# its marks may stand before a new line. Gaps are taken whole (*+): given back piece by piece, long ones took minutes.
_LINK_END = re.compile(
    r"""[*_`]* (?:
        \]\( (?:\s[\s>]*+)? (?: <[^<>\n]*> | (?: \\. | [^()\s\\] )* (?: \( [^()\s]* \) [^()\s]* )* )
            (?: (?:\s[\s>]*+) (?: "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | \((?:\\.|[^()\\])*\) ) )? (?:\s[\s>]*+)? \)
        | \]\[ [^\]]* \] | \] | >
    )""",
    re.VERBOSE | re.DOTALL,
)

_BACKTICKS = re.compile("`+")
_LINE = re.compile(r"[^\r\n]+")
_NEXT_LINE = r"(?:\r\n?|\n)[ \t>]*"  # a line's end, and the indent and quote marks before the next one's words


def visible_spans(text: str, region: Span, children: Iterable[Token]) -> Iterator[Span]:
    """The source spans of a block's words, in order; ``region`` is its source, ``children`` are its inline tokens."""
    at = region.start
    for child in _flat(children):
        if child.type == "link_close":
            end = _LINK_END.match(text, at, region.end)
            at = end.end() if end else at
            continue
        if child.type == "html_inline":  # a tag's own letters are no words
            tag = _find(text, child.content, at, region.end)
            at = tag.end if tag else at
            continue
        if child.type == "code_inline":
            code = _code_span(text, len(child.markup), at, region.end)
            if code is not None:
                yield from _code_lines(text, code, child.content)
                at = code.end + len(child.markup)
                continue
        piece = child.markup if child.type == "text_special" else child.content
        if child.type not in {"text", "text_special", "code_inline"} or not piece:
            continue
        found = _find(text, piece, at, region.end)
        if found is None:  # markdown-it rewrote the piece: rather show its markup than lose its words
            if at < region.end:
                yield Span(at, region.end)
            return
        escaped = child.type == "text_special" and child.info == "escape"
        yield Span(found.start + 1, found.end) if escaped else found
        at = found.end


def _flat(children: Iterable[Token]) -> Iterator[Token]:
    """Children in order; an image is its alternative text followed by the end of its link."""
    for child in children:
        if child.type == "image":
            yield from _flat(child.children or ())
            yield Token("link_close", "a", -1)
        else:
            yield child


def _find(text: str, piece: str, at: int, end: int) -> Span | None:
    """Where ``piece`` first stands in ``text[at:end]``; its lines may be indented or quoted there."""
    if "\n" not in piece:
        start = text.find(piece, at, end)
        return Span(start, start + len(piece)) if start >= 0 else None
    found = re.compile(_NEXT_LINE.join(map(re.escape, piece.split("\n")))).search(text, at, end)
    return Span(*found.span()) if found else None


def _code_span(text: str, ticks: int, at: int, end: int) -> Span | None:
    """What stands between the next two runs of just so many backticks."""
    runs = (run for run in _BACKTICKS.finditer(text, at, end) if len(run.group()) == ticks)
    opening, closing = next(runs, None), next(runs, None)
    return Span(opening.end(), closing.start()) if opening and closing else None


def _code_lines(text: str, code: Span, content: str) -> Iterator[Span]:
    """The lines of a code span, without what its block has before each; ``content`` is the code as one line."""
    start = text.find(content, code.start, code.end)
    if start >= 0:
        yield Span(start, start + len(content))
        return
    at = 0
    for match in _LINE.finditer(text, code.start, code.end):
        line = trim(text, *match.span())
        rest = line
        # Quote marks are the block's, unless the code has them too.
        while rest is not None and content.find(rest.of(text), at) < 0 and text[rest.start] == ">":
            rest = trim(text, rest.start + 1, rest.end)
        if rest is not None:
            at = max(at, content.find(rest.of(text), at) + len(rest))
            yield rest
