"""What a teacher says of every token: ``python -m qabot.training.label --data DIR --teacher DIR --out DIR``.

Reads the batches of a pass as `train` makes them, and writes the teacher's start and end logits of each, one file a batch;
started again it goes on with the first that is missing. ``train --labels DIR`` learns from them, as often as it likes: the
teacher, eight times the work, reads each example once.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import PreTrainedModel

from qabot.training.arguments import add_data, add_shares, recipe_of
from qabot.training.batches import Batch
from qabot.training.examples import RECIPE, Recipe
from qabot.training.int8_teacher import Int8Teacher
from qabot.training.labels import Logits, file_of, write_labels
from qabot.training.train import TOKENS, load_model, pass_batches, pass_seed

log = logging.getLogger("qabot.training")


Teacher = Callable[[Batch], Logits]


class FloatTeacher:
    """What ``model`` says of batches, as it is."""

    def __init__(self, model: PreTrainedModel, *, compiled: bool, bfloat16: bool) -> None:
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        model = model.to(self._device).eval()
        self._forward = torch.compile(model, dynamic=True) if compiled else model
        self._bfloat16 = bfloat16

    def __call__(self, batch: Batch) -> Logits:
        ids, mask = (torch.from_numpy(values).to(self._device) for values in (batch.ids, batch.mask))
        with torch.inference_mode(), torch.autocast(self._device, dtype=torch.bfloat16, enabled=self._bfloat16):
            output = self._forward(input_ids=ids, attention_mask=mask)
        logits: Logits = torch.stack([output.start_logits, output.end_logits]).float().cpu().numpy()
        return logits


def label(
    data: Path,
    make_teacher: Callable[[Batch], Teacher],
    labels: Path,
    seed: int,
    tokens: int,
    limit: int,
    recipe: Recipe = RECIPE,
) -> None:
    """Label the first ``limit`` examples of the pass of ``recipe`` with ``seed`` that ``labels`` doesn't have yet; the teacher is
    made when the first batch is there to be looked at.
    """
    file_of(labels, seed, 0).parent.mkdir(parents=True, exist_ok=True)
    began, seen, made = time.monotonic(), 0, 0
    teacher: Teacher | None = None
    for number, batch in enumerate(pass_batches(data, seed, tokens, recipe)):
        if teacher is None:
            teacher, began = make_teacher(batch), time.monotonic()
        if seen >= limit:
            break
        seen += len(batch.ids)
        path = file_of(labels, seed, number)
        if path.exists():
            continue
        write_labels(path, teacher(batch))
        made += len(batch.ids)
        if number % 50 == 0:
            log.info("%7d examples  %.1f examples/s", seen, made / (time.monotonic() - began))
    log.info("%7d examples labelled", seen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--teacher", required=True, help="a model folder that `train --start` of a teacher gave")
    parser.add_argument("--out", type=Path, required=True, help="folder of the logits")
    parser.add_argument("--seed", type=int, default=1, help="of the run that is to learn from them")
    parser.add_argument("--tokens", type=int, default=TOKENS, help="tokens a batch, as that run's")
    parser.add_argument("--limit", type=int, default=1_000_000, help="examples to label at most")
    add_shares(parser)
    parser.add_argument("--bfloat16", action=argparse.BooleanOptionalAction, default=True, help="multiply matrices in bfloat16")
    parser.add_argument("--int8", action=argparse.BooleanOptionalAction, default=False, help="quantise it first: faster on a CPU")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=False, help="compile the model first (C++)")
    args = parser.parse_args()
    args.recipe = recipe_of(parser, args)
    return args


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    args = _arguments()
    model = load_model(args.teacher)

    def made_for(first: Batch) -> Teacher:
        return Int8Teacher(model, first) if args.int8 else FloatTeacher(model, compiled=args.compile, bfloat16=args.bfloat16)

    label(args.data, made_for, args.out, pass_seed(args.seed, 0), args.tokens, args.limit, args.recipe)
