"""An evaluation on the terminal: the figures with their intervals, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from qabot.evaluation.failures import Part, by_bucket, by_question_word, by_tag
from qabot.evaluation.judging import Judged
from qabot.evaluation.measures import MEASURES, PERCENTILES, STAGES, shown
from qabot.evaluation.ranking import MEASURES as RANKING_MEASURES
from qabot.evaluation.ranking import RankingReport
from qabot.evaluation.report import Report
from qabot.evaluation.resampling import Interval
from qabot.terminal.fitting_table import FittingTable
from qabot.terminal.safe import one_line

Intervals = Mapping[str, Interval | None]
_EXAMPLES = 2  # of a bucket
_MOST_PARTS = 12  # rows of question words, and of tags


def evaluation_table(report: Report, intervals: Intervals) -> RenderableType:
    """The figures of ``report``, what they were measured on, and its failures by bucket, question word and tag."""
    meanings = {name: measure.meaning for name, measure in MEASURES.items()}
    answerable = sum(bool(one.question.answers) for one in report.judged)
    size = (
        f"{len(report.judged):,} questions ({answerable:,} answerable), {report.documents:,} documents, "
        f"{report.passages:,} passages"
    )
    if report.read:
        size += f", threshold {report.threshold:.2f}"
    parts: list[RenderableType] = [
        _figures({name: value for name, value in report.metrics.items() if not name.endswith("_ms")}, meanings, intervals),
        *_latencies(report.metrics),
        Text(size, style="qabot.faint"),
        Text(f"a passage counts as right when it holds {report.gold_rule}", style="qabot.faint"),
    ]
    if any(one.bucket is not None for one in report.judged):
        parts += ["", _buckets(report.judged), "", _parts("question word", by_question_word(report.judged))]
        tags = by_tag(report.judged)
        parts += ["", _parts("tag", tags)] if tags else []
    if report.partial:
        parts += ["", PARTIAL]
    return Group(*parts)


def ranking_table(report: RankingReport, intervals: Intervals) -> RenderableType:
    """The figures of a retrieval set."""
    meanings = {name: meaning for name, (_, meaning) in RANKING_MEASURES.items()}
    size = f"{len(report.scores):,} queries, {report.documents:,} documents, each ranked as its best passage"
    parts: list[RenderableType] = [_figures(report.metrics, meanings, intervals), Text(size, style="qabot.faint")]
    if report.partial:
        parts += ["", PARTIAL]
    return Group(*parts)


PARTIAL = Text("partial: the run was broken off; --resume FILE goes on from its --json", style="qabot.note")


def _figures(metrics: Mapping[str, float | None], meanings: Mapping[str, str], intervals: Intervals) -> FittingTable:
    table = FittingTable("measure", ">value", ">95% interval", "", needed=2)
    for name, value in metrics.items():
        if value is not None:
            interval = intervals.get(name)
            between = f"{shown(name, interval[0])} to {shown(name, interval[1])}" if interval else ""
            table.add_row(name, shown(name, value), between, Text(meanings[name], style="qabot.faint"))
    return table


def _latencies(metrics: Mapping[str, float | None]) -> list[RenderableType]:
    """The times by stage; none where none were measured."""
    if metrics["p50_ms"] is None:
        return []
    columns = [f"p{share}_ms" for share in PERCENTILES]
    table = FittingTable("", *(f">{column}" for column in columns), "", needed=1 + len(columns))
    for stage, what in STAGES.items():
        times = [metrics[f"{stage}{column}"] for column in columns]
        if None not in times:
            table.add_row(
                stage.rstrip("_") or "whole question",
                *(f"{time:.1f}" for time in times if time is not None),
                Text(what, style="qabot.faint"),
            )
    return ["", table]


def _buckets(judged: Sequence[Judged]) -> FittingTable:
    table = FittingTable("what went wrong", ">questions", "for example", needed=3)
    for bucket, ones in by_bucket(judged).items():
        examples = Text("\n").join(_example(one) for one in ones[:_EXAMPLES])
        table.add_row(bucket.value, f"{len(ones):,}", examples)
    return table


def _example(one: Judged) -> Text:
    answered = "" if one.f1 is None else one_line(one.prediction) or "refused"
    golds = one_line(one.question.answers[0]) if one.question.answers else "no answer"
    facts = f"{one_line(one.question.id)}: {one_line(one.question.question)}"
    return Text.assemble(facts, (f" {answered} (gold: {golds})", "qabot.faint"))


def _parts(title: str, parts: Sequence[Part]) -> FittingTable:
    table = FittingTable(title, ">questions", ">EM", ">F1", ">wrong", "mostly", needed=4)
    for part in parts[:_MOST_PARTS]:
        mostly = max(part.buckets, key=lambda name: part.buckets[name], default="")
        scores = ["" if score is None else f"{score:.1f}" for score in (part.exact_match, part.f1)]
        table.add_row(Text(one_line(part.name)), f"{part.questions:,}", *scores, f"{part.wrong:,}", mostly)
    if len(parts) > _MOST_PARTS:
        table.add_row(Text(f"and {len(parts) - _MOST_PARTS} more", style="qabot.faint"))
    return table
