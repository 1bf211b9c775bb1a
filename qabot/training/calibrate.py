"""Fit blend, confidence and threshold on held-out questions: ``python -m qabot.training.calibrate``.

The questions are those of unansq-dev: half have an answer, half were written by people to look as if they had. Each is asked
three times: of its own paragraph, of its own article, and of all 32 articles together; a quarter is also asked of a foreign
article. None of these articles was trained on. What is printed was measured by two-fold cross-validation over whole articles;
what is stored was fitted on all of them.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qabot.answering import Bot
from qabot.assembly import bot_for
from qabot.evaluation.metrics import best_over_golds, expected_calibration_error, f1
from qabot.evaluation.questions import Question, read_question_set
from qabot.reading.confidence import FEATURES, Calibration, gaps
from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.reader import GAP_ALONE
from qabot.records import Document
from qabot.training.examples import HELD_OUT

log = logging.getLogger("qabot.training")

SETTINGS = ("paragraph", "article", "pool", "foreign")
_BLENDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7)
_RIDGE = 1e-2  # keeps weights of features that say the same from growing against each other
_RIGHT = 0.5  # F1 from which on a candidate counts as right

# The direction in which each feature can speak. Questions written to mislead repeat the words of their paragraph, so a free fit
# would hold it against a passage that it has the question's words; a feature that comes out against its sign is left out.
SIGNS = {"margin": 1, "gap": 1, "matched": 1, "absent": -1, "retrieval": 1, "agreement": 1}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One question asked in one setting: its candidates' numbers and how right each would be.

    ``margins``, ``bm25``, ``f1`` : [candidates]; ``features``: the rest of the features by name, [candidates].
    """

    setting: str
    article: str
    answerable: bool
    margins: Floats
    bm25: Floats
    features: dict[str, Floats]
    f1: Floats

    def best(self, blend: float) -> tuple[int, float]:
        """The number of the candidate that ``blend`` puts first, and its gap."""
        scores = self.margins + blend * self.bm25
        first = int(np.argmax(scores))
        return first, gaps(list(scores), GAP_ALONE)[first]

    def row(self, blend: float) -> list[float]:
        """The features of the candidate that ``blend`` puts first, in the order of ``FEATURES``."""
        first, gap = self.best(blend)
        own = {name: float(values[first]) for name, values in self.features.items()}
        return [{**own, "margin": float(self.margins[first]), "gap": gap}[name] for name in FEATURES]


def collect(data: Path, model: Path, limit: int | None, seed: int) -> list[Case]:
    """Ask every held-out question in every setting (``limit`` questions an article, when given)."""
    held_out = read_question_set(data / HELD_OUT)
    rng = random.Random(seed)
    articles: dict[str, list[Document]] = {}
    for document in held_out.documents:
        articles.setdefault(document.title, []).append(document)
    titles = {document.id: document.title for document in held_out.documents}
    questions: dict[str, list[Question]] = {}
    for question in held_out.questions:
        if question.document is not None:
            questions.setdefault(titles[question.document], []).append(question)
    pool = bot_for(held_out.documents, model=model)
    cases: list[Case] = []
    for number, (title, documents) in enumerate(articles.items(), start=1):
        chosen = questions[title] if limit is None else rng.sample(questions[title], min(limit, len(questions[title])))
        other = rng.choice([name for name in articles if name != title])
        article, foreign = bot_for(documents, model=model), bot_for(articles[other], model=model)
        by_id = {document.id: document for document in documents}
        for question in sorted(chosen, key=lambda one: one.document or ""):
            paragraph = bot_for([by_id[question.document or ""]], model=model)
            cases += [_case("paragraph", title, paragraph, question), _case("article", title, article, question)]
            cases.append(_case("pool", title, pool, question))
            if rng.random() < 0.25:
                cases.append(_case("foreign", title, foreign, question))
        log.info("%2d of %d articles asked", number, len(articles))
    return cases


def _case(setting: str, article: str, bot: Bot, question: Question) -> Case:
    candidates = bot.ask(question.question).candidates
    answerable = bool(question.answers) and setting != "foreign"
    evidence = [one.evidence for one in candidates]
    rest = [name for name in FEATURES if name not in {"margin", "gap"}]
    return Case(
        setting,
        article,
        answerable,
        np.array([one.margin for one in evidence]),
        np.array([one.retrieval_score for one in evidence]),
        {name: np.array([one.features[name] for one in evidence]) for name in rest},
        np.array([best_over_golds(f1, one.text, question.answers) if answerable else 0.0 for one in candidates]),
    )


def fit_blend(cases: Sequence[Case]) -> float:
    """The blend whose first candidates have the highest mean F1 over answerable questions, each setting counting alike."""
    means = {blend: float(np.mean([_mean_f1(cases, setting, blend) for setting in SETTINGS[:3]])) for blend in _BLENDS}
    for blend, value in means.items():
        log.info("blend %.2f: best F1 %.2f", blend, 100 * value)
    return max(means, key=lambda blend: means[blend])


def _mean_f1(cases: Sequence[Case], setting: str, blend: float) -> float:
    return float(np.mean([case.f1[case.best(blend)[0]] for case in cases if case.setting == setting and case.answerable]))


