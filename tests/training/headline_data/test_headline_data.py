"""Counting how words are used, and writing headlines as other sources do."""

from __future__ import annotations

import random
from array import array

from mujaz.arabic.normalise import key
from mujaz.training.headline_data.running_text import Clause, RunningText, clauses
from mujaz.training.headline_data.styles import Style

from tests.headline_splitter import HEADLINES


def test_clauses() -> None:
    assert clauses("فتح الباب، ثم دخل. خرج «مسرعاً».") == [
        Clause(("فتح", "الباب"), True),
        Clause(("ثم", "دخل"), False),
        Clause(("خرج",), True),
        Clause(("مسرعا",), False),
    ]


def test_places_of_words_are_counted() -> None:
    text = RunningText([clauses("افتتح جسر الوادي، وزار مدرسة الوادي.")] * 20)
    places = text.places()
    assert places["الوادي"][0] > "m" > places["جسر"][0]
    assert places["افتتح"][2] > places["وزار"][2]
    assert text.stem_pairs["جسر", "واد"] == 20


def test_stems_of_the_same_texts_are_about_the_same() -> None:
    topics = [["سهم", "سعر", "بنك"], ["هدف", "ملعب", "حكم"]]
    topics += [[f"{first}{second}" for second in "نبت"] for first in ("قم", "ور", "شم", "خس", "طل")]
    topics += [[f"{first}{second}" for second in "رسد"] for first in ("فج", "نم", "كع", "ضح", "زخ")]
    text = RunningText(clauses(" ".join(topic)) for topic in topics for _ in range(9))
    stems = [*text.stem_frequencies()]
    numbers = array("b", text.topics(stems))
    size = len(numbers) // len(stems)
    vectors = {stem: numbers[i * size : (i + 1) * size] for i, stem in enumerate(stems)}

    def product(first: str, second: str) -> int:
        return sum(a * b for a, b in zip(vectors[first], vectors[second], strict=True))

    assert product("سهم", "سعر") > product("سهم", "هدف")


def test_a_style_adds_no_word() -> None:
    for seed in range(200):
        style = Style(random.Random(seed))
        for headline in HEADLINES:
            assert set(key(style(headline)).split()) <= set(key(headline).split())
