"""A reply as JSON, schema 1: one object, the same for ``ask --json``, every line of ``--questions`` and a piped dialogue."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from qabot.records import Answer, Document, Hit, Reply, Span
from qabot.terminal.safe import UNSEEN
from qabot.text.pairs import whole

if TYPE_CHECKING:
    from qabot.answering import Retriever
    from qabot.cli.question_lines import Id
    from qabot.terminal.each import Each

SCHEMA = 1
MOST_HITS = 5
_UNSEEN = re.compile(f"[{''.join(map(chr, UNSEEN))}]")  # C0 is escaped by JSON itself


def reply_object(reply: Reply, *, id: Id, top: int, elapsed_ms: float) -> dict[str, Any]:
    """The object that README documents. Offsets are code points into the document's text, ends exclusive."""
    answers = [answer_object(answer) for answer in reply.first(top)]
    return {
        "schema": SCHEMA,
        "id": id,
        "question": reply.question,
        "understood_as": reply.understood_as,
        "answerable": bool(answers),
        "threshold": reply.threshold,
        "answer": answers[0] if answers else None,
        "answers": answers,
        "conflicting": [answer_object(answer) for answer in reply.conflicting],
        "hits": [_hit(hit) for hit in reply.hits[:MOST_HITS]],
        "notes": list(reply.notes),
        "elapsed_ms": round(elapsed_ms, 3),
    }


def each_object(each: Each, *, elapsed_ms: float) -> dict[str, Any]:
    """What every document alone answers, in the order they were read."""
    reply = each.reply
    documents = []
    for document, alone in each.alone:
        answers = [answer_object(answer) for answer in alone.first(1)]
        documents.append(
            {
                "path": document.path,
                "title": document.title,
                "answerable": bool(answers),
                "answer": answers[0] if answers else None,
                "answers": answers,
            }
        )
    return {
        "schema": SCHEMA,
        "id": None,
        "question": reply.question,
        "understood_as": reply.understood_as,
        "answerable": any(one["answerable"] for one in documents),
        "threshold": reply.threshold,
        "documents": documents,
        "notes": list(reply.notes),
        "elapsed_ms": round(elapsed_ms, 3),
    }


def why_object(reply: Reply, retriever: Retriever) -> dict[str, Any] | None:
    """The evidence for the best candidate, refused or not; None when nothing was read."""
    from qabot.terminal.why import hit_of, judged, searched

    answer = judged(reply)
    if answer is None:
        return None
    hit = hit_of(answer, reply)
    return {
        "text": answer.text,
        "refused": reply.best is None,
        "terms": [
            {"word": one.word, "idf": one.idf, "bm25": one.bm25, "related": one.related}
            for one in searched(reply, hit, retriever)
        ],
        "rank": hit.rank if hit else None,
        "bm25": hit.score - hit.closeness if hit else 0.0,
        "closeness": hit.closeness if hit else 0.0,
        "margin": answer.evidence.margin,
        "null_score": answer.evidence.null_score,
        "features": dict(answer.evidence.features),
        "score": answer.score,
        "confidence": answer.confidence,
        "threshold": reply.threshold,
    }


def error_object(line: int, error: str) -> dict[str, Any]:
    """What stands in the output for a line of ``--questions`` that couldn't be asked."""
    return {"schema": SCHEMA, "line": line, "error": error}


def answer_object(answer: Answer) -> dict[str, Any]:
    """One answer with its source."""
    document = answer.document
    sentence = whole(document, answer.sentence_span)
    around = whole(document, answer.passage.span)
    passage = Span(min(around.start, sentence.start), max(around.end, sentence.end))
    return {
        "text": answer.text,
        "kind": answer.kind,
        "confidence": answer.confidence,
        "score": answer.score,
        "source": {
            "path": document.path,
            "title": document.title,
            "start": answer.span.start,
            "end": answer.span.end,
            "line": answer.location.line,
            "column": answer.location.column,
            "page": answer.location.page,
        },
        "sentence": sentence.of(document.text),
        "passage": {"start": passage.start, "end": passage.end, "text": passage.of(document.text)},
    }


def _hit(hit: Hit) -> dict[str, Any]:
    document: Document = hit.passage.document
    span = hit.passage.span
    return {
        "rank": hit.rank,
        "score": hit.score,
        "path": document.path,
        "start": span.start,
        "end": span.end,
        "line": document.locate(span.start).line,
    }


def to_line(value: dict[str, Any], encoding: str) -> str:
    """``value`` on one line of JSON; what ``encoding`` can't carry (lone surrogates in an odd file name, say) is escaped.

    So is what would drive a terminal, break the line or turn the direction of writing around: documents are anybody's words.
    """
    line = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value).replace("\x7f", "\\u007f")
    return line
