"""The stemmer: what it joins, what it keeps apart, and that the browser's twin is its equal."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from mujaz.arabic.normalise import word_key
from mujaz.arabic.stems import readings, stem, table_text
from mujaz.arabic.tokens import words
from mujaz.data import trained

from tests.conftest import PROJECT
from tests.support import case_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TABLE = case_table("stems")
TWIN = PROJECT / "theme_overrides" / "assets" / "stems.js"
CLITICS = ("", "ال", "و", "وال", "بال", "لل", "ب", "ل", "ك", "ف", "ول")
ENDINGS = ("", "ه", "ها", "هم", "نا", "ات", "ين", "ون", "ان", "ي", "ية", "تها", "ا", "ؤهم", "ئها")
SCRIPTS = (
    "الـذكـاء ٢٠٧٤ ۱۲ یوتیوب کتاب مُتَسَلِّق SYNC’25 C++ don't naïve É ĳ İstanbul ٣G x² ½ صّوفي ۀ ـ ً "
    "كلمة_كلمة a-b 5G مسئولة مسؤولة شؤون ﻻ 中文 e\u0301 \u06e5 \u0640\u0628 ب\u0640"
)


@pytest.mark.parametrize("line", TABLE["together"])
def test_forms_of_one_word_have_one_stem(line: str) -> None:
    stems = {word: stem(word_key(word)) for word in line.split()}
    assert len(set(stems.values())) == 1, stems


def test_few_unrelated_words_have_one_stem() -> None:
    pairs = [pair.split("-") for pair in TABLE["unrelated"].split()]
    merged = [pair for pair in pairs if len({stem(word_key(word)) for word in pair}) == 1]
    assert len(pairs) > 200
    assert len(merged) <= 0.10 * len(pairs), merged


def test_a_stem_is_never_empty() -> None:
    assert all(stem(word) and stem(word) == next(readings(word)) for word in news_words())


@pytest.mark.browser
def test_the_browser_has_the_same_stems(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(
        content=TWIN.read_text("utf-8")
        .replace("export ", "")
        .replace("function* words", "globalThis.words = words; function* words")
        + "globalThis.twin = { words, wordKey, stemmer };"
    )
    asked = news_words()
    assert len(asked) >= 50_000
    told = page.evaluate(
        """([table, asked]) => {
            const { stem, readings } = twin.stemmer(JSON.parse(table));
            return asked.map((word) => [twin.wordKey(word), stem(twin.wordKey(word)),
                                        readings(twin.wordKey(word))]);
        }""",
        [table_text(), asked],
    )
    for word, answer in zip(asked, told, strict=True):
        key = word_key(word)
        assert answer == [key, stem(key), [*readings(key)]], word


@pytest.mark.browser
def test_the_browser_finds_the_same_words(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=TWIN.read_text("utf-8").replace("export ", ""))
    page.add_script_tag(content="globalThis.find = (text) => [...words(text)];")
    texts = [SCRIPTS, *(" ".join(line.split()) for line in TABLE["together"])]
    assert page.evaluate("texts => texts.map(find)", texts) == [
        [list(found) for found in words(text)] for text in texts
    ]


def news_words() -> list[str]:
    """Return words as the news has them, and with clitics and endings that they may have."""
    plain = sorted(word for word in trained("words") if word[:1].isalpha())
    chance = random.Random(3)
    made = [
        chance.choice(CLITICS) + word + chance.choice(ENDINGS)
        for word in chance.sample(plain, 20_000)
    ]
    table = json.loads(table_text())
    listed = " ".join(table.values()).split()
    return [*chance.sample(plain, 30_000), *made, *listed]
