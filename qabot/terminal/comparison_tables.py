"""Two runs beside each other on the terminal, and earlier answers against today's documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.evaluation.comparing import Change, Comparison, Difference
from qabot.evaluation.measures import shown
from qabot.evaluation.verifying import Status, Verdict
from qabot.terminal.fitting_table import FittingTable
from qabot.terminal.safe import one_line

_STYLES = {Status.THERE: "qabot.sure", Status.MOVED: "qabot.likely", Status.CHANGED: "qabot.unsure", Status.GONE: "qabot.unsure"}


def differences_table(differences: Sequence[Difference], before: str, after: str) -> FittingTable:
    """A row for every measure; what is less likely than one in twenty by chance is marked with a star."""
    titles = (one_line(before), one_line(after), "difference", "95% interval", "p", "questions")
    table = FittingTable("measure", *(f">{title}" for title in titles), needed=3)
    for one in differences:
        figures = (shown(one.name, one.before), shown(one.name, one.after), f"{one.difference:+.1f}")
        p = f"{'*' if one.p < 0.05 else ''}{f'{one.p:.3f}' if one.p >= 0.001 else '<0.001'}"
        table.add_row(one.name, *figures, f"{one.low:+.1f} to {one.high:+.1f}", p, f"{one.questions:,}")
    return table


def comparison_table(comparison: Comparison, before: str, after: str, most: int) -> RenderableType:
    """The differences, and at most ``most`` of the questions won and of those lost, with both answers."""
    parts: list[RenderableType] = [
        differences_table(comparison.differences, before, after),
        Text("p: paired randomisation test, two-sided; * below 0.05", style="qabot.faint"),
    ]
    for name, changes in (("won", comparison.won), ("lost", comparison.lost)):
        parts += ["", Text(f"{name} by {comparison.leading}: {len(changes):,} of {comparison.questions:,} questions")]
        parts += [_change(change, read=comparison.leading == "f1") for change in changes[:most]]
        if len(changes) > most:
            parts.append(Text(f"  and {len(changes) - most:,} more (--show N, or all with --json)", style="qabot.faint"))
    return Group(*parts)


def before_and_after(
    figures: Mapping[str, tuple[float | None, float | None]], questions: int, threshold: float, fitted: float
) -> RenderableType:
    """What a calibration does to each of ``figures``, and the threshold before and after it."""
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("measure")
    for title in ("before", "after", "difference"):
        table.add_column(title, justify="right")
    for name, (before, after) in figures.items():
        if before is not None and after is not None:
            sign = "+" if after >= before else "-"
            table.add_row(name, shown(name, before), shown(name, after), f"{sign}{shown(name, abs(after - before))}")
    table.add_row("threshold", f"{threshold:.2f}", f"{fitted:.2f}", f"{fitted - threshold:+.2f}")
    note = f"{questions:,} questions; after: each judged by a fit on the others (5-fold cross-validation)"
    return Group(table, Text(note, style="qabot.faint"))


def verdicts_list(verdicts: Sequence[Verdict]) -> RenderableType:
    """A line for every answer: what became of it, where it stands, and its words."""
    return Group(*map(_verdict, verdicts))


def _change(change: Change, *, read: bool) -> Text:
    """A question with what both runs answered; with its gain alone where nothing was ``read`` for it."""
    asked = f"  {one_line(change.id)}: {one_line(change.question)}"
    if not read:
        return Text(f"{asked}  {change.gain:+.1f}")
    golds = one_line(" | ".join(change.golds)) if change.golds else "no answer"
    return Text.assemble(
        asked,
        (f" (gold: {golds})\n", "qabot.faint"),
        f"    {change.gain:+.1f}  {one_line(change.before) or 'refused'}",
        (" -> ", "qabot.faint"),
        one_line(change.after) or "refused",
    )


def _verdict(verdict: Verdict) -> Text:
    claim = verdict.claim
    old = f"{one_line(claim.path)}:{claim.location.line}:{claim.location.column}"
    new = f" -> {verdict.location.line}:{verdict.location.column}" if verdict.location and verdict.status != Status.THERE else ""
    line = Text.assemble((f"{verdict.status.value:<11}", _STYLES[verdict.status]), "  ", (old + new, "qabot.source"))
    line.append(f"  {one_line(claim.text)}")
    if verdict.now:
        line.append(
            f"\n             now: {one_line(verdict.now)}" if verdict.location else f" ({one_line(verdict.now)})", "qabot.faint"
        )
    return line
