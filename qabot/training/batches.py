"""Examples -> batches of token ids, of about equal size and little padding."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qabot.reading.tokenizer import mark_id
from qabot.reading.windows import QUESTION_TOKENS
from qabot.records import Span
from qabot.training.example import Example
from qabot.training.tags import UNKNOWN, tags_of

MAX_TOKENS = 320
_POOL = 2048  # examples sorted by length together: little padding, still well mixed
_MOST_ANSWERS = 8

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One example as the model reads it: ``[CLS] question [SEP] text [SEP]``.

    ``starts`` and ``ends`` are token numbers and pair up. ``tags`` are those of the text's tokens (see `tags_of`), where
    all the things that answer are known; else empty.
    """

    ids: tuple[int, ...]
    question_length: int  # with [CLS] and the first [SEP]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """``ids``, ``types`` and ``mask``: [examples, tokens]; ``starts`` and ``ends``: [examples, answers], padded with -1.

    ``tags``: [examples, tokens], -1 where nothing is known; None where nothing is of any of them.
    """

    ids: Ints
    types: Ints
    mask: Ints
    starts: Ints
    ends: Ints
    tags: Ints | None = None


def tokenise(tokenizer: Tokenizer, examples: Sequence[Example], rng: random.Random) -> list[Tokens]:
    """Every example that can be used, in order. A text too long is cut to a window that holds an answer, at a random place.

    An unanswered question's answer is [CLS], token 0. An example whose answers fall between tokens is left out.
    """
    cls, sep = (mark_id(tokenizer, mark) for mark in ("[CLS]", "[SEP]"))
    questions = tokenizer.encode_batch_fast([example.question for example in examples], add_special_tokens=False)
    texts = tokenizer.encode_batch([example.text for example in examples], add_special_tokens=False)
    found: list[Tokens] = []
    for example, question, text in zip(examples, questions, texts, strict=True):
        head = [cls, *question.ids[:QUESTION_TOKENS], sep]
        room = MAX_TOKENS - len(head) - 1
        pairs = []
        for span in example.answers[:_MOST_ANSWERS]:
            start, end = text.char_to_token(span.start), text.char_to_token(span.end - 1)
            if start is not None and end is not None:
                pairs.append((start, end))
        if example.answers and not pairs:
            continue
        low = 0
        if len(text.ids) > room:
            must = rng.choice(pairs) if pairs else (0, 0)
            low = rng.randint(max(0, must[1] - room + 1), max(0, min(must[0], len(text.ids) - room)))
        inside = [(s - low, e - low) for s, e in pairs if s >= low and e < low + room] if pairs else []
        if pairs and not inside:
            continue
        starts = tuple(s + len(head) for s, _ in inside) or (0,)
        ends = tuple(e + len(head) for _, e in inside) or (0,)
        spans = [Span(start, end) for start, end in text.offsets]
        tags = tags_of(example.text, spans, example.items)[low : low + room] if example.items is not None else ()
        found.append(Tokens((*head, *text.ids[low : low + room], sep), len(head), starts, ends, tuple(tags)))
    return found


def batches(examples: Sequence[Tokens], tokens_a_batch: int, rng: random.Random) -> Iterator[Batch]:
    """All examples once, in batches of about ``tokens_a_batch`` tokens with padding."""
    order: list[list[Tokens]] = []
    for at in range(0, len(examples), _POOL):
        pool = sorted(examples[at : at + _POOL], key=lambda one: len(one.ids))
        group: list[Tokens] = []
        grouped = []
        for one in pool:
            if group and len(one.ids) * (len(group) + 1) > tokens_a_batch:
                grouped.append(group)
                group = []
            group.append(one)
        grouped.append(group)
        rng.shuffle(grouped)
        order += grouped
    for group in order:
        yield collate(group)


def collate(group: Sequence[Tokens]) -> Batch:
    """One batch of ``group``, padded to its longest."""
    rows, width, answers = len(group), max(len(one.ids) for one in group), max(len(one.starts) for one in group)
    ids, types, mask = (np.zeros((rows, width), np.int64) for _ in range(3))
    starts, ends = (np.full((rows, answers), -1, np.int64) for _ in range(2))
    for row, one in enumerate(group):
        ids[row, : len(one.ids)] = one.ids
        types[row, one.question_length : len(one.ids)] = 1
        mask[row, : len(one.ids)] = 1
        starts[row, : len(one.starts)] = one.starts
        ends[row, : len(one.ends)] = one.ends
    tags = np.full((rows, width), UNKNOWN, np.int64)
    for row, one in enumerate(group):
        tags[row, one.question_length : one.question_length + len(one.tags)] = one.tags
    return Batch(ids, types, mask, starts, ends, tags if any(one.tags for one in group) else None)
