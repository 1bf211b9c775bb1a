"""Two runs over the same questions: what differs, by how much, and whether that is more than chance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qabot.errors import QuestionSetError
from qabot.evaluation.measures import MEANS
from qabot.evaluation.metrics import mean
from qabot.evaluation.questions import Question, read_text
from qabot.evaluation.resampling import bootstrap, randomisation_p
from qabot.evaluation.stored import judged_from

LEADING = ("f1", "ndcg@10", "mrr")  # by the first of these that both runs have a question is won or lost
_NAMED = 3  # questions that an error names


@dataclass(frozen=True, slots=True)
class Run:
    """A stored evaluation: each question's words and golds by id, what was answered, and ``values`` by measure and id.

    ``made_with`` and ``metrics`` are as the file has them (empty where it is older than that).
    """

    name: str
    asked: Mapping[str, tuple[str, tuple[str, ...]]]
    predictions: Mapping[str, str]
    values: Mapping[str, Mapping[str, float]]
    metrics: Mapping[str, float | None]
    made_with: Mapping[str, Any]
    partial: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of a measure over ``questions`` in both runs, and their difference, after less before, with its 95% bootstrap
    interval and the two-sided p of the paired randomisation test.
    """

    name: str
    questions: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Change:
    """A question that went better or worse: what both runs answered (empty: refused), and by how much, in percent points."""

    id: str
    question: str
    golds: tuple[str, ...]
    before: str
    after: str
    gain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``won`` and ``lost`` by ``leading``, the largest change first."""

    differences: tuple[Difference, ...]
    leading: str
    won: tuple[Change, ...]
    lost: tuple[Change, ...]
    questions: int


def read_run(file: str) -> Run:
    """The run that ``qabot eval --json`` wrote to ``file``. Raises QuestionSetError when it is no such file."""
    text = read_text(file, "name what qabot eval --json wrote")
    try:
        whole = json.loads(text)
        return run_from(file, whole)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise QuestionSetError(file, None, "is not what qabot eval --json writes; make it anew") from error


def to_be_asked(name: str, questions: Iterable[Question]) -> Run:
    """A run over ``questions`` of which nothing is known yet, to see early whether it can be paired with another."""
    asked = {one.id: (one.question, one.answers) for one in questions}
    return Run(name, asked, {}, {}, {}, {}, partial=True)


def run_from(name: str, whole: Mapping[str, Any]) -> Run:
    """The run in a report's object. Raises KeyError, TypeError, ValueError or AttributeError when it is none."""
    asked: dict[str, tuple[str, tuple[str, ...]]] = {}
    predictions: dict[str, str] = {}
    values: dict[str, dict[str, float]] = {}
    for item in whole["questions"]:
        id = str(item["id"])
        if id in asked:
            raise QuestionSetError(name, None, f"has two questions of the id {id!r}; no question can be paired by it")
        asked[id] = str(item["question"]), tuple(map(str, item.get("answers", ())))
        predictions[id] = str(item.get("prediction", ""))
        for measure, value in _values(item).items():
            if value is not None:
                values.setdefault(measure, {})[id] = value
    made_with = whole.get("made_with", {})
    return Run(name, asked, predictions, values, dict(whole["metrics"]), dict(made_with), bool(whole.get("partial", False)))


def compare(before: Run, after: Run, *, seed: int = 0, common: bool = False) -> Comparison:
    """What changed from one run to the other, over all measures that are means of both.

    Raises QuestionSetError when the two weren't asked the same questions; with ``common`` only those that both were asked count.
    """
    ids = paired(before, after, common=common)
    # In the order of the table of measures; those of retrieval sets in their own.
    names = sorted((name for name in before.values if name in after.values), key=[*MEANS, *before.values].index)
    differences = []
    for name in names:
        pairs = [(before.values[name][id], after.values[name][id]) for id in ids if _both(before, after, name, id)]
        if pairs:
            differences.append(_difference(name, pairs, seed))
    leading = next((name for name in LEADING if any(one.name == name for one in differences)), "")
    changes = [_change(before, after, leading, id) for id in ids if leading and _both(before, after, leading, id)]
    changes.sort(key=lambda change: -abs(change.gain))
    return Comparison(
        tuple(differences),
        leading,
        tuple(change for change in changes if change.gain > 0),
        tuple(change for change in changes if change.gain < 0),
        len(ids),
    )


def paired(before: Run, after: Run, *, common: bool = False) -> list[str]:
    """The ids of the questions that both runs were asked. Raises QuestionSetError as ``compare`` does."""
    shared = [id for id in before.asked if id in after.asked]
    if not shared:
        raise QuestionSetError(after.name, None, f"has no question in common with {before.name}; their ids differ")
    for one, other in ((before, after), (after, before)):
        lacking = [id for id in one.asked if id not in other.asked]
        if lacking and not common:
            named = ", ".join(lacking[:_NAMED]) + (" ..." if len(lacking) > _NAMED else "")
            reason = f"lacks {len(lacking):,} of the {len(one.asked):,} questions of {one.name} ({named})"
            raise QuestionSetError(other.name, None, f"{reason}; qabot compare --common takes those that both have")
    for id in shared:
        if before.asked[id] != after.asked[id]:
            what = "words" if before.asked[id][0] != after.asked[id][0] else "gold answers"
            raise QuestionSetError(after.name, None, f"question {id!r} has other {what} than in {before.name}")
    return shared


def _values(item: Mapping[str, Any]) -> dict[str, float | None]:
    if "scores" in item:  # a query of a retrieval set
        return {name: float(value) for name, value in item["scores"].items()}
    judged = judged_from(item)
    return {name: value(judged) for name, value in MEANS.items()}


def _both(before: Run, after: Run, name: str, id: str) -> bool:
    return id in before.values[name] and id in after.values[name]


def _difference(name: str, pairs: Sequence[tuple[float, float]], seed: int) -> Difference:
    table = np.array(pairs)
    differences = table[:, 1] - table[:, 0]
    (interval,) = bootstrap(differences[:, None], seed)
    low, high = interval or (0.0, 0.0)
    first, second = mean([one for one, _ in pairs]) or 0.0, mean([other for _, other in pairs]) or 0.0
    return Difference(name, len(pairs), first, second, float(differences.mean()), low, high, randomisation_p(differences, seed))


def _change(before: Run, after: Run, leading: str, id: str) -> Change:
    gain = after.values[leading][id] - before.values[leading][id]
    words, golds = before.asked[id]
    return Change(id, words, golds, before.predictions[id], after.predictions[id], gain)
