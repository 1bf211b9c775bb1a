"""Follow-up questions in a dialogue, with a reader that follows a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from qabot.answering import Bot
from qabot.conversation import Conversation
from qabot.errors import QuestionError
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.records import Answer, Hit
from qabot.retrieval.memory import MemoryRetriever
from tests.samples import ScriptedReader, harbour, scripted_bot


def conversation(words: str = "Ilse Brandt", confidence: float = 0.9) -> Conversation:
    return Conversation(scripted_bot([harbour()], [(words, confidence)]))


def test_a_follow_up_is_asked_as_what_it_stands_for_and_says_so() -> None:
    dialogue = conversation()
    assert dialogue.ask("Who is the mayor of Tarnov?").understood_as is None
    reply = dialogue.ask("What did she say?")
    assert reply.question == "What did she say?"
    assert reply.understood_as == "What did Ilse Brandt say?"
    assert reply.notes[0] == "understood as: What did Ilse Brandt say?"


def test_a_question_that_stands_alone_is_left() -> None:
    dialogue = conversation()
    dialogue.ask("Who is the mayor of Tarnov?")
    assert dialogue.ask("What did the repair of the harbour cost?").understood_as is None


def test_a_literal_question_is_asked_as_it_stands() -> None:
    dialogue = conversation()
    dialogue.ask("Who is the mayor of Tarnov?")
    for reply in (dialogue.ask("= What did she say?"), dialogue.ask("What did she say?", literal=True)):
        assert reply.question == "What did she say?"
        assert reply.understood_as is None


def test_what_was_not_found_leaves_nothing_behind() -> None:
    dialogue = conversation(confidence=0.1)
    dialogue.ask("Who is the mayor of Tarnov?")
    assert dialogue.ask("What did she say?").understood_as is None


def test_a_bare_question_word_needs_an_answer_before_it() -> None:
    dialogue = conversation()
    for question in ("And when?", "Why?"):
        with pytest.raises(QuestionError, match="no answer before it"):
            dialogue.ask(question)
    assert dialogue.ask("=When?").understood_as is None
    dialogue.ask("Who is the mayor of Tarnov?")
    assert dialogue.ask("Since when?").understood_as is not None


def test_the_title_of_the_last_answers_document_is_the_topic_where_it_is_a_name() -> None:
    text = "# Ilse Brandt\n\nThe bridge was opened in 1931."
    document = document_from_text(text, id="b", path="b.md", suffix=".md")
    dialogue = Conversation(scripted_bot([document, harbour()], [("1931", 0.9)]))
    assert dialogue.ask("When was she born?").understood_as is None
    assert dialogue.ask("When was the bridge opened?").understood_as is None
    assert dialogue.ask("When was she born?").understood_as == "When was Ilse Brandt born?"
    dialogue.forget()
    assert dialogue.ask("When was she born?").understood_as is None
    alone = Conversation(scripted_bot([document], [("1931", 0.9)]))  # then it is the topic from the first question on
    assert alone.ask("When was she born?").understood_as == "When was Ilse Brandt born?"


def test_forgetting_begins_anew() -> None:
    dialogue = conversation()
    dialogue.ask("Who is the mayor of Tarnov?")
    dialogue.forget()
    assert dialogue.ask("What did she say?").understood_as is None


def test_a_follow_up_with_a_slip_is_mended_too() -> None:
    dialogue = conversation()
    dialogue.ask("Who is the mayor of Tarnov?")
    reply = dialogue.ask("What did she say about the harbuor?")
    assert reply.understood_as == "What did Ilse Brandt say about the harbour?"
    assert reply.notes[:2] == (f"understood as: {reply.understood_as}", 'read "harbuor" as "harbour"')


class KeyedReader:
    """Answers by the first key that ends in the question: its words, and how sure it is of them."""

    def __init__(self, script: Mapping[str, tuple[str, float]]) -> None:
        self.script = script
        self.asked: list[str] = []

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        read = f"{before} {question}".strip()
        self.asked.append(read)
        ends = ((key, read.rfind(key) + len(key)) for key in self.script if key in read)
        told = next((self.script[key] for key, end in ends if end > len(before)), ("the", 0.01))
        return ScriptedReader([told]).read(question, hits)


LEASE = "The landlord repairs the roof.\n\nIlse Brandt, the tenant, cleans the windows; dogs may stay."


def keyed(script: Mapping[str, tuple[str, float]], text: str = LEASE) -> tuple[Conversation, KeyedReader]:
    documents = [document_from_text(text, id="a", path="a.md", suffix=".md")]
    passages = cut_passages(documents)
    reader = KeyedReader(script)
    return Conversation(Bot(documents, passages, MemoryRetriever(passages), reader, threshold=0.5)), reader


def test_a_sure_follow_up_is_read_once() -> None:
    dialogue, reader = keyed({"Who is": ("Ilse Brandt", 0.9), "Ilse Brandt clean": ("the windows", 0.8)})
    dialogue.ask("Who is the tenant?")
    assert dialogue.ask("What does she clean?").understood_as == "What does Ilse Brandt clean?"
    assert reader.asked == ["Who is the tenant?", "What does Ilse Brandt clean?"]


@pytest.mark.parametrize(("literal", "taken"), [(0.45, False), (0.65, True)])
def test_what_was_said_is_taken_where_the_reader_is_much_surer_of_it(literal: float, taken: bool) -> None:
    dialogue, _ = keyed({"Who is": ("Ilse Brandt", 0.9), "Ilse Brandt clean": ("dogs", 0.3), "she clean": ("windows", literal)})
    dialogue.ask("Who is the tenant?")
    reply = dialogue.ask("What does she clean?")
    assert reply.candidates[0].text == ("windows" if taken else "dogs")
    if not taken:
        assert reply.understood_as == "What does Ilse Brandt clean?"


def test_a_follow_up_is_not_answered_by_what_was_just_told() -> None:
    script = {"repairs the roof? What about": ("The landlord", 0.6), "repairs the roof": ("The landlord", 0.9)}
    dialogue, _ = keyed({**script, "repairs dogs": ("the", 0.1), "about dogs": ("may stay", 0.3)})
    dialogue.ask("Who repairs the roof?")
    assert dialogue.ask("What about dogs?").candidates[0].text == "may stay"
    assert dialogue.ask("Who repairs the roof?").candidates[0].text == "The landlord"  # asked anew, told anew


@pytest.mark.parametrize(("sure", "taken"), [(0.7, True), (0.35, False)])
def test_what_no_rule_resolves_is_read_behind_the_last_turn_where_the_reader_is_surer_of_that(sure: float, taken: bool) -> None:
    dialogue, _ = keyed({"roof? The landlord. What": ("dogs", sure), "Who re": ("The landlord", 0.9), "What": ("the", 0.2)})
    dialogue.ask("Who repairs the roof?")
    reply = dialogue.ask("What windows are there?")
    assert reply.question == "What windows are there?"
    assert reply.candidates[0].text == ("dogs" if taken else "the")
    whole = "Who repairs the roof? The landlord. What windows are there?"
    assert (reply.understood_as, reply.notes[:1]) == ((whole, (f"understood as: {whole}",)) if taken else (None, ()))


def test_what_stands_alone_is_read_once_found_or_not() -> None:
    dialogue, reader = keyed({"Who repairs": ("The landlord", 0.9), "Which": ("dogs", 0.1)})
    for question in ("Who repairs the roof?", "Which animals stay?"):
        dialogue.ask(question)
    assert reader.asked == ["Who repairs the roof?", "Which animals stay?"]


def test_what_is_read_behind_the_last_turn_is_remembered_without_its_slips() -> None:
    dialogue, reader = keyed(
        {"roof? The landlord. Which windows": ("dogs", 0.7), "Who re": ("The landlord", 0.9), "Which": ("the", 0.2)}
    )
    dialogue.ask("Who repairs the roof?")
    assert dialogue.ask("Which windwos are there?").candidates[0].text == "dogs"
    dialogue.ask("And the doors there?")
    assert "Which windows are there? dogs. And the doors there?" in reader.asked


def test_a_question_too_long_to_have_another_behind_it_is_read_behind_nothing() -> None:
    dialogue, reader = keyed({"Who repairs": ("The landlord", 0.9)})
    dialogue.ask("Who repairs the roof?")
    long = "Is it " + "wet " * 33 + "there?"
    dialogue.ask(long)
    assert reader.asked.count(long) == 1


def test_where_everything_meant_is_too_long_it_is_asked_as_it_is_said() -> None:
    dialogue = conversation()
    dialogue.ask("Who was against " + "rain " * 196 + "?")
    assert dialogue.ask("For how long?").understood_as is None


def test_what_is_taken_literally_is_read_behind_nothing() -> None:
    dialogue, reader = keyed({"Who repairs": ("The landlord", 0.9)})
    dialogue.ask("Who repairs the roof?")
    dialogue.ask("What is kept there?", literal=True)
    assert reader.asked == ["Who repairs the roof?", "What is kept there?"]


def test_what_would_be_too_long_a_question_is_not_asked() -> None:
    dialogue = conversation()
    dialogue.ask("Where does it " + "rain " * 130 + "?")
    reply = dialogue.ask("What about " + "snow " * 90 + "?")  # with the last question before it, over 200 words
    assert reply.understood_as is None
    assert reply.candidates
