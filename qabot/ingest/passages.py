"""Document -> Passages: overlapping windows of whole sentences that never cross a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qabot.records import Document, Passage, Section, Span
from qabot.text.graphemes import widen
from qabot.text.sentences import sentence_spans
from qabot.text.terms import count_words

# Words a window aims at, words it never exceeds (unless one sentence does), and sentences it repeats of the one before:
# settled on training questions by ``python -m qabot.training.windows`` (table in qabot/reading/model/MODEL_CARD.md).
TARGET_WORDS = 110
LIMIT_WORDS = 150
OVERLAP_SENTENCES = 1
_LONGEST_MEAN_WORD = 12  # code points, with the space behind it; English prose has about 6


def cut_passages(
    documents: Iterable[Document],
    *,
    target: int = TARGET_WORDS,
    limit: int = LIMIT_WORDS,
    overlap: int = OVERLAP_SENTENCES,
) -> list[Passage]:
    """The passages of ``documents``, in order. Every sentence stands in at least one of them.

    ``target`` and ``limit`` are words, ``overlap`` sentences. Raises ValueError unless 0 < target <= limit and overlap >= 0.
    """
    if not 0 < target <= limit or overlap < 0:
        raise ValueError(f"need 0 < target <= limit and overlap >= 0, not {target}, {limit}, {overlap}")
    return [
        passage
        for document in documents
        for section in document.sections
        for passage in _cut_section(document, section, target, limit, overlap)
    ]


def _cut_section(document: Document, section: Section, target: int, limit: int, overlap: int) -> Iterator[Passage]:
    sentences: list[Span] = []
    lengths: list[int] = []
    for block in section.blocks:
        text, offsets = document.visible(block)
        for sentence in sentence_spans(text):
            sentences.append(Span(offsets[sentence.start], offsets[sentence.end - 1] + 1))
            # Scripts without spaces, and rows of signs, have few words for their length.
            lengths.append(max(count_words(sentence.of(text)), len(sentence) // _LONGEST_MEAN_WORD))
    for first, last in _windows(lengths, target, limit, overlap):
        # A block may begin inside a grapheme (a combining mark behind a list's bullet); answers are widened to whole ones,
        # and must not come to lie outside their passage.
        span = widen(document.text, Span(sentences[first].start, sentences[last - 1].end))
        yield Passage(document, span, section.heading, tuple(sentences[first:last]))


def _windows(lengths: list[int], target: int, limit: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of sentence numbers; the last window reaches back until it has its target too.

    >>> list(_windows([40, 40, 40, 40], target=80, limit=100, overlap=1))
    [(0, 2), (1, 3), (2, 4)]
    """
    first, count = 0, len(lengths)
    before: tuple[int, int] | None = None  # held back: the last window may take it in whole, and no two begin alike
    while first < count:
        last, size = first + 1, lengths[first]
        while last < count and size < target and size + lengths[last] <= limit:
            size += lengths[last]
            last += 1
        if last == count:
            while first > 0 and size < target and size + lengths[first - 1] <= limit:
                first -= 1
                size += lengths[first]
        if before is not None and before[0] != first:
            yield before
        before = (first, last)
        if last == count:
            break
        first = max(first + 1, last - overlap)
    if before is not None:
        yield before
