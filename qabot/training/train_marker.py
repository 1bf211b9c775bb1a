"""Train what marks the items of lists, on a reader that stays as it is: ``python -m qabot.training.train_marker --model DIR``.

Learns from the plain and list questions in ``written/``, as the shipped reader sees them: the states of its layers are written
once, and the head alone is trained. Deterministic by ``--seed``; takes minutes on a CPU.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional

from qabot.ingest.passages import cut_passages
from qabot.reading.loading import MARKER, MODEL_FOLDER, load_windows
from qabot.reading.marking import BEGINS
from qabot.reading.network import STATES, Network
from qabot.training.marker import Marker
from qabot.training.passes import run_passes
from qabot.training.tags import UNKNOWN, tags_of
from qabot.training.written import FOLDER, written_sets

log = logging.getLogger("qabot.training")

RATE = 2e-3
WARM_UP = 50  # steps
_DECAY = 0.6  # of the steps, at the end
_ROWS = 32  # a batch
_WEIGHTS = {True: 1.5, False: 0.5}  # of the tokens of a list, and of a plain question
_SMALL = 1024  # values; smaller tensors stay in single precision


@dataclass(frozen=True, slots=True)
class Marked:
    """A window's states, [tokens, values], in half precision, and the tags of its tokens, `UNKNOWN` where none begins a word."""

    states: NDArray[np.float16]
    tags: NDArray[np.int64]

    @property
    def is_list(self) -> bool:
        return int((self.tags == BEGINS).sum()) > 1


def marked_windows(network: Network, model: Path, folder: Path = FOLDER) -> Iterator[Marked]:
    """What the sets in ``folder`` give to learn from: each plain and list question with every passage that holds its sentence."""
    windows = load_windows(model)
    for written in written_sets(folder):
        passages = cut_passages([written.document])
        for asked in written.asked:
            if asked.items is None or asked.sentence is None:
                continue
            for passage in passages:
                if asked.sentence.within(passage.span):
                    for window in windows.of(asked.forms[0], [passage]):
                        tags = np.array(tags_of(written.document.text, window.spans, asked.items), np.int64)
                        if BEGINS in tags:
                            states = network.states(window.ids, window.first)
                            inside = slice(window.first, window.first + len(window.spans))
                            yield Marked(np.concatenate([one[inside] for one in states], axis=1).astype(np.float16), tags)


def train(examples: Sequence[Marked], passes: int, seed: int) -> Marker:
    """A marker that has seen ``examples`` ``passes`` times, ready to be used."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    marker = Marker(examples[0].states.shape[1] // len(STATES))
    marker.train()
    steps = passes * -(-len(examples) // _ROWS)

    def rate(done: int) -> float:
        return RATE * min(1.0, done / WARM_UP, (steps - done) / (_DECAY * steps))

    optimiser = torch.optim.AdamW(marker.parameters(), weight_decay=0.01)
    run_passes(optimiser, passes, lambda: _groups(examples, rng), partial(_loss, marker), rate)
    marker.eval()
    return marker


def _groups(examples: Sequence[Marked], rng: random.Random) -> list[list[Marked]]:
    """All examples, in groups of about one length, shuffled."""
    ordered = sorted(examples, key=lambda one: len(one.tags) + 40 * rng.random())
    groups = [ordered[at : at + _ROWS] for at in range(0, len(ordered), _ROWS)]
    rng.shuffle(groups)
    return groups


def _loss(marker: Marker, group: Sequence[Marked]) -> torch.Tensor:
    width = max(len(one.tags) for one in group)
    states = np.zeros((len(group), width, group[0].states.shape[1]), np.float32)
    tags = np.full((len(group), width), UNKNOWN, np.int64)
    mask = np.zeros((len(group), width), np.int64)
    for row, one in enumerate(group):
        states[row, : len(one.tags)] = one.states
        tags[row, : len(one.tags)] = one.tags
        mask[row, : len(one.tags)] = 1
    logits = marker(torch.from_numpy(states), torch.from_numpy(mask))
    losses = functional.cross_entropy(logits.transpose(1, 2), torch.from_numpy(tags), ignore_index=UNKNOWN, reduction="none")
    weights = torch.tensor([[_WEIGHTS[one.is_list]] for one in group])
    return (losses * weights).sum() / int(mask.sum())


class _Logs(torch.nn.Module):
    """A marker as a plain function of the states, without a mask: one window is read at a time."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker = marker

    def forward(self, *states: torch.Tensor) -> torch.Tensor:
        joined = torch.cat(states, dim=-1)
        return torch.log_softmax(self.marker(joined, torch.ones_like(joined[..., 0])), dim=-1)


def export_marker(marker: Marker, path: Path, size: int) -> None:
    """Write ``marker`` as a graph from `STATES`, each [passages, tokens, ``size``], to log-probabilities [passages, tokens, 3];
    its weights in half precision.
    """
    axes = {name: {0: "passages", 1: "tokens"} for name in (*STATES, "tag_logs")}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        traced = Path(folder) / path.name
        torch.onnx.export(
            _Logs(marker).eval(),
            tuple(torch.zeros((1, 16, size)) for _ in STATES),
            str(traced),
            input_names=list(STATES),
            output_names=["tag_logs"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        graph = onnx.load(str(traced))
        _halve(graph.graph)
        onnx.save_model(graph, str(traced))
        os.replace(traced, path)


def _halve(graph: onnx.GraphProto) -> None:
    """Keep the large weights in half precision, and make them single again when the graph runs."""
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size > _SMALL:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def main(args: argparse.Namespace) -> None:
    network = Network(args.model / "reader.onnx")
    examples = list(marked_windows(network, args.model, args.written))
    log.info("%d windows, %d of them of lists", len(examples), sum(one.is_list for one in examples))
    marker = train(examples, args.passes, args.seed)
    export_marker(marker, args.model / MARKER, examples[0].states.shape[1] // len(STATES))
    log.info("%s: %.2f MB", args.model / MARKER, (args.model / MARKER).stat().st_size / 1e6)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the reader, where the head is put too")
    parser.add_argument("--written", type=Path, default=FOLDER, help="folder of the documents and questions")
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
