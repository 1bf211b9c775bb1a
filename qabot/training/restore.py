"""The shipped int8 reader -> float weights to train on from: ``python -m qabot.training.restore --out DIR``.

A run whose checkpoint is lost goes on from what was shipped: ``python -m qabot.training.train --start DIR``. What int8 rounded
away stays lost, which a few hundred steps make good.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import BertConfig, BertForQuestionAnswering

from qabot.reading.loading import MODEL_FOLDER
from qabot.training.dequantising import Floats, dequantised
from qabot.training.embeddings import unpacked_words
from qabot.training.train import base_model

log = logging.getLogger("qabot.training")

_KINDS = "bert.embeddings.token_type_embeddings.weight"
_MATRICES = ("attention.output.dense", "intermediate.dense", "output.dense")  # of a layer, in the order of the graph


def restore(file: Path) -> BertForQuestionAnswering:
    """The model in the quantised graph ``file``, as float32. Raises ValueError when export didn't write it."""
    graph = onnx.load(str(file)).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    layers = sum(node.op_type == "QAttention" for node in graph.node)
    config = BertConfig.from_pretrained(base_model(), num_hidden_layers=layers, attn_implementation="eager")
    model = BertForQuestionAnswering(config)
    state = {name: torch.from_numpy(values.copy()) for name, values in _weights(graph, stored, layers).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any("position_ids" not in name for name in missing):
        raise ValueError(f"{file}: not a graph that export wrote (missing {missing}, unexpected {unexpected})")
    return model


def _weights(graph: onnx.GraphProto, stored: Mapping[str, NDArray[np.generic]], layers: int) -> dict[str, Floats]:
    """Every weight by the name that transformers gives it."""
    multiplied = [node.input[1] for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    matrices = [dequantised(stored, name.removesuffix("_quantized")).T for name in multiplied]
    found = {"bert.embeddings.word_embeddings.weight": unpacked_words(stored), _KINDS: dequantised(stored, f"model.{_KINDS}")}
    for layer in range(layers):
        place = f"bert.encoder.layer.{layer}"
        weights = np.split(dequantised(stored, f"Attention_{layer}_qkv_weight"), 3, axis=1)
        biases = np.split(stored[f"Attention_{layer}_qkv_bias"].astype(np.float32), 3)
        for name, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
            found |= {f"{place}.attention.self.{name}.weight": weight.T, f"{place}.attention.self.{name}.bias": bias}
        found |= {f"{place}.{name}.weight": matrices[3 * layer + number] for number, name in enumerate(_MATRICES)}
    found["qa_outputs.weight"] = matrices[3 * layers]
    plain = {name.removeprefix("model."): values for name, values in stored.items() if name.startswith("model.")}
    return found | {name: values.astype(np.float32) for name, values in plain.items() if name.endswith((".weight", ".bias"))}


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the quantised reader")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the float model to")
    arguments = parser.parse_args()
    restore(arguments.model / "reader.onnx").save_pretrained(arguments.out)
    log.info("%s: float weights of %s", arguments.out, arguments.model)
