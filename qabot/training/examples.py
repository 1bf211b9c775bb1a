"""One pass of training examples: (question, text, answer spans), mixed and varied anew for every pass by its seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from qabot.evaluation.edits import misspell
from qabot.ingest.passages import cut_passages
from qabot.records import Document, Passage, Section, Span
from qabot.retrieval.memory import MemoryRetriever
from qabot.text.sentences import sentence_spans
from qabot.training.example import Example
from qabot.training.follow_up import follow_up
from qabot.training.misleading import misleading
from qabot.training.near_misses import names_in, near_miss
from qabot.training.squad import Paragraph, TrainingQuestion, read_paragraphs, without_articles_of
from qabot.training.written import written_examples
from qabot.training.yes_no import yes_no

HELD_OUT = "train/unansq-dev.json.gz"
SQUAD = "train/squad-v1.1-train.json.gz"
_UNANSWERABLE = "train/unansq-train.json.gz"
_TYDI = "train/tydiqa-en-train.json.gz"

_TYDI_TIMES = 2  # how often a pass takes TyDi's questions: they alone were asked by people who had not seen the text
_WRITTEN_TIMES = 4  # how often a pass may take what was written for training, each time with other passages
_SHORT_LENGTH = (150, 700)  # code points
_ARTICLES_A_POOL = 8  # articles that are searched together for mined negatives


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a pass is made of: shares, 0 to 1, of the examples that each thing is done to."""

    squad: float = 1.0  # of SQuAD's paragraphs that the pass takes, drawn anew by each seed
    cut: float = 0.5  # reads a passage as ours are cut rather than the whole context
    mined: float = 0.3  # questions that also meet a passage which retrieval ranks high and which doesn't hold the answer
    short: float = 0.5  # reads some sentences of it only: cheaper, and documents have short sections
    near_miss: float = 0.16  # questions that are also asked with one name, year or ordering word replaced
    yes_no: float = 0.0  # SQuAD's questions that are also asked as questions that yes or no would answer
    follow_up: float = 0.0  # SQuAD's questions that are also asked behind another one, and leaning on it
    written: float = 0.0  # of the questions in `written/`, taken four times
    no_question_mark: float = 0.15
    misspelt: float = 0.1
    any_occurrence: bool = True  # an answer counts at every place where it may have been meant, else at the first alone


RECIPE = Recipe()  # the model card names what else the shipped reader was trained by


def training_examples(data: Path, seed: int, recipe: Recipe = RECIPE) -> list[Example]:
    """One pass over the training sets in ``data`` (see its README), shuffled; equal seeds give equal passes.

    The articles of unansq-dev are left out of every set: they are kept for fitting confidence and threshold.
    """
    held_out = read_paragraphs(data / HELD_OUT)
    squad = without_articles_of(read_paragraphs(data / SQUAD), held_out)
    tydi = without_articles_of(read_paragraphs(data / _TYDI), held_out)
    unanswerable = without_articles_of(read_paragraphs(data / _UNANSWERABLE), held_out)
    rng = random.Random(seed)
    squad = [paragraph for paragraph in squad if recipe.squad >= 1 or rng.random() < recipe.squad]
    tydi = tydi * _TYDI_TIMES
    examples = [
        *_positives(squad, rng, recipe.cut),
        *_positives(tydi, rng, recipe.cut),
        *_near_misses(squad, rng, recipe.near_miss),
        *(_reworded(squad, rng, recipe) if recipe.yes_no or recipe.follow_up else ()),
    ]
    examples += [
        Example(item.question, paragraph.context, ())
        for paragraph in unanswerable
        for item in paragraph.questions
        if not item.answers
    ]
    examples += [
        Example(_in_other_words(squad, paragraph, item, rng, recipe), text, ())
        for paragraph, item, text in [*_mined(squad, rng, recipe.mined), *_mined(tydi, rng, recipe.mined)]
    ]
    for _ in range(_WRITTEN_TIMES if recipe.written else 0):
        examples += written_examples(rng, recipe.written)
    rng.shuffle(examples)
    cut = [shorten(example, rng) if rng.random() < recipe.short else example for example in examples]
    return [_varied(example, rng, recipe) for example in cut]


def _varied(example: Example, rng: random.Random, recipe: Recipe) -> Example:
    return replace(
        example,
        question=vary_question(example.question, rng, recipe),
        answers=example.answers if recipe.any_occurrence else example.answers[:1],
    )


def as_document(number: int, paragraph: Paragraph) -> Document:
    """A context as a document of its own, under its article's title."""
    block = (Span(0, len(paragraph.context)),)
    return Document(f"{paragraph.title}#{number}", paragraph.title, paragraph.context, "-", (Section("", block),))


