"""``qabot eval``: ask a whole question set, and say how well that went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from qabot.assembly import bot_for, searcher_for
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, quiet_option, threshold_option
from qabot.cli.reply_json import SCHEMA
from qabot.evaluation.judging import Judged
from qabot.evaluation.questions import Question, QuestionSet, read_question_set
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import evaluate, evaluate_gold_passages, sample, without_places
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.records import Document
from qabot.terminal.console import Color
from qabot.terminal.tables import evaluation_table, was_read


@click.command("eval", short_help="Measure answers against a question set.")
@click.argument("questions", metavar="QUESTIONS")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask N questions, drawn by the seed.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="What the drawing begins from.")
@click.option("--gold-passage", is_flag=True, help="Ask each question of its own context only (SQuAD files).")
@click.option("--retrieval-only", is_flag=True, help="Measure the retrieval; read nothing.")
@click.option("--json", "as_json", is_flag=True, help="All figures and every question, as JSON.")
@threshold_option
@color_option
@quiet_option
@click.pass_obj
def eval_(
    context: Context,
    questions: str,
    paths: tuple[str, ...],
    limit: int | None,
    seed: int,
    gold_passage: bool,
    retrieval_only: bool,
    as_json: bool,
    threshold: float | None,
    color: Color,
    quiet: bool,
) -> ExitCode:
    """Ask every question of QUESTIONS and measure the answers.

    QUESTIONS is JSONL ({"question", "answers"}, no answers for a question without one) or SQuAD v1.1/v2.0 JSON, plain or
    gzipped. It is asked of the PATHs; without any, of the contexts that a SQuAD file carries, or of the shipped article.
    """
    context.quiet, context.color = quiet, color
    question_set = read_question_set(questions)
    for problem in question_set.problems:
        context.error(str(problem))
    if question_set.problems:
        context.error(f"{questions}: {len(question_set.problems)} left out, {len(question_set.questions)} asked")
    if gold_passage and (paths or not question_set.documents):
        raise click.UsageError("--gold-passage needs a SQuAD file and no PATHs: each question is asked of its own context")
    if gold_passage and retrieval_only:
        raise click.UsageError("--gold-passage reads without retrieving, --retrieval-only retrieves without reading; choose one")
    documents, asked, failed = _corpus(context, question_set, paths)
    asked = sample(asked, limit, seed)
    bot = searcher_for(documents) if retrieval_only else bot_for(documents, threshold=threshold)
    if gold_passage:
        judging = evaluate_gold_passages(lambda one: bot_for(one, threshold=threshold), documents, asked)
    else:
        judging = evaluate(bot, asked, read=not retrieval_only)
    judged = tuple(_progress(context, judging, len(asked)))
    report = Report(judged, len(documents), len(bot.passages), gold_rule(judged), bot.threshold)
    if as_json:
        context.write_json(report_object(report))
    else:
        context.console().print(evaluation_table(report))
    return ExitCode.USAGE if failed else ExitCode.OK


def report_object(report: Report) -> dict[str, Any]:
    """A report as JSON, schema 1."""
    return {
        "schema": SCHEMA,
        "metrics": report.metrics,
        "documents": report.documents,
        "passages": report.passages,
        "threshold": report.threshold if was_read(report) else None,
        "gold_rule": report.gold_rule,
        "questions": [_question_object(one) for one in report.judged],
    }


def _question_object(one: Judged) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "question": one.question.question,
        "prediction": one.prediction,
        "confidence": one.confidence,
        "best_text": one.best_text,
        "answers": list(one.question.answers),
        "exact_match": one.exact_match,
        "f1": one.f1,
        "best_exact_match": one.best_exact_match,
        "best_f1": one.best_f1,
        "gold_rank": one.gold_rank,
    }


def _corpus(
    context: Context, question_set: QuestionSet, paths: Sequence[str]
) -> tuple[Sequence[Document], Sequence[Question], bool]:
    if paths or not question_set.documents:
        sources, failed = context.read(paths or [str(shipped_corpus() / ARTICLE)])
        return sources.documents, [without_places(question) for question in question_set.questions], failed
    return question_set.documents, question_set.questions, False


def _progress(context: Context, judging: Iterable[Judged], total: int) -> Iterator[Judged]:
    """``judging``, with a bar on standard error where that is a terminal that takes escapes."""
    from qabot.terminal.console import has_style

    console = context.error_console()
    if context.quiet or not context.stderr.isatty() or not has_style(console):
        yield from judging
        return
    from rich.progress import track

    yield from track(judging, description="asking", total=total, console=console, transient=True)
