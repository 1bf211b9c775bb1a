from __future__ import annotations

import pytest

from qabot.text.question_kind import question_kind

POLAR = [
    "Has the council approved the bridge?",
    "did the ferry sink",
    "Is it true that the mayor resigned?",
    "In May, were the boats repaired?",
    "And was anybody hurt?",
    "Weren't the crews insured?",
    "Isn’t Tarnov a port?",
    "Can you tell me whether the market was open?",
    "Did the council approve the plan or not?",
]
LISTS = [
    "Which countries sent ships?",
    "What two towns share the bridge?",
    "Which other kinds of fish are sold?",
    "What reasons did the mayor give?",
    "Between which years was it closed?",
    "Who were the founders of the club?",
    "What are the main exports of Tarnov?",
    "Name the three rivers of the valley.",
    "List all members of the crew",
    "Which people signed it?",
    "What reasons lead to a refusal?",
    "On what grounds did they refuse?",
]
OPEN = [
    "Who is the mayor?",
    "What is the town's motto?",
    "What's the mayor's opinion?",
    "Which class did she attend?",
    "Which country sent ships?",
    "What was the cause of the fire?",
    "What did the boats carry?",
    "What was there to eat?",
    "In May, what was repaired?",
    "Who paid for it?",
    "Where did the ferry stop?",
    "To whom were they sold?",
    "How did they get there?",
    "How can I see which boats are waiting?",
    "What bus goes to the harbour?",
    "What basis did they have?",
    "Describe the harbour.",
    "What causes rust?",
    "What fuel powers the ferry?",
    "Which company measures the dust?",
]
SPANS = [
    "How many boats burned?",
    "How often does it sail?",
    "On what date was it signed?",
    "In which year, did the fire break out?",
    "What percentage was lost?",
    "Why did the ferry sink?",
    "Why did they say what things cost?",
    "In the end, when was it repaired?",
    "Is the bridge made of stone or of wood?",
    "Can you tell me who paid?",
    "Do you know when the market opens?",
]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        *((one, "polar") for one in POLAR),
        *((one, "list") for one in LISTS),
        *((one, "open") for one in OPEN),
        *((one, "span") for one in SPANS),
    ],
)
def test_what_is_asked_for(question: str, kind: str) -> None:
    assert question_kind(question) == kind
    assert question_kind(question.rstrip("?.").lower()) == kind
