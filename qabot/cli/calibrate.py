"""``qabot calibrate``: fit confidence and threshold to a person's own questions about their own documents."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option
from qabot.terminal.console import Color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qabot.evaluation.report import Metrics

_SHOWN = ("f1", "exact_match", "has_answer_f1", "no_answer", "coverage", "ece", "aurc")


@click.command(short_help="Fit confidence and threshold to your own questions.")
@click.argument("questions", metavar="QUESTIONS", shell_complete=complete_paths)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_paths)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="What the folds are drawn from.")
@click.option("--strict", is_flag=True, help="Stop at the first line that can't be used.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, metavar="N", help="Processes that ask.")
@click.option("--json", "as_json", is_flag=True, help="Figures before and after, and where it was stored, as JSON.")
@color_option
@quiet_option
@click.pass_obj
def calibrate(
    context: Context,
    questions: str,
    paths: tuple[str, ...],
    seed: int,
    strict: bool,
    jobs: int,
    as_json: bool,
    color: Color,
    quiet: bool,
) -> ExitCode:
    """Ask every question of QUESTIONS of the PATHs, and fit how sure an answer must be and what its confidence is worth.

    QUESTIONS is a set as for qabot eval, with at least 20 questions that have an answer and 20 that have none. What is shown as
    "after" was cross-validated: every question judged by a fit that didn't see it. Where F1 rises, or the calibration error falls
    at the same F1, the fit is stored in your data folder; ask, chat and eval use it whenever all documents lie within these PATHs
    (without any: within the shipped article). QABOT_CALIBRATION=none leaves it out.

    Exit status: 0 stored, 1 nothing gained and nothing stored, 2 usage or input, 130 interrupted.
    """
    from qabot.assembly import calibration_fingerprint, calibration_for
    from qabot.cli.evaluating import collect, corpus_of, judging, make_ask, tell_problems
    from qabot.cli.own_calibration import save
    from qabot.evaluation.measures import MEASURES
    from qabot.evaluation.questions import read_question_set
    from qabot.evaluation.recalibrating import check_enough, cross_validated, fit_scale
    from qabot.evaluation.report import Report

    context.quiet, context.color = quiet, color
    question_set = read_question_set(questions, strict=strict)
    tell_problems(context, questions, question_set.problems, len(question_set.questions))
    if question_set.documents and not paths:
        raise click.UsageError("a calibration is kept for documents of your own; name the PATHs that you ask")
    answerable = sum(bool(one.answers) for one in question_set.questions)
    check_enough(answerable, len(question_set.questions) - answerable)
    corpus = corpus_of(context, questions, question_set, paths)
    if any(document.path == "-" for document in corpus.documents):
        raise click.UsageError("standard input (-) can't be found again by its name; name files or folders")
    threshold = calibration_for().threshold
    # The shipped confidence is what is stretched: not one that was fitted here before.
    make = partial(make_ask, "ask", corpus.documents, None, threshold)
    judged, interrupted = collect(context, judging(make, corpus.questions, jobs), len(corpus.questions))
    if interrupted:
        raise KeyboardInterrupt
    after = cross_validated(judged, seed)
    slope, intercept, fitted = fit_scale(judged)
    size = len(corpus.documents)
    figures = [Report(tuple(ones), size, size, "", threshold, seed).metrics for ones in (judged, after)]
    shown = {name: (figures[0][name], figures[1][name]) for name in MEASURES if name in _SHOWN}
    content: dict[str, Any] = {
        "base": calibration_fingerprint(),
        "slope": slope,
        "intercept": intercept,
        "threshold": fitted,
        "fitted_on": f"{Path(questions).name}, {len(judged)} questions",
        "before": {name: before for name, (before, _) in shown.items()},
        "after": {name: cross for name, (_, cross) in shown.items()},
    }
    file = save(context.environment, _named(paths), content) if gained(*figures) else None
    if as_json:
        context.write_json({"schema": 1, "stored": file and str(file), "threshold_before": threshold, **content})
    else:
        from qabot.terminal.comparison_tables import before_and_after

        context.console().print(before_and_after(shown, len(judged), threshold, fitted))
        context.warn(f"{file}: stored; delete it to go back" if file else "nothing gained; nothing is stored")
    return ExitCode.OK if file else ExitCode.NOT_FOUND


def gained(before: Metrics, after: Metrics) -> bool:
    """Whether the cross-validated F1 rose, or the calibration error fell at the same F1 (half a point less is the same)."""
    gain = (after["f1"] or 0.0) - (before["f1"] or 0.0)
    return gain > 0 or (gain >= -0.5 and (after["ece"] or 0.0) < (before["ece"] or 0.0))


def _named(paths: Sequence[str]) -> Sequence[str]:
    from qabot.ingest.shipped import ARTICLE, shipped_corpus

    return paths or [str(shipped_corpus() / ARTICLE)]
