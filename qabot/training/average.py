"""The mean of several runs' weights: ``python -m qabot.training.average --of DIR 0.4 --of DIR 0.6 --out DIR``.

Runs that began from the same weights stay close enough for their mean to be a model too, and mostly a better one than each of
them (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from transformers import BertForQuestionAnswering

log = logging.getLogger("qabot.training")


def average(parts: Sequence[tuple[Mapping[str, torch.Tensor], float]]) -> dict[str, torch.Tensor]:
    """The weighted mean of equally shaped weights; the shares are taken as parts of their sum.

    Raises ValueError when the shares don't sum to more than 0, or the parts have different weights.
    """
    total = sum(share for _, share in parts)
    if not total > 0:
        raise ValueError(f"the shares must sum to more than 0, not to {total}")
    shapes = [{name: tensor.shape for name, tensor in weights.items()} for weights, _ in parts]
    if any(other != shapes[0] for other in shapes):
        raise ValueError("these models don't have the same weights")
    return {name: sum(weights[name] * (share / total) for weights, share in parts) for name in parts[0][0]}


def main(of: Sequence[tuple[Path, float]], out: Path) -> None:
    """Write the mean of the model folders ``of`` as a model folder ``out``."""
    models = [(BertForQuestionAnswering.from_pretrained(folder, dtype=torch.float32), share) for folder, share in of]
    mean = average([(model.state_dict(), share) for model, share in models])
    models[0][0].save_pretrained(out, state_dict=mean)
    log.info("%s: the mean of %s", out, ", ".join(f"{folder} ({share:g})" for folder, share in of))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--of", nargs=2, action="append", required=True, metavar=("DIR", "SHARE"), help="a model folder and its share"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    args = parser.parse_args()
    try:
        args.of = [(Path(folder), float(share)) for folder, share in args.of]
    except ValueError:
        parser.error("a share is a number, as in --of DIR 0.5")
    return args


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    main(arguments.of, arguments.out)
