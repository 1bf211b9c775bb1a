"""The weights by which the readings of a follow-up are chosen: ``python -m tests.benchmarks.choosing``.

Holds the dialogues built on, each turn of which is read in every way it can be meant, and fits the weights of `qabot.choosing`
so that right readings are worth more than wrong ones. Prints how many turns the shipped weights get right, how many weights do
that were fitted without the turn's document (the dialogue up to it is held with the shipped ones), and those fitted on all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qabot.choosing import WEIGHTS, Heard, features
from qabot.conversation import Conversation
from qabot.evaluation.judging import RIGHT_F1, said
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.text.turns import Turn
from tests.benchmarks.forms import bot_of, lines

_PENALTY = 1e-3  # on the square of each weight
_ROUNDS = 400
_STEP = 0.05

Floats = NDArray[np.float64]
Choice = tuple[str, Floats, NDArray[np.bool_]]  # the document, the readings' features [readings, weights], which are right


class Recorded(Conversation):
    """A dialogue that keeps what it could choose from."""

    choice: tuple[list[Heard], tuple[Turn, ...]] = ([], ())

    def _read(self, said: str, meanings: Sequence[str], turns: Sequence[Turn], *rest: object) -> list[Heard]:
        found = super()._read(said, meanings, turns, *rest)  # type: ignore[arg-type]
        self.choice = [heard for heard in found if heard.reply.candidates], tuple(turns)
        return found


def choices(name: str) -> list[Choice]:
    """What each turn of the dialogues in ``name`` could be answered by."""
    found: list[Choice] = []
    for dialogue in lines(name):
        conversation = Recorded(bot_of(dialogue["document"]))
        for turn in dialogue["turns"]:
            conversation.ask(turn["question"], threshold=0.0)
            readings, turns = conversation.choice
            known = [features(heard, turns) for heard in readings]
            rows = np.array([[row.get(feature, 0.0) for feature in WEIGHTS] for row in known])
            texts = [said(heard.reply.candidates) for heard in readings]
            right = np.array([best_over_golds(f1, text, turn["answers"]) >= RIGHT_F1 for text in texts])
            found.append((dialogue["document"], rows, right))
    return found


def fit(examples: Sequence[Choice]) -> Floats:
    """Weights under which right readings have the most of the softmax over a turn's readings (Adam; Kingma and Ba 2015)."""
    parted = [(rows, right) for _, rows, right in examples if right.any() and not right.all()]
    weights = np.zeros(len(WEIGHTS))
    weights[0] = 1.0
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _ROUNDS + 1):
        slope = -2 * _PENALTY * weights
        for rows, right in parted:
            worths = rows @ weights
            share = np.exp(worths - worths.max())
            share /= share.sum()
            slope = slope + rows.T @ (share * right / (share * right).sum() - share) / len(parted)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights + _STEP * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def right_by(weights: Floats, examples: Sequence[Choice]) -> int:
    """How many turns are answered right."""
    return sum(bool(right[np.argmax(rows @ weights)]) for _, rows, right in examples if len(right))


def main() -> None:
    examples = choices("dialogues_build.jsonl")
    documents = sorted({document for document, _, _ in examples})
    shipped = right_by(np.array(list(WEIGHTS.values())), examples)
    apart = 0
    for document in documents:
        weights = fit([one for one in examples if one[0] != document])
        apart += right_by(weights, [one for one in examples if one[0] == document])
    possible = sum(bool(right.any()) for _, _, right in examples)
    for what, count in (("shipped", shipped), ("fitted on the other documents", apart), ("whatever is right", possible)):
        print(f"{what}: {100 * count / len(examples):.1f}% of {len(examples)} turns")
    fitted = fit(examples)
    print({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, fitted, strict=True)})


if __name__ == "__main__":
    main()
