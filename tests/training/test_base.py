from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

base = pytest.importorskip("qabot.training.base", reason="needs the extra qabot[train]")
torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")


@pytest.mark.filterwarnings("ignore:.*")  # the exporter has many of its own
def test_the_first_layers_of_a_quantised_encoder_come_back(tmp_path: Path) -> None:
    encoder = an_encoder()
    file = quantised(encoder, tmp_path)
    model = base.base_from(file.read_bytes(), 2)
    assert model.config.num_hidden_layers == 2
    assert model.config.num_attention_heads == 2
    kept = {name: weight for name, weight in encoder.state_dict().items() if "layer.2" not in name and "pooler" not in name}
    found = model.bert.state_dict()
    assert {name for name in kept if "position_ids" not in name} == {name for name in found if "position_ids" not in name}
    for name, weight in found.items():
        if "position_ids" not in name:
            assert (weight - kept[name]).abs().max() <= kept[name].abs().max() / 100, name


@pytest.mark.filterwarnings("ignore:.*")
def test_a_graph_with_too_few_layers_is_refused(tmp_path: Path) -> None:
    graph = quantised(an_encoder(), tmp_path).read_bytes()
    with pytest.raises(ValueError, match=r"lacks 16 weights, among them encoder\.layer\.3\."):
        base.base_from(graph, 4)


def test_another_graph_is_refused() -> None:
    onnx = pytest.importorskip("onnx", reason="needs the extra qabot[train]")
    empty = onnx.helper.make_model(onnx.helper.make_graph([], "empty", [], []))
    with pytest.raises(ValueError, match="no quantised BERT"):
        base.base_from(empty.SerializeToString())


def an_encoder() -> Any:
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=90,
        hidden_size=64,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=96,
        max_position_embeddings=512,
        attn_implementation="eager",
    )
    encoder = BertModel(config).eval()
    for weight in encoder.parameters():  # equal ones would share a place in the graph
        torch.nn.init.normal_(weight, std=0.3)
    return encoder


def quantised(encoder: Any, folder: Path) -> Path:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones((1, 8), dtype=torch.int64)
    torch.onnx.export(
        Last(encoder),
        (ids, torch.zeros_like(ids), ids),
        str(folder / "encoder.onnx"),
        input_names=["input_ids", "token_type_ids", "attention_mask"],
        opset_version=14,
        dynamo=False,
    )
    quantize_dynamic(str(folder / "encoder.onnx"), str(folder / "int8.onnx"), weight_type=QuantType.QInt8)
    return folder / "int8.onnx"


class Last(torch.nn.Module):  # type: ignore[misc,name-defined]
    """An encoder's last layer, as a plain function of its inputs."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.bert = encoder

    def forward(self, ids: Any, types: Any, mask: Any) -> Any:
        return self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
