"""What every format's structure has to hold, and a readable form of it for tables."""

from __future__ import annotations

from itertools import pairwise

from qabot.ingest.formats import Structure
from qabot.ingest.reading import document_from_text


def outline(text: str, suffix: str) -> list[tuple[str, list[str]]]:
    """Each section's heading, and its blocks as the reader sees them."""
    doc = document_from_text(text, id="a", suffix=suffix)
    return [(section.heading, [doc.visible(block)[0] for block in section.blocks]) for section in doc.sections]


def check(text: str, structure: Structure) -> None:
    """Blocks are ordered, trimmed, inside the text and apart; so are hidden spans."""
    blocks = [block for section in structure.sections for block in section.blocks]
    assert all(section.blocks for section in structure.sections)
    for spans in (blocks, structure.hidden):
        assert all(left.end <= right.start for left, right in pairwise(spans))
        assert all(span.end <= len(text) for span in spans)
    assert all(block.of(text) == block.of(text).strip() for block in blocks)
    assert structure.title is None or structure.title
