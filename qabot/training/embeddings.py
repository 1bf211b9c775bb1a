"""Word embeddings in 4 bits: a vocabulary's table is a third of a small reader's weights, and few of its rows are used at a time.

Blocks of `BLOCK` values of a row share a scale and a zero point: 16 even steps from their lowest value to their highest, 0 among
them. The graph looks rows up by onnxruntime's GatherBlockQuantized.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from transformers import PreTrainedModel

BLOCK = 64
WORDS, SCALES, ZEROS = "words", "words_steps", "words_zeros"
"""The names of the packed table's three parts in a graph."""
_STEPS = 15  # from the lowest to the highest of 4 bits


class Packed(NamedTuple):
    """``codes`` [rows, values], 0 to 15; ``scales`` (float32) and ``zeros`` (0 to 15) [rows, blocks]."""

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]
    zeros: NDArray[np.uint8]

    def unpacked(self) -> NDArray[np.float32]:
        """The values that the codes stand for, [rows, values]."""
        blocks = self.codes.reshape(*self.scales.shape, BLOCK).astype(np.float32)
        values: NDArray[np.float32] = (blocks - self.zeros[..., None]) * self.scales[..., None]
        return values.reshape(self.codes.shape)


def unpacked_words(stored: Mapping[str, NDArray[np.generic]]) -> NDArray[np.float32]:
    """The word embeddings, [tokens, values], among the tensors of a quantised graph by name. Raises KeyError without them."""
    return Packed(stored[WORDS].astype(np.uint8), stored[SCALES].astype(np.float32), stored[ZEROS].astype(np.uint8)).unpacked()


def pack(table: NDArray[np.float32]) -> Packed:
    """``table`` [rows, values] in 4 bits. Raises ValueError unless a row is made of whole blocks."""
    rows, width = table.shape
    if width % BLOCK:
        raise ValueError(f"rows of {width} values are no whole blocks of {BLOCK}")
    blocks = table.reshape(rows, width // BLOCK, BLOCK)
    low, high = np.minimum(blocks.min(-1), 0), np.maximum(blocks.max(-1), 0)
    scales = np.maximum((high - low) / _STEPS, np.finfo(np.float32).tiny).astype(np.float32)
    zeros = np.clip(np.rint(-low / scales), 0, _STEPS)
    codes = np.clip(np.rint(blocks / scales[..., None]) + zeros[..., None], 0, _STEPS)
    return Packed(codes.reshape(rows, width).astype(np.uint8), scales, zeros.astype(np.uint8))


def round_embeddings(model: PreTrainedModel) -> None:
    """Give ``model`` word embeddings that 4 bits can hold; what is trained with these loses nothing when they are packed."""
    weight = model.get_input_embeddings().weight
    once = pack(weight.detach().float().cpu().numpy()).unpacked()
    # Twice: a block whose ends both lie midway between two steps is given other steps then, and keeps those.
    with torch.no_grad():
        weight.copy_(torch.from_numpy(pack(once).unpacked()))


def pack_embeddings(graph: onnx.ModelProto) -> None:
    """Put a lookup of 4-bit rows in the place of the EmbedLayerNormalization of a fused ``graph``."""
    nodes, stored = graph.graph.node, graph.graph.initializer
    (at,) = (number for number, node in enumerate(nodes) if node.op_type == "EmbedLayerNormalization")
    fused = nodes[at]
    ids, types, words, places, kinds, gain, bias, mask = fused.input[:8]
    (table,) = (tensor for tensor in stored if tensor.name == words)
    packed = pack(numpy_helper.to_array(table))
    stored.remove(table)
    stored.extend(
        [
            _four_bits(WORDS, packed.codes),
            numpy_helper.from_array(packed.scales, SCALES),
            _four_bits(ZEROS, packed.zeros),
            numpy_helper.from_array(np.array([0], np.int64), "first_token"),
            numpy_helper.from_array(np.array([1], np.int64), "token_axis"),
        ]
    )
    epsilon = next(attribute.f for attribute in fused.attribute if attribute.name == "epsilon")
    lookup = helper.make_node(
        "GatherBlockQuantized",
        [WORDS, ids, SCALES, ZEROS],
        ["word_rows"],
        "LookUpWords",
        domain="com.microsoft",
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    rows = [
        lookup,
        helper.make_node("Shape", [ids], ["tokens"], "CountTokens", start=1, end=2),
        helper.make_node("Slice", [places, "first_token", "tokens"], ["place_rows"], "TakePlaces"),
        helper.make_node("Gather", [kinds, types], ["kind_rows"], "LookUpKinds"),
        helper.make_node("Add", ["word_rows", "place_rows"], ["placed_rows"], "AddPlaces"),
        helper.make_node("Add", ["placed_rows", "kind_rows"], ["summed_rows"], "AddKinds"),
        helper.make_node(
            "LayerNormalization", ["summed_rows", gain, bias], [fused.output[0]], "NormaliseRows", axis=-1, epsilon=epsilon
        ),
        # The fused operator's second output, by which attention knows how many tokens of a row to look at.
        helper.make_node("ReduceSum", [mask, "token_axis"], [fused.output[1]], "CountUnmasked", keepdims=0),
    ]
    del nodes[at]
    for offset, node in enumerate(rows):
        nodes.insert(at + offset, node)


def drop_default_bits(graph: onnx.ModelProto) -> None:
    """Take out the attribute ``bits`` that onnxruntime writes into every lookup it saves: it is 4 without it, and the oldest
    versions that qabot runs on refuse a graph that has it.
    """
    for node in graph.graph.node:
        if node.op_type == "GatherBlockQuantized":
            kept = [attribute for attribute in node.attribute if attribute.name != "bits"]
            del node.attribute[:]
            node.attribute.extend(kept)


def _four_bits(name: str, codes: NDArray[np.uint8]) -> TensorProto:
    """Two codes a byte, the lower half first."""
    flat = codes.reshape(-1)
    flat = np.append(flat, np.zeros(len(flat) % 2, np.uint8))
    return helper.make_tensor(name, TensorProto.UINT4, codes.shape, (flat[0::2] | flat[1::2] << 4).tobytes(), raw=True)
