"""Two fine-tuned readers -> one between them: ``python -m qabot.training.interpolate --first DIR --second DIR --out DIR``.

A straight line between the weights keeps most of what either has learned (Wortsman et al. 2022, "Robust fine-tuning").
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from transformers import BertForQuestionAnswering


def interpolate(first: Path, second: Path, share: float, out: Path) -> None:
    """Write (1 - ``share``) of ``first`` plus ``share`` of ``second`` into the folder ``out``, as float32."""
    model = BertForQuestionAnswering.from_pretrained(first, dtype=torch.float32)
    other = BertForQuestionAnswering.from_pretrained(second, dtype=torch.float32)
    with torch.no_grad():
        for mine, theirs in zip(model.parameters(), other.parameters(), strict=True):
            mine.lerp_(theirs, share)
    model.save_pretrained(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--first", type=Path, required=True)
    parser.add_argument("--second", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.65, help="how far to go from the first to the second")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    interpolate(arguments.first, arguments.second, arguments.share, arguments.out)
