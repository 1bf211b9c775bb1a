"""Follow-up questions: ``python -m tests.benchmarks.dialogues [--held-out]``.

Holds the dialogues of ``tests/questions`` about the documents of the tests and prints how many turns were answered right (F1 of
the best candidate at least 0.5), beside the same turns asked without their dialogue and, where the set has them, asked in the
words of a person who rewrote them to stand alone: what the reader alone makes of the set. And how many of the questions which
stand alone (the first of a dialogue asked behind the one before it, of the same document; later ones that the set marks so) were
taken for something else.
"""

from __future__ import annotations

import sys

from qabot.conversation import Conversation
from qabot.evaluation.judging import RIGHT_F1, said
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.records import Reply
from tests.benchmarks.forms import bot_of, lines


def hold(name: str) -> None:
    """Print the share of turns that are right, in their dialogue and alone, and each turn that went wrong."""
    right = alone = turns = changed = standing = 0
    rewritten: list[bool] = []
    before: Conversation | None = None
    for dialogue in lines(name):
        bot = bot_of(dialogue["document"])
        if before is not None and before.bot is bot:
            changed += _is_changed(before.ask(dialogue["turns"][0]["question"], threshold=0.0))
            standing += 1
        conversation = before = Conversation(bot)
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
            if turn.get("alone"):
                changed += _is_changed(reply)
                standing += 1
            if not good:
                print(f"  {dialogue['id']}: {turn['question']} [{reply.understood_as}] -> {said(reply.candidates)}")
    print(f"{name}: {changed} of {standing} stand-alone questions changed ({100 * changed / standing:.1f}%)")
    print(f"{name}: {100 * right / turns:.1f}% of {turns} turns right, {100 * alone / turns:.1f}% without their dialogue")
    if rewritten:
        share = 100 * sum(rewritten) / len(rewritten)
        print(f"{name}: {share:.1f}% as a person rewrote them, of {len(rewritten)} turns")


def _is_changed(reply: Reply) -> bool:
    return any(note.startswith("understood as: ") for note in reply.notes)


if __name__ == "__main__":
    hold("dialogues_held_out.jsonl" if "--held-out" in sys.argv[1:] else "dialogues_build.jsonl")
