"""The one place that names concrete classes: from documents to a Bot that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qabot.answering import Bot
from qabot.errors import ModelError, SourceError
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import read_sources
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.reading.confidence import Calibration
from qabot.reading.loading import CALIBRATION, MODEL_FOLDER, load_encoder, load_marker, load_model, load_vectors
from qabot.reading.reader import SpanReader
from qabot.records import Answer, Document, Hit, Passage
from qabot.retrieval.closeness import Closeness
from qabot.retrieval.memory import MemoryRetriever
from qabot.retrieval.related import RelatedTerms

if TYPE_CHECKING:  # most people have no calibration of their own to load it for
    from qabot.reading.rescaling import Rescaling


def open_bot(
    paths: str | Path | Iterable[str | Path] | None = None, *, threshold: float | None = None, model: Path = MODEL_FOLDER
) -> Bot:
    """A Bot over the files and folders in ``paths`` (or the one that it is); without any, over the article that comes with qabot.

    Raises SourceError for the first path that can't be read (the command line instead goes on with the rest), ModelError when
    the model in ``model`` can't be loaded.

    >>> open_bot().ask("Who is China's new ambassador to Afghanistan?").answers[0].text
    'Zhao Sheng'
    """
    if paths is None:
        paths = shipped_corpus() / ARTICLE
    sources = read_sources([paths] if isinstance(paths, str | Path) else paths)
    for problem in sources.problems:
        if problem.fatal:
            raise SourceError(problem.path, problem.reason)
    if not sources.documents:
        raise SourceError("(no paths)", "there is nothing to read; name a file or a folder")
    return bot_for(sources.documents, threshold=threshold, model=model)


def bot_for(
    documents: Sequence[Document],
    *,
    threshold: float | None = None,
    model: Path = MODEL_FOLDER,
    rescaling: Rescaling | None = None,
    threads: int = 0,
) -> Bot:
    """A Bot over documents that were read already. The model is loaded once a process and shared.

    ``rescaling`` is what a person's own questions made of the confidence; ``threads`` is how many cores read (0: as many as there
    are).
    """
    passages = cut_passages(documents)
    retriever = _retriever_of(passages, model)
    network, windows, calibration = load_model(model, threads=threads) if threads else load_model(model)
    if rescaling is not None:
        calibration = rescaling.of(calibration)
    reader = SpanReader(network, windows, calibration, retriever.idf, len(passages), load_marker(network, model))
    return Bot(
        documents,
        passages,
        retriever,
        reader,
        threshold=calibration.threshold if threshold is None else threshold,
        is_word=windows.is_word,
    )


def calibration_for(rescaling: Rescaling | None = None, *, model: Path = MODEL_FOLDER) -> Calibration:
    """The calibration that ``bot_for`` gives its Bot; nothing else of the model is loaded. Raises ModelError."""
    calibration = Calibration.load(model / CALIBRATION)
    return calibration if rescaling is None else rescaling.of(calibration)


def calibration_fingerprint(model: Path = MODEL_FOLDER) -> str:
    """What tells the shipped calibration from another version's. Raises ModelError when it can't be read."""
    import hashlib  # imported here: it loads all of OpenSSL, and only a calibration of one's own asks for it

    try:
        return hashlib.sha256((model / CALIBRATION).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise ModelError(f"{model / CALIBRATION}: the reader's calibration can't be read; install qabot again") from error


def searcher_for(documents: Sequence[Document]) -> Bot:
    """A Bot over documents that only searches: no network is loaded, and ``ask`` raises ValueError."""
    passages = cut_passages(documents)
    return Bot(documents, passages, _retriever_of(passages), _NoReader(), threshold=1.0)


def ranker_for(documents: Sequence[Document]) -> Callable[[str, int], Sequence[tuple[Passage, float]]]:
    """A function from a question and a limit to so many passages of ``documents``, best first, with their scores."""
    return _retriever_of(cut_passages(documents)).rank


def _retriever_of(passages: Sequence[Passage], model: Path = MODEL_FOLDER) -> MemoryRetriever:
    return MemoryRetriever(
        passages, related=partial(RelatedTerms, load_vectors(model)), closeness=partial(Closeness, load_encoder(model))
    )


class _NoReader:
    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:  # noqa: ARG002 - the protocol's signature
        raise ValueError("this Bot was made to search, not to be asked; make one with bot_for")
