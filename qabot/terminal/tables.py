"""Tables on the terminal: the figures of an evaluation, and the documents that are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.evaluation.report import Report
from qabot.records import Document, Passage
from qabot.terminal.safe import one_line

_MEANING = {
    "exact_match": "answers given, word for word right",
    "f1": "answers given, overlap of words",
    "best_exact_match": "best candidate, refused or not",
    "best_f1": "best candidate, refused or not",
    "has_answer_f1": "answerable questions only",
    "no_answer": "unanswerable questions rightly refused",
    "hit@1": "first passage holds the answer",
    "hit@5": "one of the first 5 does",
    "hit@20": "one of the first 20 does",
    "mrr": "mean reciprocal rank of that passage",
    "ece": "calibration error of the confidence, 0 to 1",
    "p50_ms": "median time of a question",
    "p95_ms": "95% of the questions took no longer",
}


def was_read(report: Report) -> bool:
    """Whether anything was read, or the retrieval alone was measured: then no threshold judged anything."""
    return any(one.f1 is not None for one in report.judged)


def evaluation_table(report: Report) -> RenderableType:
    """The figures of ``report``, each with what it means, and the size of what they were measured on."""
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("", style="qabot.faint")
    for name, value in report.metrics.items():
        if value is not None:
            shown = f"{value:.3f}" if name == "ece" else f"{value:.1f}"
            table.add_row(name, shown, _MEANING[name])
    answerable = sum(bool(one.question.answers) for one in report.judged)
    size = (
        f"{len(report.judged):,} questions ({answerable:,} answerable), {report.documents:,} documents, "
        f"{report.passages:,} passages"
    )
    if was_read(report):
        size += f", threshold {report.threshold:.2f}"
    rule = f"a passage counts as right when it holds {report.gold_rule}"
    return Group(table, Text(size, style="qabot.faint"), Text(rule, style="qabot.faint"))


def settings_table(file: str, there: bool, rows: Sequence[tuple[str, str, str]]) -> RenderableType:
    """The settings that hold: name, value and where each comes from; above them, whether there is a ``file`` at all."""
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("setting", no_wrap=True)
    table.add_column("value", overflow="fold")
    table.add_column("from", overflow="fold", style="qabot.faint")
    for name, value, place in rows:
        table.add_row(Text(name), Text(one_line(value)), Text(one_line(place)))
    head = Text.assemble((one_line(file), "qabot.source"), "" if there else " (there is none yet)", overflow="fold")
    return Group(head, "", table)


def documents_list(documents: Sequence[Document], passages: Sequence[Passage]) -> RenderableType:
    """What is loaded: number and path of each document, its title, and how many passages it was cut into."""
    counts = Counter(passage.document.id for passage in passages)
    lines: list[RenderableType] = []
    for number, document in enumerate(documents, start=1):
        path = "standard input" if document.path == "-" else one_line(document.path)
        size = f"{counts[document.id]:,} passage{'s' if counts[document.id] != 1 else ''}"
        lines.append(Text.assemble(f"{number}. ", (path, "qabot.source"), overflow="fold"))
        lines.append(Text.assemble(f"   {one_line(document.title)}  ", (size, "qabot.faint")))
    return Group(*lines)
