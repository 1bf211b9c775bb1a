"""Retrieval sets in BEIR's layout: a folder with corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv).

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qabot.answering import check_question
from qabot.errors import QuestionError, QuestionSetError
from qabot.evaluation.formats.jsonl import parse_object
from qabot.evaluation.questions import read_text
from qabot.records import Document, Section, Span

_Item = TypeVar("_Item", Document, str)
CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", ("qrels.tsv", "qrels/test.tsv")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """``qrels``: how relevant (above 0) which document is to which query, by query id. A query without a relevant document is
    left out; ``problems`` name what else had to be.
    """

    documents: tuple[Document, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    problems: tuple[QuestionSetError, ...]


def is_retrieval_set(path: str) -> bool:
    """Whether ``path`` is a folder that is laid out as BEIR's are."""
    return _is_file(Path(path) / CORPUS) and _is_file(Path(path) / QUERIES)


def read_retrieval_set(folder: str, *, strict: bool = False) -> RetrievalSet:
    """Read a retrieval set. Bad lines are left out and named in ``problems``; with ``strict`` the first one is an error.

    Raises QuestionSetError when a file can't be read, or no query is left that a document is relevant to.
    """
    problems: list[QuestionSetError] = []
    documents = _by_id(str(Path(folder) / CORPUS), _document, problems)
    queries = _by_id(str(Path(folder) / QUERIES), _query, problems)
    qrels_file = next((Path(folder) / name for name in QRELS if _is_file(Path(folder) / name)), Path(folder) / QRELS[0])
    qrels: dict[str, dict[str, int]] = {}
    for number, cells in _rows(str(qrels_file)):
        try:
            query, document, relevance = _qrel(str(qrels_file), number, cells)
        except QuestionSetError as error:
            problems.append(error)
            continue
        if query not in queries:
            problems.append(QuestionSetError(str(qrels_file), number, f"speaks of query {query!r}, which {QUERIES} lacks"))
        elif relevance > 0:
            qrels.setdefault(query, {})[document] = relevance
    if strict and problems:
        raise problems[0]
    if not qrels:
        raise QuestionSetError(str(qrels_file), None, f"names no document that is relevant to a query of {QUERIES}")
    return RetrievalSet(tuple(documents.values()), {id: queries[id] for id in queries if id in qrels}, qrels, tuple(problems))


def _is_file(path: Path) -> bool:
    """As ``Path.is_file``, with no where that raises: a name that is too long, a folder that can't be looked into."""
    return os.path.isfile(path)  # noqa: PTH113


def _by_id(file: str, make: Callable[[str, int, dict[str, object]], _Item], problems: list[QuestionSetError]) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    for number, line in enumerate(read_text(file, "a retrieval set has such a file").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = parse_object(file, number, line)
            id = str(item.get("_id", ""))
            if not id or id in found:
                raise QuestionSetError(file, number, f"its _id {id!r} was given before" if id else 'has no "_id"')
            found[id] = make(file, number, item)
        except QuestionSetError as error:
            problems.append(error)
    return found


def _document(file: str, number: int, item: dict[str, object]) -> Document:
    """A document of one block under its title; a title alone is its text too."""
    title, text = str(item.get("title") or ""), str(item.get("text") or "")
    text = text if text.strip() else title
    if not text.strip() or any("\ud800" <= char <= "\udfff" for char in text):
        raise QuestionSetError(file, number, f"document {item['_id']!r} has no text that can be read")
    return Document(str(item["_id"]), title, text, str(item["_id"]), (Section("", (Span(0, len(text)),)),))


def _query(file: str, number: int, item: dict[str, object]) -> str:
    try:
        return check_question(str(item.get("text") or ""))
    except QuestionError as error:
        raise QuestionSetError(file, number, str(error)) from error


def _rows(file: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(read_text(file, "a retrieval set has such a file").split("\n"), start=1):
        cells = line.split("\t") if "\t" in line else line.split()
        if line.strip() and not (number == 1 and not cells[-1].strip().lstrip("-").isdecimal()):  # the header
            yield number, [cell.strip() for cell in cells]


def _qrel(file: str, number: int, cells: list[str]) -> tuple[str, str, int]:
    """Query, document and relevance of BEIR's three columns or TREC's four (query, iteration, document, relevance)."""
    if len(cells) not in {3, 4} or not cells[-1].lstrip("-").isdecimal():
        raise QuestionSetError(file, number, "is not query-id, corpus-id and score (a whole number), parted by tabs")
    return cells[0], cells[-2], int(cells[-1])
