"""Limits that a build is held to: floors and ceilings of figures, and drops against an earlier run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from qabot.errors import QabotError
from qabot.evaluation.comparing import Comparison
from qabot.evaluation.measures import lower_is_better, shown


@dataclass(frozen=True, slots=True)
class Limit:
    """A measure by its name in ``metrics``, and a figure for it."""

    name: str
    value: float


def parse_limit(text: str) -> Limit:
    """``NAME=VALUE``. Raises QabotError.

    >>> parse_limit("f1=80")
    Limit(name='f1', value=80.0)
    """
    name, _, value = text.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not name.strip() or not isfinite(number):
        raise QabotError(f"{text!r} is no limit; write NAME=NUMBER, as in f1=80")
    return Limit(name.strip(), number)


def check_names(limits: Iterable[Limit], names: Collection[str]) -> None:
    """Raises QabotError, which lists ``names``, for a limit on anything else."""
    for limit in limits:
        if limit.name not in names:
            raise QabotError(f"there is no measure {limit.name!r}; there are: {', '.join(names)}")


def missed(limits: Sequence[Limit], metrics: Mapping[str, float | None]) -> list[str]:
    """A line for each of ``limits`` that the figures miss: they are floors, but for what is better low: that has a ceiling.

    Raises QabotError for an unknown name, and for a figure that this run doesn't have.
    """
    check_names(limits, metrics)
    lines = []
    for limit in limits:
        value = metrics[limit.name]
        if value is None:
            raise QabotError(f"{limit.name} can't be held to a limit: nothing in this run speaks to it")
        if lower_is_better(limit.name):
            if value > limit.value:
                lines.append(_line(limit, value, "above its ceiling of"))
        elif value < limit.value:
            lines.append(_line(limit, value, "below its floor of"))
    return lines


def dropped(limits: Sequence[Limit], comparison: Comparison) -> list[str]:
    """A line for each measure that got worse by more than its limit, if the 95% interval of the difference excludes zero.

    Raises QabotError for a name that isn't a mean of both runs.
    """
    by_name = {one.name: one for one in comparison.differences}
    check_names(limits, by_name)
    lines = []
    for limit in limits:
        one = by_name[limit.name]
        drop = one.difference if lower_is_better(limit.name) else -one.difference
        if drop > limit.value and (one.low > 0 or one.high < 0):
            before, after = shown(limit.name, one.before), shown(limit.name, one.after)
            interval = f"95% interval of the difference {one.low:+.1f} to {one.high:+.1f}"
            moved = "rose" if lower_is_better(limit.name) else "fell"
            lines.append(f"{limit.name} {moved} from {before} to {after}, by more than {limit.value:g} ({interval})")
    return lines


def _line(limit: Limit, value: float, how: str) -> str:
    # More digits where the rounded figure would seem to reach its limit.
    figure = shown(limit.name, value) if float(shown(limit.name, value)) != limit.value else f"{value:.6g}"
    return f"{limit.name} is {figure}, {how} {limit.value:g}"
