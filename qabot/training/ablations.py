"""What each part of the recipe brings: ``python -m qabot.training.ablations --work DIR``.

Every variant is trained from the base model on an equal slice of a pass, once a seed, and measured on questions of unansq-dev,
each asked of its own paragraph: how well the best span fits, and the F1 over all questions at the best threshold. A run that
is already in ``--work`` is not made again.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import mean

from qabot.reading.loading import MODEL_FOLDER
from qabot.training.arguments import add_data
from qabot.training.examples import HELD_OUT, RECIPE, Recipe
from qabot.training.export import export
from qabot.training.quantisation import measure
from qabot.training.train import AVERAGED, TOKENS, Run, base_model, pass_batches, rate_at

log = logging.getLogger("qabot.training")

VARIANTS: Mapping[str, Recipe] = {
    "the recipe": RECIPE,
    "an answer counts at its first place only": replace(RECIPE, any_occurrence=False),
    "questions as they were written": replace(RECIPE, no_question_mark=0.0, misspelt=0.0),
    "whole contexts only": replace(RECIPE, cut=0.0, short=0.0),
}
LAST = "the recipe, last weights instead of averaged"
EXAMPLES = 8000
_WARM_UP = 800
_MEASURED = {"best_exact_match": "best EM", "best_f1": "best F1", "f1_tuned": "F1 with the best threshold"}

Figures = Mapping[str, float]


def train_slice(data: Path, recipe: Recipe, seed: int, examples: int, *, compiled: bool) -> Run:
    """A run from the base model over the first ``examples`` of the pass with ``seed``, the rate falling all the way."""
    run = Run(str(base_model()), seed, "cpu", compiled=compiled)
    for batch in pass_batches(data, seed, TOKENS, recipe, examples):
        run.step(batch, rate_at(run.seen, examples, examples, warm_up=_WARM_UP), bfloat16=True)
    return run


def figures(weights: Path, data: Path, limit: int) -> Figures:
    """How well the float model in the folder ``weights`` does on ``limit`` held-out questions, in percent."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder)
        export(weights, base_model() / "tokenizer.json", model)
        shutil.copyfile(MODEL_FOLDER / "calibration.json", model / "calibration.json")
        metrics, _ = measure(model, data / HELD_OUT, limit, seed=7)
    return {name: metrics[name] or 0.0 for name in _MEASURED}


def ablate(data: Path, work: Path, seeds: Sequence[int], limit: int, *, compiled: bool) -> None:
    """Make every run that ``work`` doesn't have yet, and print the table of all."""
    for seed, (name, recipe) in product(seeds, VARIANTS.items()):
        done = _file(work, name, seed)
        if done.exists() and (recipe is not RECIPE or _file(work, LAST, seed).exists()):
            continue
        run = train_slice(data, recipe, seed, EXAMPLES, compiled=compiled)
        with tempfile.TemporaryDirectory() as folder:
            run.keep(Path(folder))
            _store(_file(work, name, seed), figures(Path(folder) / AVERAGED, data, limit))
            if recipe is RECIPE:
                run.model.save_pretrained(Path(folder) / "last")
                _store(_file(work, LAST, seed), figures(Path(folder) / "last", data, limit))
    _print_table(work, seeds, limit)


def _print_table(work: Path, seeds: Sequence[int], limit: int) -> None:
    log.info(
        "| %d examples, seeds %s; %d questions | %s |",
        EXAMPLES,
        ", ".join(map(str, seeds)),
        limit,
        " | ".join(_MEASURED.values()),
    )
    log.info("|---|%s", "---|" * len(_MEASURED))
    for name in (*VARIANTS, LAST):
        runs: list[Figures] = [json.loads(_file(work, name, seed).read_text(encoding="utf-8")) for seed in seeds]
        cells = [f"{mean(run[one] for run in runs):.1f} ({', '.join(f'{run[one]:.1f}' for run in runs)})" for one in _MEASURED]
        log.info("| %s | %s |", name, " | ".join(cells))


def _file(work: Path, name: str, seed: int) -> Path:
    return work / f"{name.replace(' ', '_').replace(',', '')}.{seed}.json"


def _store(file: Path, found: Figures) -> None:
    """Write ``found`` whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(dict(found)), encoding="utf-8")
    os.replace(part, file)
    log.info("%s: %s", file.stem, dict(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--work", type=Path, required=True, help="folder of what each run gave")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--limit", type=int, default=1000, help="held-out questions to measure on")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=False, help="compile the model first (C++)")
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    arguments.work.mkdir(parents=True, exist_ok=True)
    ablate(arguments.data, arguments.work, arguments.seeds, arguments.limit, compiled=arguments.compile)
