"""Fit blend, confidence and threshold on held-out questions: ``python -m qabot.training.calibrate``.

The questions are those of unansq-dev: half have an answer, half were written by people to look as if they had. Each is asked
three times: of its own paragraph, of its own article, and of all 32 articles together; a quarter is also asked of a foreign
article. None of these articles was trained on. ``--own`` adds questions that were written for a whole document. What is printed
was measured by two-fold cross-validation over whole articles and documents, each half by the other's threshold; what is stored
was fitted on all of them, the threshold on their cross-validated confidences.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from qabot.evaluation.metrics import expected_calibration_error
from qabot.reading.confidence import Calibration
from qabot.reading.loading import MODEL_FOLDER
from qabot.training.arguments import add_data
from qabot.training.cases import SETTINGS, Case, collect
from qabot.training.examples import HELD_OUT
from qabot.training.fitting import confidence, fit, fit_blend
from qabot.training.own_documents import own_cases
from qabot.training.threshold import best_threshold

log = logging.getLogger("qabot.training")

_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case under a calibration that was not fitted on it."""

    case: Case
    sure: float
    shown: bool


def cross_validate(cases: Sequence[Case], blend: float) -> list[Verdict]:
    """Each half of the articles judged by a fit on the other half."""
    articles = sorted({case.article for case in cases})
    verdicts: list[Verdict] = []
    for half in (set(articles[::2]), set(articles[1::2])):
        calibration = fit([case for case in cases if case.article not in half], blend, "half")
        judged = ((case, confidence(case, calibration)) for case in cases if case.article in half)
        verdicts += [Verdict(case, sure, sure >= calibration.threshold) for case, sure in judged]
    return verdicts


def report(verdicts: Sequence[Verdict], blend: float) -> None:
    """Print ECE and refusals by setting, and risk by coverage."""
    log.info("| setting | questions | ECE | has_answer_f1 | no_answer | right at >= %.1f | reached by |", _SURE)
    log.info("|---|---|---|---|---|---|---|")
    rows = {setting: [one for one in verdicts if one.case.setting == setting] for setting in SETTINGS}
    # In a pool near misses count next to nothing for the fit (see ``fitting``): here is what remains without them.
    rows["pool, answerable"] = [one for one in rows["pool"] if one.case.answerable]
    for setting, part in (rows | {"all": list(verdicts)}).items():
        if not part:
            continue
        right = [one.case.right(blend) for one in part]
        sure = [hit for hit, one in zip(right, part, strict=True) if one.sure >= _SURE]
        kept = [one.case.first_f1(blend) if one.shown else 0.0 for one in part if one.case.answerable]
        refused = [not one.shown for one in part if not one.case.answerable]
        log.info(
            "| %s | %d | %.3f | %s | %s | %s | %.0f%% |",
            setting,
            len(part),
            expected_calibration_error([one.sure for one in part], right),
            f"{100 * np.mean(kept):.1f}" if kept else "-",
            f"{100 * np.mean(refused):.1f}" if refused else "-",
            f"{100 * np.mean(sure):.1f}%" if sure else "-",
            100 * len(sure) / len(part),
        )
    ranked = sorted(verdicts, key=lambda one: -one.sure)
    log.info("| coverage | risk |")
    log.info("|---|---|")
    for coverage in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0):
        first = ranked[: int(coverage * len(ranked))]
        log.info("| %.0f%% | %.1f%% |", 100 * coverage, 100 * (1 - np.mean([one.case.right(blend) for one in first])))


def calibrate(data: Path, model: Path, limit: int | None, seed: int, jobs: int = 1, own: Sequence[Path] = ()) -> Calibration:
    """Collect, fit, report; writes ``calibration.json`` into ``model``."""
    cases = collect(data, model, limit, seed, jobs)
    blend = fit_blend(cases)
    written = own_cases(own, model)
    cases += written
    verdicts = cross_validate(cases, blend)
    report(verdicts, blend)
    names = "".join(f", {file.name}" for file in own)
    # The threshold is judged by confidences that were not fitted on their own cases.
    threshold = best_threshold([(one.sure, one.case) for one in verdicts], blend)
    calibration = replace(fit(cases, blend, f"{HELD_OUT}{names}, {len(cases)} cases"), threshold=threshold)
    log.info("blend %.2f, threshold %.2f", blend, calibration.threshold)
    log.info("weights: %s", {name: round(weight, 3) for name, weight in calibration.weights.items()})
    calibration.save(model / "calibration.json")
    return calibration


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader; its calibration.json is replaced")
    parser.add_argument("--limit", type=int, help="questions an article (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument(
        "--own", type=Path, nargs="+", default=[], metavar="FILE", help="sets NAME.jsonl of questions about ../documents/NAME.*"
    )
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    calibrate(arguments.data, arguments.model, arguments.limit, arguments.seed, arguments.jobs, arguments.own)
