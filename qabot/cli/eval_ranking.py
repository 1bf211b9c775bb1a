"""``qabot eval`` of a retrieval set: its documents are ranked, and nothing is read."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import click

from qabot.assembly import ranker_for
from qabot.cli.context import Context
from qabot.cli.eval_output import provenance_of
from qabot.cli.evaluating import collect, tell_problems
from qabot.cli.exit_codes import ExitCode
from qabot.cli.limits import limits_of
from qabot.evaluation.ranking import MEASURES, RankingReport, ranking_object, rankings, require_ir_measures, score
from qabot.evaluation.retrieval_sets import read_retrieval_set

if TYPE_CHECKING:
    from qabot.cli.eval import Wanted


def evaluate_ranking(context: Context, wanted: Wanted) -> ExitCode:
    """Rank, score, tell. Raises QabotError when ir_measures is missing or the set can't be used."""
    if wanted.paths or wanted.gold_passage or wanted.report or wanted.resume or wanted.jobs > 1:
        raise click.UsageError("a retrieval set has its own documents, and only --limit, --seed, --strict, --json and limits")
    require_ir_measures()
    limits = limits_of(wanted.floors, wanted.baseline, wanted.max_drops, MEASURES, MEASURES, 1)
    found = read_retrieval_set(wanted.questions, strict=wanted.strict)
    tell_problems(context, wanted.questions, found.problems, len(found.queries), "queries asked")
    ids = list(found.queries)
    if wanted.limit is not None and wanted.limit < len(ids):
        chosen = set(random.Random(wanted.seed).sample(ids, wanted.limit))  # noqa: S311 - a sample, not a secret
        ids = [id for id in ids if id in chosen]
    rank = ranker_for(found.documents)
    run, partial = collect(context, rankings(rank, {id: found.queries[id] for id in ids}), len(ids))
    report = RankingReport(found.queries, score(run, found), len(found.documents), partial=partial)
    provenance = provenance_of(wanted, "retrieval-set", found.documents, None)
    whole = ranking_object(report, provenance)
    if wanted.as_json:
        context.write_json(whole)
    else:
        from qabot.terminal.evaluation_tables import ranking_table

        context.console().print(ranking_table(report, whole["intervals"]))
    if partial:
        return ExitCode.INTERRUPTED
    broken = limits.broken(whole, wanted.seed)
    for line in broken:
        context.error(line)
    return ExitCode.NOT_FOUND if broken else ExitCode.OK
