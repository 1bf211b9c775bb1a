"""Wrong answers counted: by bucket, by question word, by tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qabot.evaluation.buckets import Bucket
from qabot.evaluation.judging import Judged
from qabot.evaluation.metrics import mean
from qabot.evaluation.question_words import question_word

UNTAGGED = "(no tag)"


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one question word or tag: how many, their mean EM and F1 (percent), and their wrong ones by bucket."""

    name: str
    questions: int
    exact_match: float | None
    f1: float | None
    buckets: dict[str, int]

    @property
    def wrong(self) -> int:
        return sum(self.buckets.values())


def by_bucket(judged: Iterable[Judged]) -> dict[Bucket, list[Judged]]:
    """The wrong questions of each bucket, in the buckets' own order; empty ones are left out."""
    found: dict[Bucket, list[Judged]] = {bucket: [] for bucket in Bucket}
    for one in judged:
        if one.bucket is not None:
            found[one.bucket].append(one)
    return {bucket: ones for bucket, ones in found.items() if ones}


def by_question_word(judged: Sequence[Judged]) -> list[Part]:
    """A part for each question word, the most frequent first."""
    return _parts(judged, lambda one: [question_word(one.question.question)])


def by_tag(judged: Sequence[Judged]) -> list[Part]:
    """A part for each tag, the most frequent first; a question of several tags counts in each. None where nothing is tagged."""
    if not any(one.question.tags for one in judged):
        return []
    return _parts(judged, lambda one: one.question.tags or (UNTAGGED,))


def _parts(judged: Sequence[Judged], names: Callable[[Judged], Sequence[str]]) -> list[Part]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        for name in dict.fromkeys(names(one)):
            groups.setdefault(name, []).append(one)
    parts = [_part(name, ones) for name, ones in groups.items()]
    return sorted(parts, key=lambda part: (-part.questions, part.name))


def _part(name: str, ones: Sequence[Judged]) -> Part:
    scores = [(one.exact_match, one.f1) for one in ones]
    em, f1 = ([100 * score for score in column if score is not None] for column in zip(*scores, strict=True))
    counts = Counter(one.bucket for one in ones if one.bucket is not None)
    return Part(name, len(ones), mean(em), mean(f1), {bucket.value: counts[bucket] for bucket in Bucket if counts[bucket]})
