"""The reader's tokenizer: BERT's uncased WordPiece over the vocabulary of the base model."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from qabot.errors import ModelError


def load_tokenizer(vocabulary_file: Path) -> Tokenizer:
    """A tokenizer over ``vocabulary_file``, a token a line; its marks ([CLS], [SEP]) are never read out of a text.

    Raises ModelError when the file is missing or damaged. (A vocabulary loads in half the time of a tokenizer's JSON.)
    """
    try:
        model = WordPiece.from_file(str(vocabulary_file), unk_token="[UNK]")  # noqa: S106 - not a password
    except Exception as error:  # the library raises plain Exception
        raise ModelError(f"{vocabulary_file}: the reader's vocabulary can't be loaded; install qabot again") from error
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def mark_id(tokenizer: Tokenizer, mark: str) -> int:
    """The id of [CLS] or [SEP]. Raises ModelError when the vocabulary has no such mark."""
    id = tokenizer.token_to_id(mark)
    if id is None:
        raise ModelError(f"the reader's vocabulary lacks {mark}; install qabot again")
    return int(id)
