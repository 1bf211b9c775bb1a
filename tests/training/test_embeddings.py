from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qabot.reading.network import Network

embeddings = pytest.importorskip("qabot.training.embeddings", reason="needs the extra qabot[train]")
torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")


def a_table(rows: int = 300) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(3).normal(0, 0.05, (rows, 2 * embeddings.BLOCK)).astype(np.float32)


def test_no_value_moves_further_than_a_step() -> None:
    table = a_table()
    packed = embeddings.pack(table)
    steps = np.repeat(packed.scales, embeddings.BLOCK, axis=1)
    assert np.all(np.abs(packed.unpacked() - table) <= steps)
    assert np.mean(np.abs(packed.unpacked() - table) <= steps / 2 + 1e-7) > 0.99
    assert packed.codes.max() == 15
    assert packed.codes.min() == 0


@pytest.mark.parametrize("low", [-1.0, 0.0, 0.5], ids=["both signs", "from 0", "above 0"])
def test_nothing_stays_nothing(low: float) -> None:
    table = np.linspace(low, 1, embeddings.BLOCK, dtype=np.float32)[None].repeat(2, axis=0)
    table[1] = 0
    assert np.all(embeddings.pack(table).unpacked()[1] == 0)
    table[0, 5] = 0
    assert embeddings.pack(table).unpacked()[0, 5] == 0


def test_rows_are_whole_blocks() -> None:
    with pytest.raises(ValueError, match="100 values"):
        embeddings.pack(np.zeros((2, 100), np.float32))


def test_rounded_embeddings_are_packed_without_loss() -> None:
    model = a_small_model()
    embeddings.round_embeddings(model)
    table = model.get_input_embeddings().weight.detach().numpy()
    assert np.abs(embeddings.pack(table).unpacked() - table).max() < 1e-6


@pytest.mark.filterwarnings("ignore:.*")  # the exporter has many of its own
def test_the_packed_graph_says_what_the_model_says(tmp_path: Path) -> None:
    export = pytest.importorskip("qabot.training.export", reason="needs the extra qabot[train]")
    onnx = pytest.importorskip("onnx", reason="needs the extra qabot[train]")
    model = a_small_model()
    embeddings.round_embeddings(model)
    export.export_float(model, tmp_path / "float.onnx")
    graph = onnx.load(str(tmp_path / "float.onnx"))
    assert {"SkipLayerNormalization", "LayerNormalization"} & {node.op_type for node in graph.graph.node} == {
        "LayerNormalization"
    }
    embeddings.pack_embeddings(graph)
    onnx.save_model(graph, str(tmp_path / "packed.onnx"))
    rows = [[1, 5, 6, 2, *range(20, 35), 2], [1, 9, 2, 8, 2]]  # the second is padded
    plain, packed = (np.stack(Network(tmp_path / name).run(rows, [4, 3])) for name in ("float.onnx", "packed.onnx"))
    assert np.abs(plain - packed)[:, 0].max() < 1e-4
    assert np.abs(plain - packed)[:, 1, :5].max() < 1e-4
    assert np.ptp(plain[:, 0]) > 0.01


def a_small_model() -> Any:
    from transformers import BertConfig, BertForQuestionAnswering

    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=200,
        hidden_size=2 * embeddings.BLOCK,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        attn_implementation="eager",
        initializer_range=0.3,
    )
    return BertForQuestionAnswering(config).eval()
