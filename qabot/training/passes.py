"""Passes over examples, for what is trained in minutes: ``train`` has a loop of its own, which can be resumed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

import torch

log = logging.getLogger("qabot.training")

_Group = TypeVar("_Group")


def run_passes(
    optimiser: torch.optim.Optimizer,
    passes: int,
    groups: Callable[[], Iterable[_Group]],
    loss_of: Callable[[_Group], torch.Tensor],
    rate: Callable[[int], float],
) -> None:
    """Step ``optimiser`` down the loss of each of the ``groups``, which are asked for anew in every pass. ``rate`` is the
    learning rate after so many steps; a group of parameters that has a number "times" learns so many times as fast.
    """
    done = 0
    for number in range(passes):
        losses = []
        for group in groups():
            for parameters in optimiser.param_groups:
                parameters["lr"] = rate(done) * parameters.get("times", 1)
            loss = loss_of(group)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(float(loss.detach()))
            done += 1
        log.info("pass %d of %d: loss %.4f", number + 1, passes, sum(losses) / len(losses))
