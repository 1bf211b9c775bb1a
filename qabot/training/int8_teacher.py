"""A teacher in int8, which labels faster: its graph traced, fused and quantised as the shipped reader's is.

A large model has a few matrices whose inputs reach hundreds of standard deviations from their mean; eight bits over such a
range leave nothing of the rest, and the answers go with it. They are found on the first batch that is read, and stay float.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import PreTrainedModel

from qabot.training.batches import Batch
from qabot.training.export import export_float
from qabot.training.labels import Logits

INPUTS = ("input_ids", "attention_mask")
WIDE = 200.0  # standard deviations from the least to the greatest input


class Int8Teacher:
    """What ``model`` says of batches, in int8; ``first`` is a batch like those to come."""

    def __init__(self, model: PreTrainedModel, first: Batch, wide: float = WIDE) -> None:
        self.kept = wide_matrices(model, first, wide)
        with tempfile.TemporaryDirectory() as folder:
            full, small = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
            export_float(model, full, INPUTS)
            quantize_dynamic(
                str(full),
                str(small),
                per_channel=True,
                weight_type=QuantType.QInt8,
                nodes_to_exclude=[_node_name(module) for module in self.kept],
                extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
            )
            self._session = onnxruntime.InferenceSession(str(small), providers=["CPUExecutionProvider"])

    def __call__(self, batch: Batch) -> Logits:
        start, end = self._session.run(None, dict(zip(INPUTS, (batch.ids, batch.mask), strict=True)))
        return np.stack([start, end])


def wide_matrices(model: PreTrainedModel, batch: Batch, wide: float) -> list[str]:
    """The names of the linear modules whose input on ``batch`` spans more than ``wide`` of its standard deviations."""
    found: list[str] = []

    def look(name: str, given: torch.Tensor) -> None:
        if float(given.max() - given.min()) > wide * float(given.std()):
            found.append(name)

    hooks = [
        module.register_forward_pre_hook(lambda _, given, name=name: look(name, given[0]))
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear)
    ]
    with torch.inference_mode():
        model.float().eval()(input_ids=torch.from_numpy(batch.ids), attention_mask=torch.from_numpy(batch.mask))
    for hook in hooks:
        hook.remove()
    return found


def _node_name(module: str) -> str:
    """The node of a module's multiplication in the traced graph; the numbers of layers keep their dot there."""
    return f"/model/{re.sub(r'[.](?![0-9])', '/', module)}/MatMul"
