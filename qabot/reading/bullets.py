"""The items of a list that stands as one in the document: a line each, behind bullets or numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.records import Passage, Span
from qabot.text.sentences import trim
from qabot.text.terms import query_terms, terms

_BULLET = re.compile(r"(?:[-*+•–]|\d{1,3}[.)]|\([a-z\d]{1,3}\)|[a-z]\))[ \t]+")
_END = ".;,"


def listed(question: str, passage: Passage, span: Span) -> list[Span]:
    """The items of the list that ``span`` stands in, or that it introduces; as far as ``passage`` goes.

    Empty unless there are two at least and what stands above the list speaks of what ``question`` asks for: else one line of a
    list that answers would drag in its neighbours, which don't.
    """
    blocks = _section(passage, span)
    here = next((number for number, block in enumerate(blocks) if block.overlaps(span)), None)
    if here is None:
        return []
    text = passage.document.text
    bullets = [_bullet(text, block) for block in blocks]
    first = here if bullets[here] is not None else here + 1
    if first == len(blocks) or bullets[first] is None:
        return []
    last = first
    while first > 0 and bullets[first - 1] == bullets[first]:
        first -= 1
    while last < len(blocks) and bullets[last] == bullets[first]:
        last += 1
    lead = blocks[first - 1].of(text) if first > 0 and blocks[first - 1].of(text).rstrip(" *_").endswith(":") else ""
    if here < first and not lead:
        return []
    above = {term for _, term in terms(f"{lead} {passage.heading}")}
    if not above & set(query_terms(question)):
        return []
    items = [item for block in blocks[first:last] if (item := _bare(text, block)) is not None and item.within(passage.span)]
    return items if len(items) > 1 else []


def _section(passage: Passage, span: Span) -> Sequence[Span]:
    for section in passage.document.sections:
        if section.blocks and section.blocks[0].start <= span.start < section.blocks[-1].end:
            return section.blocks
    return ()


def _bullet(text: str, block: Span) -> tuple[int, str] | None:
    """How far in ``block`` stands and the kind of its bullet, which stands before it or (in plain text) begins it; None without.

    Only what stands equally far in behind bullets of one kind is one list.
    """
    line = text[text.rfind("\n", 0, block.start) + 1 : block.end]
    bullet = _BULLET.match(line.lstrip(" \t>"))
    if bullet is None:
        return None
    indent = len(line) - len(line.lstrip(" \t>"))
    return indent, re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", bullet.group().strip()))


def _bare(text: str, block: Span) -> Span | None:
    """``block`` without its bullet and without what ends it."""
    bullet = _BULLET.match(text, block.start, block.end)
    bare = trim(text, bullet.end() if bullet is not None else block.start, block.end)
    while bare is not None and len(bare) > 1 and text[bare.end - 1] in _END:
        bare = Span(bare.start, bare.end - 1)
    return bare
