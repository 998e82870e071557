"""Cutting running text into units, and writing headlines as other sources do."""

from __future__ import annotations

import random

from mujaz.arabic.normalise import key
from mujaz.training.headline_data.styles import Style
from mujaz.training.headline_data.units import Clause, Unit, clauses, units

from tests.headline_splitter import HEADLINES


def test_clauses() -> None:
    assert clauses("فتح الباب، ثم دخل. خرج «إلى» البيت.") == [
        Clause(("فتح", "الباب"), False),
        Clause(("ثم", "دخل"), True),
        Clause(("خرج",), False),
        Clause(("الي",), False),
        Clause(("البيت",), True),
    ]


def test_units_are_whole_sentences_or_clauses_of_them() -> None:
    text = clauses("افتتح الوزير الجسر، صباح اليوم. وقال للحضور إن العمل انتهى. نعم.")
    assert units([text], random.Random(0)) == [
        Unit(("افتتح", "الوزير", "الجسر", "صباح", "اليوم"), begins_sentence=True)
    ]
    assert units([text, text], random.Random(0))[-1] == Unit(
        ("وقال", "للحضور", "ان", "العمل", "انتهي"), begins_sentence=False
    )


def test_a_style_adds_no_word() -> None:
    for seed in range(200):
        style = Style(random.Random(seed))
        for headline in HEADLINES:
            assert set(key(style(headline)).split()) <= set(key(headline).split())
