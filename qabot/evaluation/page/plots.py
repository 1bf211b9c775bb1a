"""The plots of a report as SVG, by matplotlib: risk by coverage, reliability, latency."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from qabot.evaluation.metrics import reliability
from qabot.evaluation.report import Report
from qabot.evaluation.stored import thinned

_SIZE = (4.6, 3.2)  # inches
_ONE, _TWO = "#0b6e4f", "#b3541e"


def plots(report: Report) -> dict[str, str]:
    """SVG elements by name, only those that ``report`` has something to say to."""
    # Figures without pyplot: no state that is shared by the process, no display, no settings of the user's.
    drawn: dict[str, str] = {}
    read = report.read
    if read:
        drawn["risk by coverage"] = _svg("risk", lambda axes: _risk(axes, report.risk_coverage))
        rows = reliability([one.confidence for one in read], [one.right for one in read])
        drawn["reliability"] = _svg("reliability", lambda axes: _reliability(axes, rows))
    stages = {
        "all": [one.milliseconds for one in report.judged if one.milliseconds is not None],
        "retrieve": [one.retrieve_ms for one in report.judged if one.retrieve_ms is not None],
        "read": [one.read_ms for one in report.judged if one.read_ms is not None],
    }
    if stages["all"]:
        drawn["latency"] = _svg("latency", lambda axes: _latency(axes, stages))
    return drawn


def _svg(name: str, draw: Any) -> str:
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # Letters stay letters: a page of a few hundred kilobytes less, and its plots can be searched and read aloud.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name, "font.family": "sans-serif", "font.size": 9}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(alpha=0.25)
        draw(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # Three plots share a page: what one of them defines must not answer to another's name.
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)


def _risk(axes: Any, points: Sequence[tuple[float, float]]) -> None:
    few = thinned(list(points))
    axes.plot([100 * coverage for coverage, _ in few], [100 * risk for _, risk in few], color=_ONE)
    axes.set(xlabel="coverage, % of questions answered", ylabel="risk, % of these wrong", xlim=(0, 100), ylim=(0, None))


def _reliability(axes: Any, rows: Sequence[tuple[int, float, float]]) -> None:
    axes.plot([0, 1], [0, 1], color="#888", linewidth=1, linestyle="dashed")
    axes.plot([sure for _, sure, _ in rows], [right for _, _, right in rows], color=_ONE, marker="o", markersize=4, clip_on=False)
    axes.set(xlabel="mean confidence (bins of equal size)", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))


def _latency(axes: Any, stages: dict[str, list[float]]) -> None:
    for (stage, times), colour in zip(stages.items(), ("#555", _TWO, _ONE), strict=True):
        ranked = sorted(times)
        if ranked:
            few = thinned([(time, (number + 1) / len(ranked)) for number, time in enumerate(ranked)])
            axes.plot([time for time, _ in few], [100 * share for _, share in few], color=colour, label=stage)
    axes.set(xlabel="milliseconds", ylabel="% of questions that took no longer", xlim=(0, None), ylim=(0, 100))
    axes.legend(frameon=False)
