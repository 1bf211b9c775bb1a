"""``qabot compare``: what got better and what worse from one evaluation to another, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option
from qabot.terminal.console import Color


@click.command(short_help="Compare two evaluations, question by question.")
@click.argument("before", metavar="A.json", shell_complete=complete_paths)
@click.argument("after", metavar="B.json", shell_complete=complete_paths)
@click.option("--common", is_flag=True, help="Compare only the questions that both were asked.")
@click.option(
    "--show", type=click.IntRange(0), default=10, show_default=True, metavar="N", help="Questions won and lost to list."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="What all drawing begins from.")
@click.option("--json", "as_json", is_flag=True, help="All differences and every question won or lost, as JSON.")
@color_option
@quiet_option
@click.pass_obj
def compare(
    context: Context, before: str, after: str, common: bool, show: int, seed: int, as_json: bool, color: Color, quiet: bool
) -> ExitCode:
    """Compare what qabot eval --json wrote to A.json with what it wrote to B.json.

    Questions are paired by id. Differences are B less A, each with its 95% bootstrap interval and the p of a paired randomisation
    test.
    """
    from qabot.evaluation.comparing import compare as compare_runs
    from qabot.evaluation.comparing import read_run

    context.quiet, context.color = quiet, color
    one, other = read_run(before), read_run(after)
    for run in (one, other):
        if run.partial:
            context.warn(f"{run.name}: is partial; the run was broken off")
    for name in ("corpus", "model", "calibration"):
        if name in one.made_with and name in other.made_with and one.made_with[name] != other.made_with[name]:
            context.warn(f"the two were made with another {name}")
    comparison = compare_runs(one, other, seed=seed, common=common)
    if as_json:
        context.write_json({"schema": 1, "before": before, "after": after, "seed": seed, **asdict(comparison)})
    else:
        from qabot.terminal.comparison_tables import comparison_table

        context.console().print(comparison_table(comparison, *_titles(before, after), show))
    return ExitCode.OK


def _titles(before: str, after: str) -> tuple[str, str]:
    names = Path(before).stem, Path(after).stem
    return names if names[0] != names[1] and max(map(len, names)) <= 16 else ("A", "B")
