"""What the reader is trained on: held-out articles stay out, answers stay where they are, passes are repeatable."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.marking import BEGINS, GOES_ON
from qabot.reading.tokenizer import load_tokenizer
from qabot.reading.windows import Windows
from qabot.records import Span
from qabot.training.batches import MAX_TOKENS, batches, collate, tokenise
from qabot.training.example import Example
from qabot.training.examples import shorten, training_examples, vary_question
from qabot.training.squad import read_paragraphs, without_articles_of
from qabot.training.tags import UNKNOWN
from tests.building import passage
from tests.training.small_sets import article, write, write_sets


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sets(tmp_path)


def test_held_out_articles_are_matched_by_context_and_left_out_whole(data: Path) -> None:
    examples = [example for seed in range(10) for example in training_examples(data, seed)]
    assert examples
    assert not any("Skerra" in example.text for example in examples)
    squad = read_paragraphs(data / "train" / "squad-v1.1-train.json.gz")
    renamed = read_paragraphs(data / "train" / "unansq-dev.json.gz")
    assert {paragraph.title for paragraph in without_articles_of(squad, renamed)} == {"Arlen"}


def test_answers_stand_where_they_are_said_to_and_unanswerable_ones_have_none(data: Path) -> None:
    golds = {"1931", "nine"}
    for seed in range(10):
        for example in training_examples(data, seed):
            assert {span.of(example.text) for span in example.answers} <= golds
            if example.question.startswith("how"):
                assert example.answers == ()


def test_mined_negatives_do_not_hold_the_answer(data: Path) -> None:
    examples = [example for seed in range(30) for example in training_examples(data, seed)]
    mined = [example for example in examples if not example.answers and not example.question.startswith("how")]
    assert mined
    for example in mined:
        assert ("1931" if example.question.startswith("When") else "nine") not in example.text


def test_equal_seeds_give_equal_passes(data: Path) -> None:
    assert training_examples(data, 3) == training_examples(data, 3)
    assert any(training_examples(data, 3) != training_examples(data, seed) for seed in range(4, 9))


def test_a_guessed_place_lets_every_occurrence_count(tmp_path: Path) -> None:
    fact = ("In May and again in May, but not in Mayfield.", "When?", "May")
    write(tmp_path / "set" / "guessed.json.gz", article("A", [fact], start_guessed=True))
    write(tmp_path / "set" / "known.json.gz", article("A", [fact]))
    guessed = read_paragraphs(tmp_path / "set" / "guessed.json.gz")[0].questions[0]
    known = read_paragraphs(tmp_path / "set" / "known.json.gz")[0].questions[0]
    assert [span.start for span in guessed.answers] == [3, 20]
    assert [span.start for span in known.answers] == [3]


def test_questions_are_varied_without_losing_their_words() -> None:
    rng = random.Random(1)
    question = "Who designed the granite bridge?"
    varied = {vary_question(question, rng) for _ in range(400)}
    assert question in varied
    assert question.rstrip("?") in varied
    assert all(abs(len(one) - len(question)) <= 2 for one in varied)
    assert vary_question("Who?", random.Random(0)) in {"Who?", "Who"}


def test_tokens_point_at_the_answer_and_a_long_text_is_cut_around_it() -> None:
    tokenizer = load_tokenizer(MODEL_FOLDER / "vocabulary.txt")
    text = "filler words go on and on " * 200 + "the secret is mahogany here " + "more filler words follow " * 200
    start = text.index("mahogany")
    examples = [
        Example("What is the secret?", text, (Span(start, start + 8),)),
        Example("What is the secret?", "No such thing.", ()),
    ]
    for seed in range(5):
        answered, unanswered = tokenise(tokenizer, examples, random.Random(seed))
        assert len(answered.ids) == MAX_TOKENS
        assert tokenizer.decode(list(answered.ids[answered.starts[0] : answered.ends[0] + 1])) == "mahogany"
        assert (unanswered.starts, unanswered.ends) == ((0,), (0,))


def test_an_example_is_read_as_it_is_when_asked() -> None:
    question, text = "How many arches?", "It has nine arches."
    example = Example(question, text, (Span(7, 11),))
    (tokens,) = tokenise(load_tokenizer(MODEL_FOLDER / "vocabulary.txt"), [example], random.Random(0))
    (window,) = Windows(MODEL_FOLDER / "vocabulary.txt").of(question, [passage(text)])
    assert (tokens.ids, tokens.question_length) == (window.ids, window.first)
    assert window.spans[tokens.starts[0] - window.first] == Span(7, 11)


def test_items_are_tagged_as_they_stand_in_what_is_left_of_the_text() -> None:
    text = (
        "It rained. They took old boats, red-hot stones and salt. Nobody came. The end was near. All was lost. Then it was night."
    )
    places = [Span(text.index(words), text.index(words) + len(words)) for words in ("old boats", "red-hot stones", "salt")]
    whole = Span(places[0].start, places[-1].end)
    tokenizer = load_tokenizer(MODEL_FOLDER / "vocabulary.txt")
    for seed in range(4):
        example = shorten(Example("What?", text, (whole,), tuple(places)), random.Random(seed))
        (told,) = tokenise(tokenizer, [example], random.Random(0))
        tagged = list(zip(told.ids[told.question_length :], told.tags, strict=False))
        assert [tokenizer.decode([token]) for token, tag in tagged if tag == BEGINS] == ["old", "red", "salt"]
        assert [tokenizer.decode([token]) for token, tag in tagged if tag == GOES_ON] == ["boats", "stones"]
        assert [tokenizer.decode([token]) for token, tag in tagged if tag == UNKNOWN] == ["-", "hot"]
        (plain,) = tokenise(tokenizer, [replace(example, items=None)], random.Random(0))
        assert plain.tags == ()
        tags = collate([plain, told]).tags
        assert tags is not None
        assert (tags[0] == -1).all()
        assert tuple(tags[1, told.question_length :][: len(told.tags)]) == told.tags
        assert collate([plain]).tags is None


def test_batches_hold_every_example_once_and_pad_little() -> None:
    tokenizer = load_tokenizer(MODEL_FOLDER / "vocabulary.txt")
    examples = [Example(f"Which word is number {n}?", "word " * (5 + n % 50), ()) for n in range(300)]
    tokens = tokenise(tokenizer, examples, random.Random(0))
    made = list(batches(tokens, 1000, random.Random(0)))
    assert sum(len(batch.ids) for batch in made) == 300
    assert max(batch.ids.size for batch in made) <= 1000
    assert sum(int(batch.mask.sum()) for batch in made) == sum(len(one.ids) for one in tokens)
    text_tokens = sum(len(one.ids) - one.question_length for one in tokens)
    assert sum(int(batch.types.sum()) for batch in made) == text_tokens