def fit_logistic(rows: Floats, right: Floats) -> tuple[float, Floats]:
    """Bias and weights [features] of a ridge-penalised logistic regression on ``rows`` [cases, features], by Newton's method
    (iteratively reweighted least squares; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).
    """
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    inputs = np.column_stack([np.ones(len(rows)), (rows - mean) / scale])
    weights = np.zeros(inputs.shape[1])
    penalty = _RIDGE * len(rows) * np.diag([0.0] + [0.01] * rows.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (right - probability) - penalty @ weights
        curvature = (inputs * (probability * (1 - probability))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    slopes = weights[1:] / scale
    return float(weights[0] - slopes @ mean), slopes


def fit(cases: Sequence[Case], blend: float, fitted_on: str) -> Calibration:
    """The confidence fitted on ``cases``, and the threshold that balances wrong answers and missed ones on them."""
    rows = np.array([case.row(blend) for case in cases])
    right = np.array([float(case.f1[case.best(blend)[0]] >= _RIGHT) for case in cases])
    named: dict[str, float] = dict.fromkeys(FEATURES, 0.0)
    kept = list(range(len(FEATURES)))
    while True:
        bias, weights = fit_logistic(rows[:, kept], right)
        wrong = {number for number, weight in zip(kept, weights, strict=True) if weight * SIGNS[FEATURES[number]] < 0}
        if not wrong:
            break
        kept = [number for number in kept if number not in wrong]
    named |= {FEATURES[number]: float(weight) for number, weight in zip(kept, weights, strict=True)}
    calibration = Calibration(blend, bias, named, 0.5, fitted_on)
    return Calibration(blend, bias, named, best_threshold(cases, calibration), fitted_on)


def confidence(case: Case, calibration: Calibration) -> float:
    """What ``calibration`` says of the case's first candidate."""
    return calibration.probability(dict(zip(FEATURES, case.row(calibration.blend), strict=True)))


def balance(cases: Sequence[Case], calibration: Calibration, threshold: float) -> tuple[float, float]:
    """Mean F1 over answerable cases and share of unanswerable ones refused, both 0 to 1."""
    kept, refused = [], []
    for case in cases:
        given = confidence(case, calibration) >= threshold
        if case.answerable:
            kept.append(float(case.f1[case.best(calibration.blend)[0]]) if given else 0.0)
        else:
            refused.append(0.0 if given else 1.0)
    return float(np.mean(kept)), float(np.mean(refused))


def best_threshold(cases: Sequence[Case], calibration: Calibration) -> float:
    """The threshold with the highest sum of F1 on answerable questions of an article and of unanswerable ones refused.

    Half of the latter are near misses (written to mislead), half of a foreign article: a person asks both.
    """
    own = [case for case in cases if case.setting == "article"]
    foreign = [case for case in cases if case.setting == "foreign"]

    def worth(threshold: float) -> float:
        kept, misled = balance(own, calibration, threshold)
        strangers = np.mean([confidence(case, calibration) < threshold for case in foreign])
        return kept + (misled + float(strangers)) / 2

    return max((step / 100 for step in range(10, 91, 2)), key=worth)


def cross_validate(cases: Sequence[Case], blend: float) -> None:
    """Print what a fit on half of the articles is worth on the other half: ECE by setting, and risk by coverage."""
    articles = sorted({case.article for case in cases})
    halves = set(articles[::2]), set(articles[1::2])
    judged: list[tuple[Case, float, Calibration]] = []
    for half in halves:
        calibration = fit([case for case in cases if case.article not in half], blend, "half")
        judged += [(case, confidence(case, calibration), calibration) for case in cases if case.article in half]
    log.info("| setting | questions | ECE | has_answer_f1 | no_answer | right at >= 0.9 | reached by |")
    log.info("|---|---|---|---|---|---|---|")
    for setting in (*SETTINGS, "all"):
        part = [one for one in judged if setting in {one[0].setting, "all"}]
        right = [bool(case.f1[case.best(blend)[0]] >= _RIGHT) for case, _, _ in part]
        sure = [hit for hit, (_, value, _) in zip(right, part, strict=True) if value >= 0.9]
        ece = expected_calibration_error([value for _, value, _ in part], right)
        kept = [float(c.f1[c.best(blend)[0]]) * (v >= k.threshold) for c, v, k in part if c.answerable]
        refused = [float(v < k.threshold) for c, v, k in part if not c.answerable]
        log.info(
            "| %s | %d | %.3f | %s | %.1f | %.1f%% | %.0f%% |",
            setting,
            len(part),
            ece,
            f"{100 * np.mean(kept):.1f}" if kept else "-",
            100 * np.mean(refused),
            100 * np.mean(sure) if sure else float("nan"),
            100 * len(sure) / len(part),
        )
    ranked = sorted(((value, float(case.f1[case.best(blend)[0]] >= _RIGHT)) for case, value, _ in judged), reverse=True)
    for coverage in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0):
        first = ranked[: int(coverage * len(ranked))]
        log.info("coverage %3.0f%%: risk %.1f%%", 100 * coverage, 100 * (1 - np.mean([hit for _, hit in first])))


def calibrate(data: Path, model: Path, limit: int | None, seed: int) -> Calibration:
    """Collect, fit, report; writes ``calibration.json`` into ``model``."""
    cases = [case for case in collect(data, model, limit, seed) if len(case.margins)]
    blend = fit_blend(cases)
    cross_validate(cases, blend)
    calibration = fit(cases, blend, f"{HELD_OUT}, {len(cases)} cases")
    log.info("blend %.2f, threshold %.2f", blend, calibration.threshold)
    log.info("weights: %s", {name: round(weight, 3) for name, weight in calibration.weights.items()})
    calibration.save(model / "calibration.json")
    return calibration


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("QABOT_DATA"), help="question sets (default: $QABOT_DATA)")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader; its calibration.json is replaced")
    parser.add_argument("--limit", type=int, help="questions an article (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.data is None:
        parser.error("name the folder of the question sets: --data DIR or $QABOT_DATA")
    args.data = Path(args.data)
    return args


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    calibrate(arguments.data, arguments.model, arguments.limit, arguments.seed)
