"""What the Bot does between a question and its reply, with a reader that follows a script."""

from __future__ import annotations

from qabot.answering import Bot
from qabot.ingest.passages import cut_passages
from qabot.retrieval.memory import MemoryRetriever
from tests.samples import ScriptedReader, harbour


def bot(is_word: str = "") -> Bot:
    documents = [harbour()]
    passages = cut_passages(documents)
    reader = ScriptedReader([("Ilse Brandt", 0.9)])
    return Bot(documents, passages, MemoryRetriever(passages), reader, threshold=0.5, is_word=lambda word: word == is_word)


def test_a_slip_is_read_as_what_was_meant_and_the_reply_says_so() -> None:
    reply = bot().ask("Who is the mayor of Tarmov?")
    assert reply.question == "Who is the mayor of Tarmov?"
    assert reply.understood_as == "Who is the mayor of Tarnov?"
    assert reply.notes == ('read "Tarmov" as "Tarnov"',)


def test_a_literal_question_is_not_mended() -> None:
    reply = bot().ask("Who is the mayor of Tarmov?", literal=True)
    assert reply.understood_as is None
    assert reply.notes == ('"Tarmov" stands nowhere in the documents',)


def test_a_word_of_the_language_is_not_mended() -> None:
    reply = bot(is_word="mayer").ask("Who is the mayer?")
    assert reply.understood_as is None
    assert bot().ask("Who is the mayer?").understood_as == "Who is the mayor?"


def test_a_question_spelt_as_the_documents_is_understood_as_it_is() -> None:
    reply = bot().ask("Who is the  mayor of Tarnov?")
    assert reply.understood_as is None
    assert reply.notes == ()


def test_under_an_answer_only_absent_names_and_numbers_are_told() -> None:
    asked = "Which mayor governs Arlen in 1931?"
    assert bot().ask(asked, literal=True).notes == ('"Arlen", "1931" stand nowhere in the documents',)
    assert bot().ask("Governs a mayor?", literal=True).notes == ()


def test_after_not_found_every_absent_word_is_told() -> None:
    reply = bot().ask("Which mayor governs Arlen?", threshold=0.95, literal=True)
    assert reply.notes == ('"governs", "Arlen" stand nowhere in the documents',)
