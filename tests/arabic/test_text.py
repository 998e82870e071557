"""Arabic text: cleaning, folding, words, slugs, numbers and dates."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mujaz.arabic.calendars import (
    date_text,
    find_date,
    hijri_text,
    parse_date,
    read_date,
    weekday_text,
)
from mujaz.arabic.normalise import clean, fold_spaces, key, without_marks, word_key
from mujaz.arabic.numerals import ARTICLE, Noun, counted
from mujaz.arabic.phrases import Phrases, split_words
from mujaz.arabic.slugs import digest, slug
from mujaz.arabic.stems import is_arabic, stem
from mujaz.arabic.tokens import bare_forms, sentences, words
from mujaz.compose.word_diff import word_diff
from mujaz.data import table

from tests.support import ANY_TEXT, cases

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
MONTHS = [
    (number, name) for number, names in table("months")["gregorian"].items() for name in names
]
WIDE = st.text(
    st.sampled_from(
        "\u0627\u0623\u0629\u0649\u06cc\u06a9\u0661\u06f2\u064b\u0640\u0651\u0670\u200c\u200dAbz9"
        " \n\t\xa0.,:_-\u060c\u061f\xab\xbb#()"
    ),
    max_size=40,
)
"""Letters, marks and signs of news."""


@pytest.mark.parametrize("case", cases("arabic", "clean"))
def test_clean(case: dict[str, Any]) -> None:
    assert clean(case["text"]) == case["clean"]


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_clean_drops_lone_surrogates(code: int) -> None:
    assert clean(f"مك{chr(code)}تبة") == "مكتبة"


@given(st.text())
@example("نص\n\n")
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_leaves_nothing_invisible(text: str) -> None:
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e]", clean(text))
    clean(text).encode()


@given(ANY_TEXT)
def test_fold_spaces(text: str) -> None:
    assert fold_spaces(clean(text)).split() == clean(text).split()
    assert fold_spaces(fold_spaces(text)) == fold_spaces(text)


@pytest.mark.parametrize("case", cases("arabic", "key"))
def test_key(case: dict[str, Any]) -> None:
    assert key(case["text"]) == case["key"]


@given(WIDE)
def test_key_is_the_words_keys(text: str) -> None:
    assert key(text).split() == list(split_words(text).keys)


@given(WIDE)
def test_key_ignores_marks(text: str) -> None:
    assert key(without_marks(text)) == key(text)
    assert key(key(text)).split() == key(text).split()


@pytest.mark.parametrize("case", cases("arabic", "words"))
def test_words(case: dict[str, Any]) -> None:
    assert [word for word, _, _ in words(case["text"])] == case["words"]


@given(st.text())
def test_words_say_where_they_stand(text: str) -> None:
    found = list(words(text))
    assert all(text[start:end] == word for word, start, end in found)
    assert all(left[2] <= right[1] for left, right in pairwise(found))


@pytest.mark.parametrize("case", cases("arabic", "sentences"))
def test_sentences(case: dict[str, Any]) -> None:
    assert sentences(case["text"]) == case["sentences"]


@given(st.one_of(st.text(), ANY_TEXT))
def test_sentences_keep_every_word(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


@pytest.mark.parametrize("case", cases("arabic", "bare_forms"))
def test_bare_forms(case: dict[str, Any]) -> None:
    forms = list(bare_forms(case["word"]))
    assert forms[0] == case["word"]
    assert set(case["has"]) <= set(forms)
    assert not set(case["lacks"]) & set(forms)


@pytest.mark.parametrize("case", cases("arabic", "stem"))
def test_stem(case: dict[str, Any]) -> None:
    assert {stem(word_key(word)) for word in case["words"]} == {case["stem"]}


@given(ANY_TEXT)
def test_a_stem_is_a_word_that_goes_on_standing_for_itself(text: str) -> None:
    for word in split_words(text).keys:
        assert len(stem(word)) >= min(len(word), 2)
        assert is_arabic(word) or stem(word) == word
        assert split_words(stem(word)).keys == (stem(word),)


@pytest.mark.parametrize("case", cases("arabic", "changes"))
def test_word_diff(case: dict[str, Any]) -> None:
    found = word_diff(case["old"], case["new"])
    assert [[change.kind, change.text] for change in found] == case["changes"]


FEW_WORDS = st.lists(st.sampled_from("من إلى في على".split())).map(" ".join)


@given(st.one_of(ANY_TEXT, FEW_WORDS), st.one_of(ANY_TEXT, FEW_WORDS))
def test_word_diff_holds_both_texts(old: str, new: str) -> None:
    found = word_diff(old, new)
    before = " ".join(change.text for change in found if change.kind != "added")
    after = "".join(change.text for change in found if change.kind != "removed")
    assert before.split() == old.split()
    assert after == new or not new.strip()
    assert all(change.text.strip() for change in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


def test_word_diff_of_long_texts_takes_no_longer_than_it_should() -> None:
    old, new = (" ".join(f"{word}{i % 97}" for i in range(20_000)) for word in "من")
    assert [change.kind for change in word_diff(old, new)] == ["removed", "added"]
    assert word_diff(old, f"{old} {new}")[0].kind == "same"


@pytest.mark.parametrize("case", cases("arabic", "phrases"))
def test_phrases(case: dict[str, Any]) -> None:
    phrases = Phrases(key(phrase) for phrase in case["phrases"])
    keys = split_words(case["text"]).keys
    found = phrases.find(keys)
    assert [match.phrase for match in found] == case["found"]
    assert all(" ".join(keys[match.first : match.last]) == match.phrase for match in found)


@pytest.mark.parametrize("case", cases("arabic", "slug"))
def test_slug(case: dict[str, Any]) -> None:
    assert slug(case["text"]) == case["slug"]


@given(st.one_of(st.text(), st.text(st.characters(categories=["Lo", "Nd", "Zs"]), min_size=50)))
def test_slug_is_short_and_safe(text: str) -> None:
    made = slug(clean(text))
    assert len(made) <= 60
    assert len(made.encode()) <= 180
    assert re.fullmatch(r"(?:[^\W_]+(?:-[^\W_]+)*)?", made)
    assert slug(made) == made
    assert slug(without_marks(text)) == slug(text)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), st.integers(1, 30))
def test_digest(parts: list[str], length: int) -> None:
    assert re.fullmatch(f"[a-z2-7]{{{length}}}", digest(*parts, length=length))
    assert digest(*parts) == digest(*parts) != digest(*parts, "")


NOUN = Noun("zero", "one", "two", "few", "many", "other")


@pytest.mark.parametrize("case", cases("arabic", "counted"))
def test_counted(case: dict[str, Any]) -> None:
    category = case["category"]
    for number in case["numbers"]:
        text = category if number <= 2 else f"{number} {category}"
        assert counted(number, NOUN) == text


@pytest.mark.parametrize("number", range(3, 121))
def test_counted_by_the_rule(number: int) -> None:
    rest = number % 100
    category = "few" if rest in range(3, 11) else "many" if rest >= 11 else "other"
    assert counted(number, NOUN) == f"{number} {category}"


@pytest.mark.parametrize("case", cases("arabic", "nouns"))
def test_counted_articles(case: dict[str, Any]) -> None:
    assert counted(case["number"], ARTICLE) == case["text"]


@pytest.mark.parametrize("case", cases("arabic", "dates"))
def test_parse_date(case: dict[str, Any]) -> None:
    assert parse_date(case["text"]) == case["date"]


@pytest.mark.parametrize("case", cases("arabic", "written_dates"))
def test_written_dates_and_times(case: dict[str, Any]) -> None:
    date = read_date(case["text"])
    time = date.time if date else None
    exact = time and (time.second or time.tzinfo)
    shown = time.isoformat("auto" if exact else "minutes") if time else ""
    disputed = "disputed" if date and date.disputed else ""
    assert " ".join(filter(None, [str(date or ""), shown, disputed])) == (case["reads"] or "")


@pytest.mark.parametrize("case", cases("arabic", "dates_among_words"))
def test_dates_among_words(case: dict[str, Any]) -> None:
    occurrence = find_date(case["text"])
    assert str(occurrence.written if occurrence else "") == (case["reads"] or "")


@pytest.mark.parametrize("case", cases("arabic", "relative_dates"))
def test_relative_date(case: dict[str, Any]) -> None:
    assert parse_date(case["text"], dt.date(2025, 7, 14)) == case["date"]
    assert parse_date(case["text"]) is None


@pytest.mark.parametrize(("month", "name"), MONTHS)
def test_every_month_name(month: int, name: str) -> None:
    for text in (f"9 {name} 2025", f"السبت 09 {name} 2025", f"٩ {name} ٢٠٢٥ م"):
        assert parse_date(text) == dt.date(2025, month, 9)


@given(DAYS)
def test_written_dates_are_read_again(day: dt.date) -> None:
    assert parse_date(date_text(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day


@pytest.mark.parametrize("case", cases("arabic", "editions"))
def test_a_day_in_both_calendars(case: dict[str, Any]) -> None:
    assert f"{weekday_text(case['day'])} {date_text(case['day'])}" == case["gregorian"]
    assert hijri_text(case["day"]) == case["hijri"]


@given(DAYS)
def test_written_hijri_dates_are_read_again(day: dt.date) -> None:
    written = hijri_text(day)
    assert parse_date(written) == (day if written else None)
    assert written or not dt.date(1924, 8, 1) <= day <= dt.date(2077, 11, 16)


@given(ANY_TEXT)
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or re.search(r"\d{4}", text)
