"""The invariant: an answer's words are what stands between its offsets in the file, decoded by anybody, for every document."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from pathlib import Path

import pytest

from qabot.answering import Bot
from qabot.assembly import bot_for
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text, read_sources
from qabot.records import Answer, Document, Reply
from qabot.retrieval.memory import MemoryRetriever
from tests.fakes import RandomReader
from tests.random_documents import RandomDocument, random_document

DOCUMENTS = 10_000
CHUNKS = 10
OF_THEM_FILES = 100  # in each chunk
READ_BY_THE_MODEL = 200
QUESTIONS = ("Who spoke in Kabul?", "Где был министр?", "What does café cost in the U.S.?", "Is there a fire in the harbour?")
# How a file is written, and how anybody would decode it: a byte order mark is no part of the text.
ENCODINGS = (
    (b"", "utf-8", "utf-8"),
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)


def every_answer(reply: Reply) -> Iterable[Answer]:
    for answer in reply.candidates:
        yield answer
        yield from answer.agreeing


def check(answer: Answer, text: str, edges: frozenset[int], seed: int) -> None:
    start, end = answer.span.start, answer.span.end
    where = f"seed {seed}, {answer.span}"
    assert answer.text == text[start:end], where
    assert start in edges, where
    assert end in edges, where
    line_start = text.rfind("\n", 0, start) + 1
    assert (answer.location.line, answer.location.column) == (text.count("\n", 0, start) + 1, start - line_start + 1), where
    assert answer.span.within(answer.passage.span), where
    assert answer.span.within(answer.sentence_span), where
    assert answer.sentence == text[answer.sentence_span.start : answer.sentence_span.end], where


def from_text(made: RandomDocument, seed: int) -> tuple[Document, str]:
    return document_from_text(made.text, id=f"{seed}{made.suffix}", suffix=made.suffix), made.text


def from_file(made: RandomDocument, seed: int, folder: Path) -> tuple[Document, str]:
    """The document as the package reads it from disk, and its text as decoded without the package."""
    bom, encoding, plainly = ENCODINGS[seed % len(ENCODINGS)]
    file = folder / f"{seed}{made.suffix}"
    # A text's own first character may look like a byte order mark: then it needs a real one before it.
    file.write_bytes((codecs.BOM_UTF8 if not bom and made.text.startswith("\ufeff") else bom) + made.text.encode(encoding))
    sources = read_sources([file])
    assert sources.problems == (), f"seed {seed}"
    data = file.read_bytes()
    return sources.documents[0], data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else plainly)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_answers_stand_where_they_say_in_thousands_of_documents(chunk: int, tmp_path: Path) -> None:
    seeds = range(chunk * DOCUMENTS // CHUNKS, (chunk + 1) * DOCUMENTS // CHUNKS)
    answered = 0
    for seed in seeds:
        made = random_document(seed)
        from_disk = seed - seeds.start < OF_THEM_FILES
        document, text = from_file(made, seed, tmp_path) if from_disk else from_text(made, seed)
        assert text == made.text, f"seed {seed}"
        passages = cut_passages([document], target=8, limit=12)
        bot = Bot([document], passages, MemoryRetriever(passages), RandomReader(seed), threshold=0.5)
        reply = bot.ask(QUESTIONS[seed % len(QUESTIONS)])
        for answer in every_answer(reply):
            check(answer, text, made.edges, seed)
            answered += 1
    assert answered > 3 * len(seeds)


@pytest.mark.slow
def test_answers_of_the_shipped_model_stand_where_they_say(tmp_path: Path) -> None:
    answered = 0
    for seed in range(DOCUMENTS, DOCUMENTS + READ_BY_THE_MODEL):
        made = random_document(seed)
        document, text = from_file(made, seed, tmp_path)
        for answer in every_answer(bot_for([document]).ask(QUESTIONS[seed % len(QUESTIONS)])):
            check(answer, text, made.edges, seed)
            answered += 1
    assert answered > READ_BY_THE_MODEL


def test_the_generator_makes_what_it_is_for() -> None:
    documents = [random_document(seed) for seed in range(300)]
    everything = "".join(made.text for made in documents)
    wanted = ("\r\n", "👨‍👩‍👧‍👦", "e\u0301", "и\u0306", "Министр", "\f", "**", "](http", "\u2028", "\ufeff", " \u0301")
    assert [piece for piece in wanted if piece not in everything] == []
    assert 100 < sum(made.suffix == ".md" for made in documents) < 200
    assert random_document(5) == random_document(5) != random_document(6)