def shorten(example: Example, rng: random.Random) -> Example:
    """``example`` with a run of its text's sentences only: those of one answer, and some around. An unanswered one keeps any run:
    a part of a text without the answer doesn't hold it either.
    """
    sentences = _sentences(example.text)
    if len(sentences) < 3:
        return example
    must = rng.choice(example.answers) if example.answers else rng.choice(sentences)
    touched = [number for number, sentence in enumerate(sentences) if sentence.overlaps(must)]
    first, last = touched[0], touched[-1]
    room = rng.randint(*_SHORT_LENGTH) - (sentences[last].end - sentences[first].start)
    while room > 0 and (first > 0 or last + 1 < len(sentences)):
        back = first > 0 and (last + 1 == len(sentences) or rng.random() < 0.5)
        room -= len(sentences[first - 1] if back else sentences[last + 1])
        first, last = (first - 1, last) if back else (first, last + 1)
    kept = Span(min(sentences[first].start, must.start), max(sentences[last].end, must.end))

    def inside(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(span.shift(-kept.start) for span in spans if span.within(kept))

    items = None if example.items is None else inside(example.items)
    return replace(example, text=kept.of(example.text), answers=inside(example.answers), items=items)


@lru_cache(maxsize=1 << 16)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


def vary_question(question: str, rng: random.Random, recipe: Recipe = RECIPE) -> str:
    """Now and then without its question mark, or with one misspelt word."""
    if rng.random() < recipe.no_question_mark:
        question = question.rstrip("? ")
    if rng.random() < recipe.misspelt:
        question = misspell(question, rng)
    return question


def _positives(paragraphs: Sequence[Paragraph], rng: random.Random, cut: float) -> Iterator[Example]:
    for number, paragraph in enumerate(paragraphs):
        passages = cut_passages([as_document(number, paragraph)])
        for item in paragraph.questions:
            if item.answers:
                yield _positive(paragraph, item, passages, rng, cut)


def _positive(
    paragraph: Paragraph, item: TrainingQuestion, passages: Sequence[Passage], rng: random.Random, cut: float
) -> Example:
    holding = [passage for passage in passages if any(span.within(passage.span) for span in item.answers)]
    if not (holding and len(passages) > 1 and rng.random() < cut):
        return Example(item.question, paragraph.context, item.answers)
    passage = rng.choice(holding)
    inside = tuple(s.shift(-passage.span.start) for s in item.answers if s.within(passage.span))
    return Example(item.question, passage.text, inside)


def _reworded(paragraphs: Sequence[Paragraph], rng: random.Random, recipe: Recipe) -> Iterator[Example]:
    """Questions asked so that yes or no would answer, and as they are asked in a dialogue, of their own context."""
    for number, paragraph in enumerate(paragraphs):
        passages = cut_passages([as_document(number, paragraph)])
        for item in paragraph.questions:
            for made in _other_forms(paragraphs, paragraph, item, rng, recipe):
                yield replace(_positive(paragraph, item, passages, rng, recipe.cut), question=made)


def _other_forms(
    others: Sequence[Paragraph], paragraph: Paragraph, item: TrainingQuestion, rng: random.Random, recipe: Recipe
) -> Iterator[str]:
    """``item`` of ``paragraph``, if it has an answer, in other words: those that the recipe takes and a rule fits."""
    if not item.answers:
        return
    if recipe.yes_no and rng.random() < recipe.yes_no:
        answer = item.answers[0]
        before = paragraph.context[: answer.start].split()[-1:]
        asked = yes_no(item.question, answer.of(paragraph.context), "".join(before), rng)
        if asked is not None:
            yield asked
    if recipe.follow_up and rng.random() < recipe.follow_up:
        asked = follow_up(paragraph, item, others, rng)
        if asked is not None:
            yield asked


def _in_other_words(
    others: Sequence[Paragraph], paragraph: Paragraph, item: TrainingQuestion, rng: random.Random, recipe: Recipe
) -> str:
    """``item`` in the first of its other forms, else as it is: a passage that lacks its answer lacks it in any words."""
    made = [*_other_forms(others, paragraph, item, rng, recipe), item.question]
    return made[0]


def _near_misses(paragraphs: Sequence[Paragraph], rng: random.Random, share: float) -> Iterator[Example]:
    """Null examples: questions with one word replaced, asked of their own context."""
    names: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        names.setdefault(paragraph.title, []).extend(names_in(paragraph.context))
    for paragraph in paragraphs:
        for item in paragraph.questions:
            if item.answers and rng.random() < share:
                made = near_miss(item.question, paragraph.context, item.answers, names[paragraph.title], rng)
                if made is not None:
                    yield Example(made, paragraph.context, ())


def _mined(
    paragraphs: Sequence[Paragraph], rng: random.Random, share: float
) -> Iterator[tuple[Paragraph, TrainingQuestion, str]]:
    """Questions, their paragraphs, and among the first hits in a pool of articles the text of one without the answer's words."""
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
                if item.answers and rng.random() < share:
                    told = [span.of(paragraph.context) for span in item.answers]
                    found = misleading(retriever, item.question, told, searched=12, most=4)
                    if found:
                        yield paragraph, item, rng.choice(found).text
