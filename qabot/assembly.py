"""The one place that names concrete classes: from documents to a Bot that can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

from qabot.answering import Bot
from qabot.errors import ModelError, SourceError
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import read_sources
from qabot.reading.confidence import Calibration
from qabot.reading.network import Network
from qabot.reading.reader import MODEL_FOLDER, SpanReader
from qabot.reading.windows import Windows
from qabot.records import Document
from qabot.retrieval.memory import MemoryRetriever


def open_bot(paths: Iterable[str | Path] | None = None, *, threshold: float | None = None, model: Path = MODEL_FOLDER) -> Bot:
    """A Bot over the files and folders in ``paths``; without any, over the article that comes with qabot.

    Raises SourceError for the first path that can't be read (the command line instead goes on with the rest), ModelError when
    the model in ``model`` can't be loaded.

    >>> open_bot().ask("Who is China's new ambassador?").answers[0].text
    'Zhao Sheng'
    """
    sources = read_sources([shipped_corpus() / ARTICLE] if paths is None else paths)
    for problem in sources.problems:
        if problem.fatal:
            raise SourceError(problem.path, problem.reason)
    if not sources.documents:
        raise SourceError("(no paths)", "there is nothing to read; name a file or a folder")
    return bot_for(sources.documents, threshold=threshold, model=model)


def bot_for(documents: Sequence[Document], *, threshold: float | None = None, model: Path = MODEL_FOLDER) -> Bot:
    """A Bot over documents that were read already. The model is loaded once a process and shared."""
    passages = cut_passages(documents)
    retriever = MemoryRetriever(passages)
    network, windows, calibration = load_model(model)
    reader = SpanReader(network, windows, calibration, retriever.idf)
    return Bot(documents, passages, retriever, reader, threshold=calibration.threshold if threshold is None else threshold)


def load_model(folder: Path = MODEL_FOLDER) -> tuple[Network, Windows, Calibration]:
    """The parts of a reader that don't depend on a corpus; loaded once. Raises ModelError."""
    with _loading:
        return _load_model(folder)


def load_model_ahead(folder: Path = MODEL_FOLDER) -> None:
    """Begin to load the model beside whatever comes next (reading documents), where it will surely be needed."""

    def load() -> None:
        with suppress(ModelError):  # whoever asks for the model then, meets it
            load_model(folder)

    Thread(target=load, name="qabot-model", daemon=True).start()


_loading = Lock()


@lru_cache(maxsize=2)
def _load_model(folder: Path) -> tuple[Network, Windows, Calibration]:
    calibration = Calibration.load(folder / "calibration.json")
    return Network(folder / "reader.onnx"), Windows(folder / "tokenizer.json"), calibration


ARTICLE = "taliban-china.md"
QUESTIONS = "questions.jsonl"


def shipped_corpus() -> Path:
    """The folder with the article and its questions: inside an installed package, or beside it in a clone."""
    package = Path(__file__).parent
    for folder in (package / "corpus", package.parent / "corpus"):
        if (folder / ARTICLE).is_file():
            return folder
    raise SourceError("corpus", "the article that comes with qabot is missing; install qabot again, or name your own files")
