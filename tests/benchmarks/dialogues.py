"""Follow-up questions: ``python -m tests.benchmarks.dialogues [--held-out]``.

Holds the dialogues of ``tests/questions`` about four documents and prints how many turns were answered right (F1 of the best
candidate at least 0.5), beside the same turns asked without their dialogue; and how many of the first questions of a dialogue,
which stand alone, would be changed by the turns of another one.
"""

from __future__ import annotations

import sys

from qabot.conversation import Conversation
from qabot.evaluation.judging import RIGHT_F1, said
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.text.followups import Turn, resolve
from tests.benchmarks.forms import bot_of, lines


def hold(name: str) -> None:
    """Print the share of turns that are right, in their dialogue and alone, and each turn that went wrong."""
    right = alone = turns = 0
    for dialogue in lines(name):
        bot = bot_of(dialogue["document"])
        conversation = Conversation(bot)
        for turn in dialogue["turns"]:
            reply = conversation.ask(turn["question"], threshold=0.0)
            good = best_over_golds(f1, said(reply.candidates), turn["answers"]) >= RIGHT_F1
            alone += best_over_golds(f1, said(bot.ask(turn["question"]).candidates), turn["answers"]) >= RIGHT_F1
            right += good
            turns += 1
            if not good:
                print(f"  {dialogue['id']}: {turn['question']} [{reply.understood_as}] -> {said(reply.candidates)}")
    changed, standing = changed_alone(name)
    print(f"{name}: {changed} of {standing} stand-alone questions changed ({100 * changed / standing:.1f}%)")
    print(f"{name}: {100 * right / turns:.1f}% of {turns} turns right, {100 * alone / turns:.1f}% without their dialogue")


def changed_alone(name: str) -> tuple[int, int]:
    """Of the first questions, how many the turns of the dialogue before (in the file) would change, and how many there are."""
    turns: list[Turn] = []
    changed = standing = 0
    for dialogue in lines(name):
        first = dialogue["turns"][0]["question"]
        if turns:
            standing += 1
            changed += resolve(first, turns) != first
        turns = [Turn(turn["question"], turn["answers"][0], turn["answers"][0]) for turn in dialogue["turns"]]
    return changed, standing


if __name__ == "__main__":
    hold("dialogues_held_out.jsonl" if "--held-out" in sys.argv[1:] else "dialogues_build.jsonl")
