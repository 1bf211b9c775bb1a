"""What stands around an answer in its passage."""

from __future__ import annotations

from qabot.records import Passage, Span

_SENTENCES_AROUND = 1


def surroundings(passage: Passage, span: Span) -> Span:
    """The sentences of ``span`` and those beside it, within the passage."""
    touched = [number for number, sentence in enumerate(passage.sentences) if sentence.overlaps(span)]
    if not touched:
        return passage.span
    first = max(0, touched[0] - _SENTENCES_AROUND)
    last = min(len(passage.sentences) - 1, touched[-1] + _SENTENCES_AROUND)
    return Span(passage.sentences[first].start, passage.sentences[last].end)
