"""A report as JSON, schema 1, and back: what ``compare``, ``--baseline`` and ``--resume`` read.

Names and meanings of fields stay; there may come more of them. A file that lacks the newer ones can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast, get_args

import numpy as np

from qabot.evaluation.buckets import Bucket
from qabot.evaluation.failures import by_bucket, by_question_word, by_tag
from qabot.evaluation.judging import Best, Judged, Place
from qabot.evaluation.measures import MEANS
from qabot.evaluation.metrics import reliability
from qabot.evaluation.provenance import Provenance
from qabot.evaluation.question import Question
from qabot.evaluation.report import Report
from qabot.evaluation.resampling import Interval, bootstrap
from qabot.records import AnswerKind, Span

SCHEMA = 1
_POINTS = 200  # of the risk-coverage curve that are kept

_SCORES = ("exact_match", "f1", "best_exact_match", "best_f1")
_MORE = ("evidence_match", "evidence_f1", "passages_read")


def intervals(report: Report) -> dict[str, Interval | None]:
    """The 95% bootstrap interval of every mean of ``report.metrics``, by its name."""
    rows = [[value(one) for value in MEANS.values()] for one in report.judged]
    values = np.array(rows, dtype=np.float64).reshape(len(rows), len(MEANS))
    return dict(zip(MEANS, bootstrap(values, report.seed), strict=True))


def report_object(report: Report, provenance: Provenance, found: Mapping[str, Interval | None]) -> dict[str, Any]:
    """The whole of ``report``: figures with their intervals (``found``), what they were made with, and every question."""
    read = report.read
    bins = reliability([one.confidence for one in read], [one.right for one in read])
    return {
        "schema": SCHEMA,
        "metrics": report.metrics,
        "documents": report.documents,
        "passages": report.passages,
        "threshold": report.threshold if read else None,
        "gold_rule": report.gold_rule,
        "partial": report.partial,
        "made_with": provenance.as_object(),
        "intervals": {name: list(interval) if interval else None for name, interval in found.items()},
        "risk_coverage": [list(point) for point in thinned(report.risk_coverage)],
        "reliability": [{"questions": size, "confidence": sure, "right": right} for size, sure, right in bins],
        "failures": {bucket.value: len(ones) for bucket, ones in by_bucket(report.judged).items()},
        "by_question_word": [asdict(part) for part in by_question_word(report.judged)],
        "by_tag": [asdict(part) for part in by_tag(report.judged)],
        "times": [_times_object(one) for one in report.judged if one.milliseconds is not None],
        "questions": [judged_object(one) for one in report.judged],
    }


def judged_object(one: Judged) -> dict[str, Any]:
    """One question: what was asked, answered and right; the same in every run made with the same. Its times stand apart."""
    return {
        "id": one.question.id,
        "question": one.question.question,
        "prediction": one.prediction,
        "confidence": one.confidence,
        "best_text": one.best_text,
        "answers": list(one.question.answers),
        **{name: getattr(one, name) for name in _SCORES},
        "gold_rank": one.gold_rank,
        "top_f1": list(one.top_f1),
        "bucket": one.bucket and one.bucket.value,
        "tags": list(one.question.tags),
        **{name: getattr(one, name) for name in _MORE},
        "place": _place_object(one.place),
        "gold_place": _place_object(one.gold_place),
        "best": None if one.best is None else one.best._asdict() | {"span": [one.best.span.start, one.best.span.end]},
    }


def judged_from(item: Mapping[str, Any], question: Question | None = None, times: Mapping[str, Any] | None = None) -> Judged:
    """What ``judged_object`` wrote, of ``question`` (made from the object itself where none is given), with its ``times``.

    Raises KeyError, TypeError or ValueError when ``item`` is no such object.
    """
    if question is None:
        tags = tuple(item.get("tags", ()))
        question = Question(str(item["id"]), str(item["question"]), tuple(map(str, item["answers"])), tags=tags)
    bucket = item.get("bucket")
    return Judged(
        question=question,
        prediction=str(item["prediction"]),
        best_text=str(item["best_text"]),
        confidence=float(item["confidence"]),
        **{name: _number(item[name]) for name in _SCORES},
        gold_rank=None if item["gold_rank"] is None else int(item["gold_rank"]),
        milliseconds=_number((times or {}).get("elapsed_ms")),
        top_f1=tuple(map(float, item.get("top_f1", ()))),
        evidence_match=_number(item.get("evidence_match")),
        evidence_f1=_number(item.get("evidence_f1")),
        retrieve_ms=_number((times or {}).get("retrieve_ms")),
        read_ms=_number((times or {}).get("read_ms")),
        passages_read=None if item.get("passages_read") is None else int(item["passages_read"]),
        bucket=None if bucket is None else Bucket(bucket),
        place=_place_from(item.get("place")),
        gold_place=_place_from(item.get("gold_place")),
        best=_best_from(item.get("best")),
    )


def thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most 200 of ``points``, evenly over them, the first and the last among them."""
    if len(points) <= _POINTS:
        return points
    return [points[round(number * (len(points) - 1) / (_POINTS - 1))] for number in range(_POINTS)]


def _times_object(one: Judged) -> dict[str, Any]:
    return {"id": one.question.id, "elapsed_ms": one.milliseconds, "retrieve_ms": one.retrieve_ms, "read_ms": one.read_ms}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _place_object(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    passage, span = place.passage, place.span
    return {"document": place.document, "passage": [passage.start, passage.end], "span": [span.start, span.end]}


def _place_from(item: Mapping[str, Any] | None) -> Place | None:
    return None if item is None else Place(str(item["document"]), Span(*item["passage"]), Span(*item["span"]))


def _best_from(item: Mapping[str, Any] | None) -> Best | None:
    if item is None:
        return None
    text, kind, document = (str(item[name]) for name in ("text", "kind", "document"))
    if kind not in get_args(AnswerKind):
        raise ValueError(f"{kind} is no kind of answer")
    return Best(text, cast("AnswerKind", kind), document, Span(*item["span"]), float(item["score"]), float(item["confidence"]))
