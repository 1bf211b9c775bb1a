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
from pathlib import Path

import torch

from qabot.training.arguments import add_data
from qabot.training.labels import file_of, write_labels
from qabot.training.train import TOKENS, load_model, pass_batches, pass_seed

log = logging.getLogger("qabot.training")


def label(data: Path, teacher: str, labels: Path, seed: int, tokens: int, limit: int, *, compiled: bool, bfloat16: bool) -> None:
    """Label the first ``limit`` examples of the pass with ``seed`` that ``labels`` doesn't have yet."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_model(teacher).to(device).eval()
    forward = torch.compile(model, dynamic=True) if compiled else model
    file_of(labels, seed, 0).parent.mkdir(parents=True, exist_ok=True)
    began, seen, made = time.monotonic(), 0, 0
    for number, batch in enumerate(pass_batches(data, seed, tokens)):
        if seen >= limit:
            break
        seen += len(batch.ids)
        path = file_of(labels, seed, number)
        if path.exists():
            continue
        ids, mask = (torch.from_numpy(values).to(device) for values in (batch.ids, batch.mask))
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16, enabled=bfloat16):
            output = forward(input_ids=ids, attention_mask=mask)
        write_labels(path, torch.stack([output.start_logits, output.end_logits]).float().cpu().numpy())
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
    parser.add_argument("--bfloat16", action=argparse.BooleanOptionalAction, default=True, help="multiply matrices in bfloat16")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=False, help="compile the model first (C++)")
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    args = _arguments()
    label(
        args.data,
        args.teacher,
        args.out,
        pass_seed(args.seed, 0),
        args.tokens,
        args.limit,
        compiled=args.compile,
        bfloat16=args.bfloat16,
    )
