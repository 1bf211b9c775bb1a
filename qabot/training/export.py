"""Float model -> the files that qabot ships: ``python -m qabot.training.export --model DIR --out DIR``.

The graph is traced, fused by onnxruntime's transformer optimiser, its matrices quantised to int8 (dynamic, per channel) and its
word embeddings packed in 4 bits.
What marks the items of lists belongs to this very reader: `train_marker` has to follow.
The fused float graph is kept beside it on request: it is what the int8 file is measured against.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import onnxruntime
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.onnx_model import OnnxModel
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import BertConfig, BertForQuestionAnswering, PreTrainedModel

from qabot.reading.network import STATES
from qabot.training.embeddings import drop_default_bits, pack_embeddings
from qabot.training.normalisations import split_normalisations
from qabot.training.word_layout import write_layout

log = logging.getLogger("qabot.training")

INPUTS = ("input_ids", "token_type_ids", "attention_mask")
OUTPUTS = ("start_logits", "end_logits")
_SMALL_TENSOR = 1024  # bytes; what is smaller stays in the graph's own file


def export_float(model: PreTrainedModel, path: Path, inputs: Sequence[str] = INPUTS) -> None:
    """Trace ``model`` and fuse its graph: int64 ``inputs`` [passages, tokens], two float outputs of the same shape."""
    model = model.float().eval()
    example = torch.ones((2, 16), dtype=torch.int64)
    axes = {name: {0: "passages", 1: "tokens"} for name in (*inputs, *OUTPUTS)}
    with tempfile.TemporaryDirectory() as folder:
        traced = Path(folder) / "traced.onnx"
        torch.onnx.export(
            _Logits(model, inputs),
            tuple(torch.zeros_like(example) if name == "token_type_ids" else example for name in inputs),
            str(traced),
            input_names=list(inputs),
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
        fused.save_model_to_file(str(traced))
        graph = onnx.load(str(traced))
        split_normalisations(graph)
        onnx.save_model(graph, str(path))


class _Logits(torch.nn.Module):
    """The model as a plain function of its inputs, so that the trace has these inputs in this order."""

    def __init__(self, model: PreTrainedModel, inputs: Sequence[str]) -> None:
        super().__init__()
        self.model, self.inputs = model, inputs

    def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        output = self.model(**dict(zip(self.inputs, given, strict=True)))
        return output.start_logits, output.end_logits


def quantise(source: Path, target: Path, *, reduce_range: bool = True) -> None:
    """Write ``source`` with its matrices in int8 and its word embeddings in 4 bits; the weights go into a file beside ``target``,
    ending in .bin.

    With ``reduce_range`` weights take 7 of the 8 bits: CPUs without VNNI add two products in 16 bits, where larger ones overflow.
    What onnxruntime would fuse whenever it loads the graph is fused here, once, and weights in a file of their own are mapped
    into memory rather than parsed: both are time that every start of the program would pay.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        graph = onnx.load(str(source))
        pack_embeddings(graph)
        quantize_dynamic(
            graph,
            str(plain),
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            # The fused operators carry no type information of their own: what they give is float.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(fused)
        onnxruntime.InferenceSession(str(plain), options, providers=["CPUExecutionProvider"])
        graph = onnx.load(str(fused))  # where the normalisations were fused once more
        split_normalisations(graph)
        drop_default_bits(graph)
        weights = target.with_suffix(".bin").name
        onnx.save_model(graph, str(target), save_as_external_data=True, location=weights, size_threshold=_SMALL_TENSOR)


def show_states(file: Path) -> None:
    """Make the states of the layers that `STATES` names outputs of the quantised graph in ``file``, under these names.

    Its weights stay as they are. Raises ValueError when the graph has no such layer.
    """
    model = onnx.load(str(file), load_external_data=False)
    graph, renamed = model.graph, OnnxModel(model)
    for name in STATES:
        layer = int(name.removeprefix("states_")) - 1
        place = f"/encoder/layer.{layer}/output/LayerNorm/"
        norms = [node for node in graph.node if node.op_type == "LayerNormalization" and place in node.output[0]]
        if not norms:
            raise ValueError(f"the graph has no layer {layer + 1}, whose states mark items")
        inner = norms[-1].output[0]
        renamed.replace_input_of_all_nodes(inner, name)
        renamed.replace_output_of_all_nodes(inner, name)
        graph.output.append(onnx.helper.make_tensor_value_info(name, TensorProto.FLOAT, ["passages", "tokens", None]))
    onnx.save_model(model, str(file))


def export(
    model_folder: Path, tokenizer_file: Path, out: Path, float_file: Path | None = None, *, reduce_range: bool = True
) -> None:
    """Write ``reader.onnx``, its weights ``reader.bin``, ``vocabulary.txt``, and the layout of its word vectors into
    ``out``, each put in place whole.
    """
    config = BertConfig.from_pretrained(model_folder, attn_implementation="eager")
    model = BertForQuestionAnswering.from_pretrained(model_folder, config=config, dtype=torch.float32)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        full, small = Path(folder) / "float.onnx", Path(folder) / "reader.onnx"
        export_float(model, full)
        quantise(full, small, reduce_range=reduce_range)
        show_states(small)
        if float_file is not None:
            shutil.copyfile(full, float_file)
        vocabulary = Tokenizer.from_file(str(tokenizer_file)).get_vocab()
        words = Path(folder) / "vocabulary.txt"
        words.write_text("".join(f"{token}\n" for token in sorted(vocabulary, key=vocabulary.__getitem__)), encoding="utf-8")
        os.replace(words, out / words.name)
        for file in (small.with_suffix(".bin"), small):
            file.chmod(0o644)
            os.replace(file, out / file.name)
    write_layout(out)
    size = sum((out / name).stat().st_size for name in ("reader.onnx", "reader.bin"))
    log.info("%s with reader.bin: %.1f MB", out / "reader.onnx", size / 1e6)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True, help="folder of the float model (config.json, model.safetensors)")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer.json (default: the packaged base model's)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "reading" / "model", help="folder to write to")
    parser.add_argument("--float", type=Path, dest="float_file", help="also write the fused float graph to this file")
    parser.add_argument(
        "--reduce-range",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="7-bit weights, which give the same answers on CPUs without VNNI",
    )
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    arguments = _arguments()
    tokenizer_path = arguments.tokenizer
    if tokenizer_path is None:
        from qabot.training.train import base_model

        tokenizer_path = base_model() / "tokenizer.json"
    export(arguments.model, tokenizer_path, arguments.out, arguments.float_file, reduce_range=arguments.reduce_range)
