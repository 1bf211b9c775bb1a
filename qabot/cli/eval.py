"""``qabot eval``: ask a whole question set, and say how well that went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option, threshold_option
from qabot.terminal.console import Color


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of one evaluation."""

    questions: str
    paths: tuple[str, ...]
    limit: int | None
    seed: int
    gold_passage: bool
    retrieval_only: bool
    strict: bool
    jobs: int
    resume: str | None
    floors: tuple[str, ...]
    baseline: str | None
    max_drops: tuple[str, ...]
    report: str | None
    as_json: bool
    threshold: float | None


@click.command("eval", short_help="Measure answers against a question set.")
@click.argument("questions", metavar="QUESTIONS", shell_complete=complete_paths)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_paths)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask N questions, drawn by the seed.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="What all drawing begins from.")
@click.option("--gold-passage", is_flag=True, help="Ask each question of its own context only (SQuAD files).")
@click.option("--retrieval-only", is_flag=True, help="Measure the retrieval; read nothing.")
@click.option("--strict", is_flag=True, help="Stop at the first line that can't be used.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, metavar="N", help="Processes; one measures time."
)
@click.option("--resume", metavar="FILE", help="Go on with a run that was broken off: FILE is its --json.")
@click.option(
    "--floor", "floors", multiple=True, metavar="NAME=V", help="Exit 1 below V; for times and errors above it. Repeatable."
)
@click.option("--baseline", metavar="FILE", help="An earlier run's --json, to compare with.")
@click.option(
    "--max-drop", "max_drops", multiple=True, metavar="NAME=V", help="Exit 1 when the baseline was better by more than V."
)
@click.option("--report", metavar="FILE", help="A page with plots and every question, as HTML.")
@click.option("--json", "as_json", is_flag=True, help="All figures and every question, as JSON.")
@threshold_option
@color_option
@quiet_option
@click.pass_obj
def eval_(context: Context, /, color: Color, quiet: bool, **options: object) -> ExitCode:
    """Ask every question of QUESTIONS and measure the answers.

    QUESTIONS is JSONL ({"question", "answers"}, no answers for a question without one), SQuAD v1.1/v2.0 JSON, or CSV/TSV with a
    header (question, answers parted by |), plain or gzipped; the chat's question file is such a JSONL. It is asked of the PATHs;
    without any, of the contexts that a SQuAD file carries, or of the shipped article. Optional for a question: id, document,
    passage, evidence, tags.

    Neither config.toml nor $QABOT_DOCS and $QABOT_THRESHOLD play a part: everybody measures the same.

    A folder with corpus.jsonl, queries.jsonl and qrels.tsv is a retrieval set: its own documents are ranked.

    Exit status: 0 measured, 1 a limit isn't kept, 2 usage or input, 130 interrupted (what was done is told, as partial).
    """
    from qabot.evaluation.retrieval_sets import is_retrieval_set

    context.quiet, context.color = quiet, color
    wanted = Wanted(**options)  # type: ignore[arg-type]  # click has checked the kinds
    if is_retrieval_set(wanted.questions):
        from qabot.cli.eval_ranking import evaluate_ranking

        return evaluate_ranking(context, wanted)
    return _evaluate(context, wanted)


def _evaluate(context: Context, wanted: Wanted) -> ExitCode:
    from qabot.assembly import calibration_for
    from qabot.cli.eval_output import check_no_input, check_page, give, provenance_of
    from qabot.cli.evaluating import Mode, collect, corpus_of, judging, make_ask, tell_problems
    from qabot.cli.limits import limits_of
    from qabot.cli.resuming import resumed
    from qabot.evaluation.measures import MEANS, MEASURES
    from qabot.evaluation.questions import read_question_set
    from qabot.evaluation.report import Report, gold_rule
    from qabot.evaluation.run import sample
    from qabot.ingest.passages import cut_passages

    limits = limits_of(wanted.floors, wanted.baseline, wanted.max_drops, MEASURES, MEANS, wanted.jobs)
    check_page(wanted.report, [wanted.questions, wanted.baseline, wanted.resume, *wanted.paths])
    question_set = read_question_set(wanted.questions, strict=wanted.strict)
    tell_problems(context, wanted.questions, question_set.problems, len(question_set.questions))
    if wanted.gold_passage and (wanted.paths or not question_set.documents):
        raise click.UsageError("--gold-passage needs a SQuAD file and no PATHs: each question is asked of its own context")
    if wanted.gold_passage and wanted.retrieval_only:
        raise click.UsageError("--gold-passage reads without retrieving, --retrieval-only retrieves without reading; choose one")
    mode: Mode = "gold-passage" if wanted.gold_passage else "retrieval-only" if wanted.retrieval_only else "ask"
    corpus = corpus_of(context, wanted.questions, question_set, wanted.paths)
    if not corpus.own:
        check_no_input(wanted.report, (document.path for document in corpus.documents))
    asked = sample(corpus.questions, wanted.limit, wanted.seed)
    limits.check_asked(asked)
    rescaling = None if corpus.own or mode == "retrieval-only" else context.rescaling(corpus.documents)
    calibration = calibration_for(rescaling)
    threshold = calibration.threshold if wanted.threshold is None else wanted.threshold
    provenance = provenance_of(wanted, mode, corpus.documents, None if mode == "retrieval-only" else calibration.fitted_on)
    known = {} if wanted.resume is None else resumed(wanted.resume, provenance, _judging_threshold(mode, threshold), asked)
    make = partial(make_ask, mode, corpus.documents, rescaling, threshold)
    rest = [question for question in asked if question.id not in known]
    done, partial_run = collect(context, judging(make, rest, wanted.jobs), len(rest))
    known |= {one.question.id: one for one in done}
    judged = tuple(known[question.id] for question in asked if question.id in known)
    passages = len(cut_passages(corpus.documents))
    report = Report(judged, len(corpus.documents), passages, gold_rule(judged), threshold, wanted.seed, partial_run)
    broken = give(context, wanted, report, provenance, corpus.documents, limits)
    if partial_run:
        return ExitCode.INTERRUPTED
    return ExitCode.USAGE if corpus.failed else ExitCode.NOT_FOUND if broken else ExitCode.OK


def _judging_threshold(mode: str, threshold: float) -> float | None:
    return None if mode == "retrieval-only" else threshold
