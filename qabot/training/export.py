"""Float model -> the files that qabot ships: ``python -m qabot.training.export --model DIR --out DIR``.

The graph is traced, fused by onnxruntime's transformer optimiser, and its matrices quantised to int8 (dynamic, per channel).
The fused float graph is kept beside it on request: it is what the int8 file is measured against.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import BertConfig, BertForQuestionAnswering

log = logging.getLogger("qabot.training")

INPUTS = ("input_ids", "token_type_ids", "attention_mask")
OUTPUTS = ("start_logits", "end_logits")


def export_float(model: BertForQuestionAnswering, path: Path) -> None:
    """Trace ``model`` and fuse its graph: three int64 inputs [passages, tokens], two float outputs of the same shape."""
    model = model.float().eval()
    example = torch.ones((2, 16), dtype=torch.int64)
    axes = {name: {0: "passages", 1: "tokens"} for name in (*INPUTS, *OUTPUTS)}
    with tempfile.TemporaryDirectory() as folder:
        traced = Path(folder) / "traced.onnx"
        torch.onnx.export(
            _Logits(model),
            (example, torch.zeros_like(example), example),
            str(traced),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        config = model.config
        options = FusionOptions("bert")
        fused = optimize_model(
            str(traced),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
        )
        log.info("fused: %s", {op: count for op, count in fused.get_fused_operator_statistics().items() if count})
        fused.save_model_to_file(str(path))


class _Logits(torch.nn.Module):
    """The model as a plain function of its three inputs, so that the trace has these inputs in this order."""

    def __init__(self, model: BertForQuestionAnswering) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        output = self.model(input_ids=ids, token_type_ids=types, attention_mask=mask)
        return output.start_logits, output.end_logits


def quantise(source: Path, target: Path, *, reduce_range: bool = False) -> None:
    """Write ``source`` with its matrices and embeddings in int8."""
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        # The fused operators carry no type information of their own: what they give is float.
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )


def export(
    model_folder: Path, tokenizer_file: Path, out: Path, float_file: Path | None = None, *, reduce_range: bool = False
) -> None:
    """Write ``reader.onnx`` and ``tokenizer.json`` into ``out``, each put in place whole."""
    config = BertConfig.from_pretrained(model_folder, attn_implementation="eager")
    model = BertForQuestionAnswering.from_pretrained(model_folder, config=config, dtype=torch.float32)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        full, small = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        export_float(model, full)
        quantise(full, small, reduce_range=reduce_range)
        if float_file is not None:
            shutil.copyfile(full, float_file)
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.save(str(Path(folder) / "tokenizer.json"), pretty=False)
        os.replace(Path(folder) / "tokenizer.json", out / "tokenizer.json")
        os.replace(small, out / "reader.onnx")
    log.info("%s: %.1f MB", out / "reader.onnx", (out / "reader.onnx").stat().st_size / 1e6)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True, help="folder of the float model (config.json, model.safetensors)")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json (default: the packaged base model's)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "reading" / "model", help="folder to write to")
    parser.add_argument("--float", type=Path, dest="float_file", help="also write the fused float graph to this file")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights, for CPUs without VNNI")
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    tokenizer_path = arguments.tokenizer
    if tokenizer_path is None:
        from qabot.training.train import base_model

        tokenizer_path = base_model() / "tokenizer.json"
    export(arguments.model, tokenizer_path, arguments.out, arguments.float_file, reduce_range=arguments.reduce_range)
