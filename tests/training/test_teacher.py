"""A teacher's scores stand beside those of our reader, token by token, and a run learns from them."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.training.small_sets import write_sets

if TYPE_CHECKING:
    from qabot.training.batches import Batch
    from qabot.training.label import Teacher

torch = pytest.importorskip("torch", reason="needs the extra qabot[train]")
train = pytest.importorskip("qabot.training.train", reason="needs the extra qabot[train]")
teacher = pytest.importorskip("qabot.training.teacher", reason="needs the extra qabot[train]")
label = pytest.importorskip("qabot.training.label", reason="needs the extra qabot[train]")
int8_teacher = pytest.importorskip("qabot.training.int8_teacher", reason="needs the extra qabot[train]")
labels = pytest.importorskip("qabot.training.labels", reason="needs the extra qabot[train]")

MARKS = ["<s>", "<pad>", "</s>", "<unk>"]


def tiny_mpnet(folder: Path, words: list[str]) -> None:
    from transformers import MPNetConfig, MPNetForQuestionAnswering

    torch.manual_seed(0)
    sizes = {"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16}
    MPNetForQuestionAnswering(MPNetConfig(vocab_size=len(words), **sizes)).save_pretrained(folder)
    (folder / "vocab.txt").write_text("".join(f"{word}\n" for word in words), encoding="utf-8")


def test_words_are_matched_by_what_they_say_and_marks_by_what_they_do() -> None:
    ours, theirs = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ferry"], [*MARKS, "ferry", "<mask>"]
    assert teacher.rows_by_word(ours, theirs) == [1, 3, 0, 2, 4]
    with pytest.raises(ValueError, match="lacks 1 words, among them 'boat'"):
        teacher.rows_by_word([*ours, "boat"], theirs)


def test_a_teacher_reads_our_tokens_as_it_read_its_own(tmp_path: Path) -> None:
    from transformers import MPNetForQuestionAnswering

    ours = (train.base_model() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    theirs = [*MARKS, *(word for word in reversed(ours) if word not in {"[CLS]", "[SEP]", "[MASK]"}), "<mask>"]
    tiny_mpnet(tmp_path / "its", theirs)
    teacher.make_teacher(tmp_path / "its", tmp_path / "ours")
    words = ["[CLS]", "when", "[SEP]", "the", "ferry", "left", "[SEP]"]
    marked = {"[CLS]": "<s>", "[SEP]": "</s>"}
    its = torch.tensor([[theirs.index(marked.get(word, word)) for word in words]])
    mine = torch.tensor([[ours.index(word) for word in words]])
    with torch.no_grad():
        wanted = MPNetForQuestionAnswering.from_pretrained(tmp_path / "its").eval().base_model(its).last_hidden_state
        found = train.load_model(str(tmp_path / "ours")).eval().base_model(mine).last_hidden_state
    assert torch.allclose(wanted, found, atol=1e-6)


def test_frozen_layers_stay_as_they_are(tmp_path: Path) -> None:
    words = [*MARKS, *(f"w{number}" for number in range(30))]
    tiny_mpnet(tmp_path / "its", words)
    run = train.Run(str(tmp_path / "its"), 1, "cpu", frozen=1)
    before = {name: value.clone() for name, value in run.model.named_parameters()}
    ids, ones = np.random.default_rng(0).integers(4, 30, (3, 7)), np.ones((3, 7), np.int64)
    run.step(
        train.Batch(ids, np.zeros_like(ones), ones, np.array([[1], [2], [0]]), np.array([[2], [4], [0]])), 1e-2, bfloat16=False
    )
    changed = {name for name, value in run.model.named_parameters() if not torch.equal(value, before[name])}
    still = before.keys() - changed
    assert any(".layer.1." in name for name in changed)
    assert "qa_outputs.weight" in changed
    assert {name for name in before if "embeddings" in name or ".layer.0." in name or "relative" in name} <= still


@pytest.mark.filterwarnings("ignore")  # of the tracer about itself
def test_a_teacher_in_int8_says_nearly_what_it_says_in_float(tmp_path: Path) -> None:
    tiny_mpnet(tmp_path / "its", [*MARKS, *(f"w{number}" for number in range(30))])
    model = train.load_model(str(tmp_path / "its"))
    with torch.no_grad():
        # One unit of the hidden layer that stands far out, as some of a large model do: in eight bits it would hide the rest.
        hidden, output = model.base_model.encoder.layer[1].intermediate.dense, model.base_model.encoder.layer[1].output.dense
        hidden.weight *= 50
        output.weight *= 50
        hidden.bias[0] = 1e4
        output.weight[:, 0] = 0.0
    ids, ones = np.random.default_rng(0).integers(4, 30, (3, 7)), np.ones((3, 7), np.int64)
    batch = train.Batch(ids, np.zeros_like(ones), ones, ones[:, :1], ones[:, :1])
    wanted = label.FloatTeacher(model, compiled=False, bfloat16=False)(batch)
    small = int8_teacher.Int8Teacher(model, batch, wide=3.0)
    assert "mpnet.encoder.layer.1.output.dense" in small.kept
    off = np.abs(small(batch) - wanted).max()
    assert off < 0.1 * np.abs(wanted).max()
    everything = int8_teacher.Int8Teacher(model, batch, wide=1e9)
    assert everything.kept == []
    assert np.abs(everything(batch) - wanted).max() > 3 * off


def test_the_loss_against_a_teacher_by_hand() -> None:
    # Two tokens and one of padding. Ours says 1/2 and 1/2; the teacher, softened by 2, 3/4 and 1/4.
    ours, mask = torch.zeros((2, 1, 3)), torch.tensor([[1, 1, 0]])
    theirs = torch.tensor([2 * math.log(3), 0.0, 50.0]).repeat(2, 1, 1)
    expected = 4 * (0.75 * math.log(0.75 / 0.5) + 0.25 * math.log(0.25 / 0.5))
    assert float(train.teacher_loss(ours, theirs, mask)) == pytest.approx(expected, abs=1e-5)
    assert float(train.teacher_loss(theirs, theirs, mask)) == pytest.approx(0.0, abs=1e-6)


@pytest.fixture
def reader(tmp_path: Path) -> str:
    """The folder of a narrow reader over the whole vocabulary."""
    from transformers import BertConfig, BertForQuestionAnswering

    config = BertConfig(vocab_size=30522, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    BertForQuestionAnswering(config).save_pretrained(tmp_path / "reader")
    return str(tmp_path / "reader")


def run_of(folder: Path, reader: str, total: int, *more: str) -> argparse.Namespace:
    given = ["--data", str(folder), "--work", str(folder / "work"), "--start", reader, "--labels", str(folder / "labels")]
    args: argparse.Namespace = train._arguments([*given, "--total", str(total), "--tokens", "120", "--no-bfloat16", *more])
    return args


def test_a_run_learns_again_and_again_from_as_far_as_the_teacher_has_read(tmp_path: Path, reader: str) -> None:
    data = write_sets(tmp_path)
    with pytest.raises(FileNotFoundError, match="no logits of the pass with seed 1000"):
        train.train(run_of(data, reader, 4))

    def plain(_: Batch) -> Teacher:
        made: Teacher = label.FloatTeacher(train.load_model(reader), compiled=False, bfloat16=False)
        return made

    label.label(data, plain, data / "labels", train.pass_seed(1, 0), 120, limit=2)
    some = {path: path.stat().st_mtime_ns for path in (data / "labels").rglob("*.npy")}
    run = train.train(run_of(data, reader, 9))
    assert run.seen >= 9
    assert run.passes > 0  # the labelled batches are read once more
    label.label(data, plain, data / "labels", train.pass_seed(1, 0), 120, limit=100)
    every = {path: path.stat().st_mtime_ns for path in (data / "labels").rglob("*.npy")}
    assert some.items() < every.items()


def test_a_teacher_reads_the_recipe_that_the_run_does(tmp_path: Path, reader: str) -> None:
    data = write_sets(tmp_path)
    run = run_of(data, reader, 4, "--share", "short", "0", "--share", "near_miss", "0")
    label.label(data, lambda _: lambda batch: np.zeros((2, *batch.ids.shape), np.float32), run.labels, 1000, 120, 100, run.recipe)
    batches = list(train.pass_batches(data, 1000, 120, run.recipe))
    kept = [labels.read_labels(run.labels, 1000, number, batch) for number, batch in enumerate(batches)]
    assert len(list(run.labels.rglob("*.npy"))) == len(kept)
    assert all(one is not None for one in kept)


def test_the_loss_is_shared_between_the_teacher_and_the_labels(reader: str) -> None:
    ids, ones = np.random.default_rng(0).integers(999, 9999, (3, 7)), np.ones((3, 7), np.int64)
    batch = train.Batch(ids, np.zeros_like(ones), ones, np.array([[1], [2], [0]]), np.array([[2], [4], [0]]))
    wanted = np.random.default_rng(1).normal(size=(2, 3, 7)).astype(np.float32)

    def loss_at(share: float) -> float:
        return float(train.Run(reader, 1, "cpu", teacher_share=share).step(batch, 0.0, bfloat16=False, wanted=wanted))

    of_labels, of_teacher = loss_at(0.0), loss_at(1.0)
    assert of_labels == pytest.approx(train.Run(reader, 1, "cpu").step(batch, 0.0, bfloat16=False))
    assert of_teacher != pytest.approx(of_labels)
    assert loss_at(0.25) == pytest.approx(0.75 * of_labels + 0.25 * of_teacher)


def test_logits_of_another_pass_are_refused(tmp_path: Path) -> None:
    path = labels.file_of(tmp_path, 1000, 0)
    path.parent.mkdir()
    labels.write_labels(path, np.ones((2, 3, 7), np.float32))
    ids = np.zeros((3, 7), np.int64)
    assert labels.read_labels(tmp_path, 1000, 0, train.Batch(ids, ids, ids, ids, ids)).tolist() == np.ones((2, 3, 7)).tolist()
    with pytest.raises(ValueError, match="of another pass"):
        labels.read_labels(tmp_path, 1000, 0, train.Batch(ids[:2], ids, ids, ids, ids))
