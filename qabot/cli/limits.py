"""``--floor``, ``--baseline`` and ``--max-drop``: what a build is held to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from qabot.evaluation.comparing import Run, compare, paired, read_run, run_from, to_be_asked
from qabot.evaluation.gates import Limit, check_names, dropped, missed, parse_limit
from qabot.evaluation.question import Question


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one run; ``baseline`` is the run that drops are counted from."""

    floors: Sequence[Limit]
    drops: Sequence[Limit]
    baseline: Run | None

    def check_asked(self, questions: Iterable[Question]) -> None:
        """Raises QuestionSetError when the baseline was asked other questions: nobody should learn that after an hour."""
        if self.baseline is not None:
            paired(self.baseline, to_be_asked("this run", questions))

    def broken(self, whole: Mapping[str, Any], seed: int) -> list[str]:
        """A line for each limit that the report ``whole`` doesn't keep. Raises QabotError where one can't be judged."""
        lines = missed(self.floors, whole["metrics"])
        if self.baseline is not None:
            lines += dropped(self.drops, compare(self.baseline, run_from("this run", whole), seed=seed))
        return lines


def limits_of(
    floors: Sequence[str],
    baseline: str | None,
    max_drops: Sequence[str],
    names: Collection[str],
    means: Collection[str],
    jobs: int,
) -> Limits:
    """The limits as they were written, checked before anything is asked. Raises click.UsageError or QabotError."""
    if (baseline is None) != (not max_drops):
        raise click.UsageError("--baseline and --max-drop need each other: the run to compare with, and what may be lost")
    wanted, drops = [parse_limit(text) for text in floors], [parse_limit(text) for text in max_drops]
    check_names(wanted, names)
    check_names(drops, means)
    timed = [limit.name for limit in wanted if limit.name.endswith("_ms")]
    if timed and jobs > 1:
        raise click.UsageError(f"{timed[0]} is measured with one job only; leave out --jobs or the limit")
    return Limits(wanted, drops, None if baseline is None else read_run(baseline))
