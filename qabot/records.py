"""The records that travel down the line: Document, Passage, Hit, Answer, Reply.

They keep spans and derive text, so what is shown is by construction what stands in the source:
``answer.text == document.text[answer.span.start:answer.span.end]``. Offsets are code points of ``Document.text``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

AnswerKind = Literal["span", "sentence", "item"]
_PARTING = frozenset("|<\n")  # hidden markup with one of these stands between words, not inside one


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points, ``start`` inclusive and ``end`` exclusive; never empty.

    Raises ValueError for a negative or an empty stretch.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def within(self, other: Span) -> bool:
        """Whether every code point of this span lies in ``other``."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same stretch, ``by`` code points further on (or back)."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The piece of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Location:
    """Where an offset stands for a person: line and column count from 1, the column in code points."""

    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one heading (empty before the first). No sentence crosses a block, no passage a section."""

    heading: str
    blocks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A text as it was read, and its structure as spans into that text.

    ``path`` is what the user named ("-" for standard input). ``hidden`` are the spans of markup (emphasis, link targets)
    that stand in the text but are not words: the reader doesn't see them and no answer begins or ends with them.
    """

    id: str
    title: str
    text: str
    path: str
    sections: tuple[Section, ...]
    hidden: tuple[Span, ...] = ()
    _line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "_line_starts", tuple(starts))

    def locate(self, offset: int) -> Location:
        """Line and column of ``offset``; lines end at line feeds only. Raises ValueError outside the text."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside a text of {len(self.text)} code points")
        line = bisect_right(self._line_starts, offset)
        return Location(line, offset - self._line_starts[line - 1] + 1)

    def marks(self, span: Span) -> Sequence[Span]:
        """The hidden spans that share a code point with ``span``, in order."""
        first = bisect_left(self.hidden, span.start, key=lambda mark: mark.end - 1)
        last = bisect_left(self.hidden, span.end, key=lambda mark: mark.start)
        return self.hidden[first:last]

    def visible(self, span: Span) -> tuple[str, Sequence[int]]:
        """The text of ``span`` without hidden markup, and for each of its code points the document offset it stands at.

        Markup that parts words (a table's bar, a tag, a new line's prefix) leaves one space behind.
        """
        marks = self.marks(span)
        if not marks:
            return span.of(self.text), range(span.start, span.end)
        pieces: list[str] = []
        offsets: list[int] = []
        at = span.start
        for mark in marks:
            pieces.append(self.text[at : mark.start])
            offsets.extend(range(at, mark.start))
            if mark.start >= span.start and not _PARTING.isdisjoint(mark.of(self.text)):
                pieces.append(" ")
                offsets.append(mark.start)
            at = max(at, mark.end)
        pieces.append(self.text[at : span.end])
        offsets.extend(range(at, span.end))
        return "".join(pieces), offsets


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A view on a document: some of its sentences in a row, all under one heading.

    ``span`` runs from the first sentence's start to the last one's end; all spans are in document coordinates.
    """

    document: Document
    span: Span
    heading: str
    sentences: tuple[Span, ...]

    @property
    def id(self) -> tuple[str, int]:
        """What tells passages apart, and the order among equal scores."""
        return (self.document.id, self.span.start)

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    def visible(self) -> tuple[str, Sequence[int]]:
        """The passage as the reader sees it, and for each code point of that the document offset it stands at."""
        return self.document.visible(self.span)

    def sentence_around(self, span: Span) -> Span:
        """The smallest run of whole sentences that covers ``span``; ``span`` must lie within the passage."""
        touched = [sentence for sentence in self.sentences if sentence.overlaps(span)]
        if not touched:
            return span
        return Span(min(touched[0].start, span.start), max(touched[-1].end, span.end))


@dataclass(frozen=True, slots=True)
class TermMatch:
    """What one term of the question gave a hit: by which term it is ``found`` there (its own, or one that is related to it), that
    one's idf, what it added to the score, and where it stands (document spans).
    """

    term: str
    idf: float
    contribution: float
    spans: tuple[Span, ...]
    found: str

    @property
    def is_own(self) -> bool:
        """Whether the question's own term stands there, and not merely one that is related to it."""
        return self.found == self.term


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A passage that a search brought: ``score`` is BM25's, related words included, and the ``closeness`` that its meaning adds;
    ``rank`` counts from 1. A passage read without a match (see ``Bot``) has score 0 and no matches.
    """

    passage: Passage
    score: float
    rank: int
    matches: tuple[TermMatch, ...] = ()
    closeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a reader believes in a span: all numbers it was ranked by.

    ``margin`` is the span's start + end logit less ``null_score``, the reader's logit sum for "no answer here" in the same
    passage. In a sentence that was read once more it is that of both readings' mean, moved so that the best stays what it was.
    ``retrieval_score`` is the score of its hit. ``features`` are the inputs of the confidence, by name.
    """

    margin: float
    null_score: float
    retrieval_score: float
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Words of a passage that may answer the question; ``span`` is in document coordinates and within the passage.

    ``score`` ranks the answers of one question; ``confidence`` (0 to 1) is the calibrated probability that this one is right.
    ``agreeing`` are other places that say the same in the same words. Raises ValueError for a
    span outside its passage.
    """

    passage: Passage
    span: Span
    kind: AnswerKind
    score: float
    confidence: float
    evidence: Evidence
    agreeing: tuple[Answer, ...] = ()

    def __post_init__(self) -> None:
        if not self.span.within(self.passage.span):
            raise ValueError(f"answer {self.span} is outside its passage {self.passage.span}")

    @property
    def document(self) -> Document:
        return self.passage.document

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    @property
    def sentence_span(self) -> Span:
        return self.passage.sentence_around(self.span)

    @property
    def sentence(self) -> str:
        """The whole sentence (or sentences) that the answer stands in."""
        return self.sentence_span.of(self.document.text)

    @property
    def location(self) -> Location:
        return self.document.locate(self.span.start)


def leading_items(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The items of one list that ``answers`` begin with; empty when they begin with something else."""
    return tuple(takewhile(lambda one: one.kind == "item" and one.passage is answers[0].passage, answers))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question took: milliseconds until its passages were found, milliseconds to read them, and how many were read."""

    retrieve_ms: float = 0.0
    read_ms: float = 0.0
    passages: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """All that came of one question. ``candidates`` are every span read, best first; ``answers`` those sure enough.

    No answers means "not found": a normal result. ``understood_as`` is the question as it was read when that differs from
    ``question``; ``notes`` tell a person what was understood or is missing. ``conflicting`` are answers by which other documents
    say something else than the best.
    """

    question: str
    understood_as: str | None
    candidates: tuple[Answer, ...]
    hits: tuple[Hit, ...]
    threshold: float
    notes: tuple[str, ...] = ()
    conflicting: tuple[Answer, ...] = ()
    cost: Cost = Cost()

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.candidates if answer.confidence >= self.threshold)

    @property
    def listed(self) -> tuple[Answer, ...]:
        """The items of the list that the best answer is; empty when it is none."""
        return leading_items(self.answers)

    def first(self, count: int) -> tuple[Answer, ...]:
        """The first ``count`` answers; the items of a list that comes first count as one, so no list is ever cut."""
        return self.answers[: max(1, len(self.listed)) + count - 1]

    @property
    def best(self) -> Answer | None:
        """The first answer, or None when nothing reached the threshold."""
        return next(iter(self.answers), None)
