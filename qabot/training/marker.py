"""What marks the single things that answer: a head over the reader's layers that tags each token.

Several answers to one question, as a sequence to be tagged: Segal et al. (2020), "A Simple and Effective Model for Answering
Multi-span Questions". Two layers are looked at: the last knows what is asked for, an earlier one still knows the words.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from qabot.reading.marking import TAGS
from qabot.reading.network import STATES
from qabot.training.tags import UNKNOWN

MARKED_LAYERS = tuple(int(name.removeprefix("states_")) for name in STATES)  # counted from 1
_WIDTH = 96
_KERNEL = 5  # tokens
_CONVOLUTIONS = 2


class Marker(nn.Module):
    """States [examples, tokens, 2 * ``size``] and mask [examples, tokens] -> logits of the tags, [examples, tokens, 3]."""

    def __init__(self, size: int, dropout: float = 0.3) -> None:
        super().__init__()
        self.enter = nn.Linear(len(MARKED_LAYERS) * size, _WIDTH)
        self.convolutions = nn.ModuleList(nn.Conv1d(_WIDTH, _WIDTH, _KERNEL, padding=_KERNEL // 2) for _ in range(_CONVOLUTIONS))
        self.norms = nn.ModuleList(nn.LayerNorm(_WIDTH) for _ in range(_CONVOLUTIONS))
        self.leave = nn.Linear(_WIDTH, len(TAGS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        kept = mask.unsqueeze(-1).to(states.dtype)
        found = functional.gelu(self.enter(self.dropout(states))) * kept
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            around = functional.gelu(convolution(found.transpose(1, 2)).transpose(1, 2))
            found = norm(found + self.dropout(around)) * kept
        logits: torch.Tensor = self.leave(self.dropout(found))
        return logits


def mark_loss(logits: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy over the tokens whose tag is known: logits [examples, tokens, 3], tags [examples, tokens] with -1
    (`UNKNOWN`) for the others.
    """
    return functional.cross_entropy(logits.transpose(1, 2), tags, ignore_index=UNKNOWN)
