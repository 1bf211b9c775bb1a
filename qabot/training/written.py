"""Documents and questions that were written to train the reader: examples of what people ask of their own documents.

SQuAD's questions were made up by people who looked at the sentence they ask about. Those in ``written/`` are asked in other
words, as by someone who doesn't have the text: plain questions, near misses, questions of yes or no, lists, and dialogues with
every turn rewritten as one would ask it alone.

``NAME.jsonl`` belongs to the document ``NAME.md`` or ``NAME.txt`` beside it; its lines are objects with ``kind``:

- "plain", "yes_no", "list": ``question``, ``sentence`` (the whole sentence that answers, as it stands) and ``answers`` (spans of
  it: alternatives, the decisive words, the items); ``within``, the part of the sentence that answers, where an answer's words
  stand elsewhere in it too;
- "none": ``question`` alone, which the document doesn't answer;
- "dialogue": ``turns``, each as a plain question, from the second on with ``rewrite``.

Sets in ``unseen/`` are of the same kind; nothing learns from them, they are there to judge by (``tests/benchmarks/unseen.py``).
"""

from __future__ import annotations

import json
import random
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import read_file
from qabot.records import Document, Passage, Span
from qabot.retrieval.memory import MemoryRetriever
from qabot.text.turns import Turn, after
from qabot.training.example import Example
from qabot.training.misleading import misleading

FOLDER = Path(__file__).parent / "written"
_MISLEADING = 3  # passages ranked first, without the answer, that may be read as null examples


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a document. ``forms`` are the ways it is asked, as a reader gets them; ``answers`` spans of the document's
    text, in the sentence ``sentence``; neither where the document doesn't answer. ``items`` are the single things that answer,
    one of a plain question; None where what was written doesn't tell.
    """

    forms: tuple[str, ...]
    answers: tuple[Span, ...]
    sentence: Span | None
    items: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """A document with its questions."""

    document: Document
    asked: tuple[Asked, ...]


def written_sets(folder: Path = FOLDER) -> tuple[WrittenSet, ...]:
    """All sets in ``folder``, by name. Raises ValueError, with file and line, for one that isn't as described above."""
    return tuple(_read_set(file) for file in sorted(folder.glob("*.jsonl")))


def written_examples(rng: random.Random, share: float, folder: Path = FOLDER) -> Iterator[Example]:
    """Of every set, each form of ``share`` of the questions with a passage that answers, and one form with a passage that ranks
    high and doesn't; with several such passages where the document has no answer.
    """
    for written in _sets(folder):
        passages = cut_passages([written.document])
        retriever = MemoryRetriever(passages)
        for asked in written.asked:
            if rng.random() < share:
                yield from _answered(asked, passages, rng)
                yield from _misled(asked, written.document, retriever, rng)


_sets = lru_cache(maxsize=1)(written_sets)


def _answered(asked: Asked, passages: Sequence[Passage], rng: random.Random) -> Iterator[Example]:
    if asked.sentence is not None:
        holding = [passage for passage in passages if asked.sentence.within(passage.span)]
        for form in asked.forms if holding else ():
            yield _as_read(form, rng.choice(holding), asked.answers, asked.items)


def _misled(asked: Asked, document: Document, retriever: MemoryRetriever, rng: random.Random) -> Iterator[Example]:
    form = rng.choice(asked.forms)
    told = [span.of(document.text) for span in asked.answers]
    wrong = misleading(retriever, form, told, searched=6, most=_MISLEADING)
    if wrong and asked.answers:
        wrong = [rng.choice(wrong)]
    # What the document doesn't answer is read with all of them, as when qabot is asked: one is what it nearly fits.
    for passage in wrong:
        yield _as_read(form, passage, ())


def _as_read(question: str, passage: Passage, answers: Sequence[Span], items: Sequence[Span] | None = None) -> Example:
    """``question`` asked of what a reader sees of ``passage``, where no markup stands; the spans are of its document."""
    text, offsets = passage.visible()

    def seen(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(bisect_left(offsets, span.start), bisect_left(offsets, span.end)) for span in spans)

    return Example(question, text, seen(answers), None if items is None else seen(items))


def _read_set(file: Path) -> WrittenSet:
    document = read_file(str(_document_beside(file)), [])
    asked: list[Asked] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            asked += _asked(document.text, json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{file}, line {number}: {error}") from error
    return WrittenSet(document, tuple(asked))


def _document_beside(file: Path) -> Path:
    found = [path for path in (file.with_suffix(suffix) for suffix in (".md", ".txt")) if path.exists()]
    if len(found) != 1:
        raise ValueError(f"{file}: {len(found)} documents named {file.stem}.md or .txt beside it, not one")
    return found[0]


def _asked(text: str, record: dict[str, Any]) -> Iterator[Asked]:
    if record["kind"] == "dialogue":
        yield from _turns(text, record["turns"])
    elif record["kind"] == "none":
        yield Asked((record["question"],), (), None)
    elif record["kind"] in ("plain", "yes_no", "list"):
        sentence, answers = _places(text, record)
        # Where several things are asked for, SQuAD's annotators took the enumeration as one span, and so does the reader.
        whole = (_around(answers),) if record["kind"] == "list" else answers
        items = {"list": answers, "plain": answers[:1]}.get(record["kind"])
        yield Asked((record["question"],), whole, sentence, items)
    else:
        raise ValueError(f"no kind of question: {record['kind']!r}")


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _turns(text: str, turns: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    last: Turn | None = None
    for turn in turns:
        sentence, answers = _places(text, turn)
        alone = turn.get("rewrite", turn["question"])
        forms = (alone,) if last is None else (alone, after(last, turn["question"]))
        yield Asked(forms, answers, sentence)
        last = Turn(alone, turn["answers"][0], turn["sentence"])


def _places(text: str, record: dict[str, Any]) -> tuple[Span, tuple[Span, ...]]:
    words: str = record["sentence"]
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        raise ValueError(f"the sentence {words!r} doesn't stand in the document once")
    sentence = Span(start, start + len(words))
    if not record["answers"]:
        raise ValueError("no answers")
    part = _place(text, sentence, record["within"]) if "within" in record else sentence
    return sentence, tuple(_place(text, part, answer) for answer in record["answers"])


def _place(text: str, part: Span, words: str) -> Span:
    """Where ``words`` stand in ``part`` of ``text``: not as a part of other words ("ten" in "attendant"), and there alone."""
    found = [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text) if words]
    inside = [span for span in found if span.within(part)]
    if len(inside) != 1:
        times = f"stands {len(inside)} times" if inside else "doesn't stand"
        raise ValueError(f"{words!r} {times} in {part.of(text)!r}")
    return inside[0]
