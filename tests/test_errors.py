"""What messages say: the key that somebody meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from mujaz.errors import nearest

from tests.support import ANY_TEXT

KEYS = ("seeds", "page_size", "sources", "title", "العنوان", "الوسوم", "المصدر", "مسودة")


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("seed", "seeds"),
        ("pagesize", "page_size"),
        ("page-size", "page_size"),
        ("Titel", "title"),
        ("SOURCE", "sources"),
        ("عنوان", "العنوان"),
        ("الوسم", "الوسوم"),
        ("مسوده", "مسودة"),
        ("المصادر", "المصدر"),
        ("colour", None),
        ("", None),
        ("صورة", None),
        ("seeds" * 1_000_000, None),
    ],
)
def test_nearest_key(key: str, meant: str | None) -> None:
    assert nearest(key, KEYS) == meant


@given(ANY_TEXT)
def test_nearest_is_a_valid_key_or_none(key: str) -> None:
    assert nearest(key, KEYS) in {*KEYS, None}
    assert nearest(key, ()) is None
