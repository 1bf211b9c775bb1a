"""One pass of training examples: (question, text, answer spans), mixed and varied anew for every pass by its seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qabot.ingest.passages import cut_passages
from qabot.records import Document, Passage, Section, Span
from qabot.retrieval.memory import MemoryRetriever
from qabot.training.squad import Paragraph, TrainingQuestion, read_paragraphs, without_articles_of

HELD_OUT = "train/unansq-dev.json.gz"
_SQUAD = "train/squad-v1.1-train.json.gz"
_UNANSWERABLE = "train/unansq-train.json.gz"
_TYDI = "train/tydiqa-en-train.json.gz"

# Shares of the examples that a pass varies.
_CUT = 0.5  # reads a passage as ours are cut rather than the whole context
_MINED = 0.3  # questions that also meet a passage which retrieval ranks high and which doesn't hold the answer
_NO_QUESTION_MARK = 0.15
_MISSPELT = 0.06
_ARTICLES_A_POOL = 8  # articles that are searched together for mined negatives


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a text; ``answers`` are spans of the text that count as right, none when it doesn't hold the answer."""

    question: str
    text: str
    answers: tuple[Span, ...]


def training_examples(data: Path, seed: int, squad_share: float = 1.0) -> list[Example]:
    """One pass over the training sets in ``data`` (see its README), shuffled; equal seeds give equal passes.

    ``squad_share`` is the share of SQuAD's paragraphs that the pass takes, drawn anew by each seed.

    The articles of unansq-dev are left out of every set: they are kept for fitting confidence and threshold.
    """
    held_out = read_paragraphs(data / HELD_OUT)
    squad = without_articles_of(read_paragraphs(data / _SQUAD), held_out)
    tydi = without_articles_of(read_paragraphs(data / _TYDI), held_out)
    unanswerable = without_articles_of(read_paragraphs(data / _UNANSWERABLE), held_out)
    rng = random.Random(seed)
    squad = [paragraph for paragraph in squad if squad_share >= 1 or rng.random() < squad_share]
    examples = [*_positives(squad, rng), *_positives(tydi, rng)]
    examples += [
        Example(item.question, paragraph.context, ())
        for paragraph in unanswerable
        for item in paragraph.questions
        if not item.answers
    ]
    examples += [*_mined(squad, rng), *_mined(tydi, rng)]
    rng.shuffle(examples)
    return [Example(vary_question(example.question, rng), example.text, example.answers) for example in examples]


def as_document(number: int, paragraph: Paragraph) -> Document:
    """A context as a document of its own, under its article's title."""
    block = (Span(0, len(paragraph.context)),)
    return Document(f"{paragraph.title}#{number}", paragraph.title, paragraph.context, "-", (Section("", block),))


def vary_question(question: str, rng: random.Random) -> str:
    """Now and then without its question mark, or with one misspelt word."""
    if rng.random() < _NO_QUESTION_MARK:
        question = question.rstrip("? ")
    if rng.random() < _MISSPELT:
        question = _misspell(question, rng)
    return question


def _misspell(question: str, rng: random.Random) -> str:
    words = question.split(" ")
    long = [number for number, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return question
    number = rng.choice(long)
    word = words[number]
    at = rng.randrange(1, len(word) - 1)
    words[number] = rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],  # swap
            word[:at] + word[at + 1 :],  # drop
            word[:at] + word[at] + word[at:],  # double
        )
    )
    return " ".join(words)


def _positives(paragraphs: Sequence[Paragraph], rng: random.Random) -> Iterator[Example]:
    for number, paragraph in enumerate(paragraphs):
        passages = cut_passages([as_document(number, paragraph)])
        for item in paragraph.questions:
            holding = [passage for passage in passages if any(span.within(passage.span) for span in item.answers)]
            if holding and len(passages) > 1 and rng.random() < _CUT:
                passage = rng.choice(holding)
                inside = tuple(s.shift(-passage.span.start) for s in item.answers if s.within(passage.span))
                yield Example(item.question, passage.text, inside)
            elif item.answers:
                yield Example(item.question, paragraph.context, item.answers)


def _mined(paragraphs: Sequence[Paragraph], rng: random.Random) -> Iterator[Example]:
    """Null examples: among the first hits in a pool of articles, a passage without the answer's words."""
    titles = sorted({paragraph.title for paragraph in paragraphs})
    rng.shuffle(titles)
    pool_of = {title: number // _ARTICLES_A_POOL for number, title in enumerate(titles)}
    pools: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        pools.setdefault(pool_of[paragraph.title], []).append(paragraph)
    for pool in pools.values():
        retriever = MemoryRetriever(cut_passages(as_document(number, one) for number, one in enumerate(pool)))
        for paragraph in pool:
            for item in paragraph.questions:
                if item.answers and rng.random() < _MINED:
                    misleading = _misleading(retriever, paragraph, item)
                    if misleading:
                        yield Example(item.question, rng.choice(misleading).text, ())


def _misleading(retriever: MemoryRetriever, paragraph: Paragraph, item: TrainingQuestion, most: int = 4) -> list[Passage]:
    answers = {span.of(paragraph.context).casefold() for span in item.answers}
    hits = retriever.search(item.question, 12)
    return [hit.passage for hit in hits if not any(answer in hit.passage.text.casefold() for answer in answers)][:most]
