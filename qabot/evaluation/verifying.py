"""Earlier answers against today's documents: still there, moved, changed, gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qabot.errors import QuestionSetError
from qabot.ingest.passages import cut_passages
from qabot.records import Document, Location, Span

_ALIKE = 60.0  # from this similarity on (rapidfuzz's ratio, 0 to 100) another sentence is the old one, changed


class Status(StrEnum):
    """What became of an answer."""

    THERE = "still there"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Claim:
    """An earlier answer: its words, their span and line in the document at ``path``, and the ``sentence`` they stood in, which
    began at ``sentence_start``.
    """

    line_number: int
    id: str | int | float | None
    question: str
    path: str
    text: str
    span: Span
    location: Location
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """``location`` is where the answer (or what its sentence became) stands now, None when it is gone; ``now`` the changed
    sentence, or why the answer is gone.
    """

    claim: Claim
    status: Status
    location: Location | None
    now: str = ""


def claims_of(name: str, number: int, item: Mapping[str, Any]) -> Iterator[Claim]:
    """The answers in line ``number`` of what ``ask --json`` wrote: none where nothing was found or asked.

    Raises QuestionSetError for an object that is no such line.
    """
    if "error" in item and "question" not in item:
        return
    try:
        for answer in item["answers"]:
            source, passage, sentence, text = answer["source"], answer["passage"], answer["sentence"], answer["text"]
            span = Span(int(source["start"]), int(source["end"]))
            start = _sentence_start(passage, sentence, span)
            if len(text) != len(span) or sentence[span.start - start : span.end - start] != text:
                raise ValueError("the words don't stand where they are said to")
            location = Location(int(source["line"]), int(source["column"]))
            question, path = str(item["question"]), str(source["path"])
            yield Claim(number, item.get("id"), question, path, text, span, location, sentence, start)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise QuestionSetError(name, number, "is not an answer of qabot ask --json; ask anew") from error


def verify(claim: Claim, document: Document | None, missing: str = "its document can't be read") -> Verdict:
    """What became of ``claim`` in ``document``; None is a document that is no more, and ``missing`` says why.

    The answer is still there when its whole sentence is, at the same offsets; moved when the sentence stands elsewhere, its lines
    broken as they may; changed when the most similar sentence of today is similar enough.
    """
    if document is None:
        return Verdict(claim, Status.GONE, None, missing)
    text = document.text
    if text.startswith(claim.sentence, claim.sentence_start):
        location = document.locate(claim.span.start)
        moved = (location.line, location.column) != (claim.location.line, claim.location.column)
        return Verdict(claim, Status.MOVED if moved else Status.THERE, location)
    found = _moved(claim, text)
    if found is not None:
        return Verdict(claim, Status.MOVED, document.locate(found))
    return _changed(claim, document)


def _sentence_start(passage: Mapping[str, Any], sentence: str, span: Span) -> int:
    """Where the sentence around ``span`` begins in the document. Raises ValueError when the passage doesn't hold it there."""
    begin, text = int(passage["start"]), str(passage["text"])
    at = text.find(sentence)
    while at >= 0:
        if begin + at <= span.start and span.end <= begin + at + len(sentence):
            return begin + at
        at = text.find(sentence, at + 1)
    raise ValueError("the passage lacks the sentence")


def _moved(claim: Claim, text: str) -> int | None:
    """Where the words of the answer begin in the occurrence of its sentence that is nearest to the old one."""
    offset = claim.span.start - claim.sentence_start
    before, words, after = claim.sentence[:offset], claim.text, claim.sentence[offset + len(claim.text) :]
    # The answer in a group of its own; what stands beside it may be broken into lines anew.
    pattern = f"{_loose(before)}({_loose(words)}){_loose(after)}"
    starts = [match.start(1) for match in re.finditer(pattern, text)]
    return min(starts, key=lambda start: abs(start - claim.span.start), default=None)


def _loose(text: str) -> str:
    """A pattern for ``text`` with any white space for its own."""
    return r"\s+".join(re.escape(piece) for piece in re.split(r"\s+", text))


def _changed(claim: Claim, document: Document) -> Verdict:
    from rapidfuzz import fuzz, process

    spans = list(dict.fromkeys(sentence for passage in cut_passages([document]) for sentence in passage.sentences))
    sentences = [" ".join(span.of(document.text).split()) for span in spans]
    best = process.extractOne(" ".join(claim.sentence.split()), sentences, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is None:
        return Verdict(claim, Status.GONE, None, "no sentence of the document is like the one it stood in")
    return Verdict(claim, Status.CHANGED, document.locate(spans[best[2]].start), best[0])
