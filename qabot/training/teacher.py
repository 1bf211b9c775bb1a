"""A larger model made ready to be trained as a teacher: ``python -m qabot.training.teacher --model DIR --out DIR``.

``DIR`` holds all-mpnet-base-v2 (MPNet, Song et al. 2020; 12 layers of 768): its words are those of our reader under other
numbers. Its embeddings are put into our reader's order, so that both read the very same tokens and every token's score of one
stands beside that of the other. ``train --start OUT --frozen 4 --rate 5e-5`` trains it.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import MPNetForQuestionAnswering

from qabot.training.train import base_model

log = logging.getLogger("qabot.training")

_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>", "[MASK]": "<mask>"}


def rows_by_word(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """The number in ``others`` of each of ``words``, the marks by what they do. Raises ValueError when one is missing."""
    place = {word: number for number, word in enumerate(others)}
    named = [_MARKS.get(word, word) for word in words]
    missing = [word for word in named if word not in place]
    if missing:
        raise ValueError(f"the other vocabulary lacks {len(missing)} words, among them {missing[0]!r}")
    return [place[word] for word in named]


def _words(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def make_teacher(folder: Path, out: Path) -> None:
    """Write the model in ``folder``, with an untrained span head and its embeddings in our reader's order, to ``out``."""
    torch.manual_seed(0)
    model = MPNetForQuestionAnswering.from_pretrained(folder, dtype=torch.float32)
    rows = rows_by_word(_words(base_model() / "vocab.txt"), _words(folder / "vocab.txt"))
    embeddings = torch.nn.Embedding.from_pretrained(model.get_input_embeddings().weight[rows].clone())
    model.set_input_embeddings(embeddings)
    model.config.vocab_size = len(rows)
    model.save_pretrained(out)
    log.info("%s: a teacher of %d layers", out, model.config.num_hidden_layers)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    arguments = parser.parse_args()
    make_teacher(arguments.model, arguments.out)
