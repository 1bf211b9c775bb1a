"""What a run was made with, so that two runs can be told to be comparable: versions, fingerprints, settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qabot.records import Document

_DIGITS = 16  # of a SHA-256, in hexadecimal: enough to tell any two apart
WEIGHTS = ("reader.onnx", "reader.bin", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class Provenance:
    """``model`` is the fingerprint of the reader's weights (None where nothing was read), ``calibration`` what its confidence was
    fitted on, ``corpus`` the fingerprint of the documents and ``questions`` that of the question set; ``mode`` is ``ask``,
    ``gold-passage``, ``retrieval-only`` or ``retrieval-set``.
    """

    qabot: str
    model: str | None
    calibration: str | None
    corpus: str
    questions: str
    mode: str
    seed: int
    limit: int | None
    jobs: int

    def as_object(self) -> dict[str, Any]:
        """The fields by their names, for JSON."""
        return asdict(self)


def file_fingerprint(folder: Path, names: Iterable[str]) -> str:
    """One for the content of the files ``names`` in ``folder``; those that aren't there are left out. Raises OSError."""
    digest = hashlib.sha256()
    for name in names:
        file = folder / name
        if file.is_file():
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:_DIGITS]


def corpus_fingerprint(documents: Iterable[Document]) -> str:
    """One for the texts of ``documents``, in whatever order and under whatever names they are read."""
    digests = sorted(hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).digest() for document in documents)
    return hashlib.sha256(b"".join(digests)).hexdigest()[:_DIGITS]


def text_fingerprint(text: str) -> str:
    """One for ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
