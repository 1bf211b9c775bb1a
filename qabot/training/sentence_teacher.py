"""What a network makes of sentences and questions: what `train_encoder` begins with.

The network is all-MiniLM-L6-v2, trained by others to put texts of like meaning close together (Reimers and Gurevych 2019,
"Sentence-BERT"); it has the same tokens as the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, PreTrainedModel

from qabot.training.train import base_model

_AT_ONCE = 64  # texts
_TOKENS = 96  # of a text, at most
_ALONE = 5  # readings of a text that what a token gives alone counts for, beside those in texts
_CLS, _SEP = 101, 102  # in BERT's vocabulary


class Taught(NamedTuple):
    """The ``tokens`` of each text; its place in the network's space, [texts, values], of length 1; and for every token of the
    vocabulary the mean of what the network makes of it, [tokens, values].

    Of the space only the directions are kept in which texts lie apart most.
    """

    tokens: list[NDArray[np.int64]]
    places: NDArray[np.float32]
    means: NDArray[np.float32]


def sentence_network() -> PreTrainedModel:
    """The network, ready to be used."""
    network: PreTrainedModel = AutoModel.from_pretrained(base_model()).eval()
    return network


def taught(network: PreTrainedModel, texts: Sequence[str], tokens_of: Callable[[str], Sequence[int]], values: int) -> Taught:
    """What ``network`` makes of ``texts``, in ``values`` directions."""
    vocabulary, width = network.get_input_embeddings().weight.shape
    tokens = [np.array(tokens_of(text)[:_TOKENS], np.int64) for text in texts]
    places = np.zeros((len(texts), width), np.float32)
    sums, counts = torch.zeros(vocabulary, width), torch.zeros(vocabulary)
    for numbers in _batches(tokens):
        states, mask = _read(network, [tokens[number] for number in numbers])
        places[numbers] = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        read = torch.from_numpy(np.concatenate([tokens[number] for number in numbers]))
        inner = mask.bool() & (torch.arange(mask.shape[1]) > 0) & (torch.arange(mask.shape[1]) < mask.sum(1, keepdim=True) - 1)
        sums.index_add_(0, read, states[inner])
        counts.index_add_(0, read, torch.ones(len(read)))
    for first in range(0, vocabulary, _AT_ONCE):
        alone = [np.array([token]) for token in range(first, min(vocabulary, first + _AT_ONCE))]
        sums[first : first + _AT_ONCE] += _ALONE * _read(network, alone)[0].mean(1)
    means = (sums / (counts + _ALONE)[:, None]).numpy()
    places /= np.linalg.norm(places, axis=1, keepdims=True)
    directions = np.linalg.eigh(places.T @ places)[1][:, : -values - 1 : -1]  # ascending: the last matter most
    places = places @ directions
    return Taught(tokens, places / np.linalg.norm(places, axis=1, keepdims=True), means @ directions)


def _batches(tokens: Sequence[NDArray[np.int64]]) -> Iterator[list[int]]:
    """Numbers of texts of about the same length."""
    order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
    for first in range(0, len(order), _AT_ONCE):
        yield order[first : first + _AT_ONCE]


def _read(network: PreTrainedModel, rows: Sequence[NDArray[np.int64]]) -> tuple[torch.Tensor, torch.Tensor]:
    """The network's last states [texts, tokens, values] and the mask of what is no padding; [CLS] and [SEP] among them."""
    longest = max(len(row) for row in rows) + 2
    ids, mask = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest)
    for at, row in enumerate(rows):
        ids[at, : len(row) + 2] = torch.from_numpy(np.concatenate([[_CLS], row, [_SEP]]))
        mask[at, : len(row) + 2] = 1
    with torch.inference_mode():
        return network(input_ids=ids, attention_mask=mask.long()).last_hidden_state, mask
