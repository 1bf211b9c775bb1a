"""Follow-up questions in a dialogue, with a reader that follows a script."""

from __future__ import annotations

import pytest

from qabot.conversation import Conversation
from qabot.errors import QuestionError
from qabot.ingest.reading import document_from_text
from tests.samples import harbour, scripted_bot


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
    dialogue = Conversation(scripted_bot([document], [("1931", 0.9)]))
    assert dialogue.ask("When was she born?").understood_as is None
    assert dialogue.ask("When was the bridge opened?").understood_as is None
    assert dialogue.ask("When was she born?").understood_as == "When was Ilse Brandt born?"
    dialogue.forget()
    assert dialogue.ask("When was she born?").understood_as is None


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
