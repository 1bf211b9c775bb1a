"""Follow-up questions: ``python -m tests.benchmarks.dialogues [--held-out]``.

Holds the dialogues of ``tests/questions`` about the documents of the tests and prints how many turns were answered right (F1 of
the best candidate at least 0.5), beside the same turns asked without their dialogue and, where the set has them, asked in the
words of a person who rewrote them to stand alone: what the reader alone makes of the set. And how many of the questions which
stand alone (the first of a dialogue after the turns of another one, later ones that the set marks so) would be changed.
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
    rewritten: list[bool] = []
    for dialogue in lines(name):
        bot = bot_of(dialogue["document"])
        conversation = Conversation(bot)
        for turn in dialogue["turns"]:
            if any("rewrite" in one for one in dialogue["turns"]):  # the first of its turns needs none
                written_out = turn.get("rewrite", turn["question"])
                found = said(bot.ask(written_out).candidates)
                rewritten.append(best_over_golds(f1, found, turn["answers"]) >= RIGHT_F1)
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
    if rewritten:
        share = 100 * sum(rewritten) / len(rewritten)
        print(f"{name}: {share:.1f}% as a person rewrote them, of {len(rewritten)} turns")


def changed_alone(name: str) -> tuple[int, int]:
    """How many stand-alone questions the turns before them would change, and how many there are. The first question of a dialogue
    is taken as if it went on from the one before (in the file).
    """
    turns: list[Turn] = []
    changed = standing = 0
    for dialogue in lines(name):
        before, turns = turns, []
        for number, turn in enumerate(dialogue["turns"]):
            if (number == 0 and before) or turn.get("alone"):
                standing += 1
                changed += resolve(turn["question"], turns or before) != turn["question"]
            turns.append(Turn(turn["question"], turn["answers"][0], turn["answers"][0]))
    return changed, standing


if __name__ == "__main__":
    hold("dialogues_held_out.jsonl" if "--held-out" in sys.argv[1:] else "dialogues_build.jsonl")
