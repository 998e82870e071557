"""The search index on disk, and the search page as a reader meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from mujaz.errors import MujazError
from mujaz.publish.search import SearchIndex
from mujaz.publish.search.search_index import FOLDER, LIST
from mujaz.site_model import SearchDocument
from mujaz.state.database import in_memory

from tests.conftest import served
from tests.support import index_articles, prose

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def document(number: int, **fields: Any) -> SearchDocument:
    each = {
        "id": f"id{number}",
        "address": f"articles/id{number}/",
        "title": f"خبر رقم {number}",
        "paragraphs": (prose(number),),
        "excerpt": prose(number)[:80],
    }
    return SearchDocument(**{**each, **fields})


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_articles_same_bytes(tmp_path: Path) -> None:
    articles = [document(i) for i in range(30)]
    for name in ("one", "two"):
        assert index_articles(articles, tmp_path / name) == 30
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_second_run_reads_nothing(tmp_path: Path) -> None:
    articles = [document(i) for i in range(5)]
    index_articles(articles, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert index_articles(articles, tmp_path) == 0
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_what_changed_or_went_is_dead_where_it_was(tmp_path: Path) -> None:
    articles = [document(i) for i in range(400)]
    index_articles(articles, tmp_path)
    (shard,) = listed(tmp_path)["shards"]
    edited = [document(0, title="عنوان جديد"), *articles[2:]]
    assert index_articles(edited, tmp_path) == 1
    told = listed(tmp_path)
    assert told["articles"] == 399
    assert [each["name"] == shard["name"] for each in told["shards"]] == [True, False]
    assert [len(each["dead"]) for each in told["shards"]] == [2, 0]


def test_a_shard_that_is_gone_is_made_again(tmp_path: Path) -> None:
    articles = [document(i) for i in range(3)]
    index_articles(articles, tmp_path)
    whole = tree(tmp_path)
    for path in (tmp_path / FOLDER).rglob("pagefind-entry.json"):
        path.unlink()
    assert index_articles(articles, tmp_path) == 3
    assert tree(tmp_path) == whole


def test_an_index_that_nobody_remembers_is_made_again(tmp_path: Path) -> None:
    articles = [document(i) for i in range(3)]
    index_articles(articles, tmp_path / "pages")
    whole = tree(tmp_path / "pages")
    (tmp_path / "pages.sqlite").unlink()
    (tmp_path / "pages" / FOLDER / "another").mkdir()
    assert index_articles(articles, tmp_path / "pages") == 3
    assert tree(tmp_path / "pages") == whole


def test_a_shard_that_lost_an_article_is_made_again(tmp_path: Path) -> None:
    articles = [document(i) for i in range(300)]
    index_articles(articles, tmp_path / "pages")
    whole, told = tree(tmp_path / "pages"), (tmp_path / "pages.sqlite").read_bytes()
    # A run that is killed before it commits has changed the files, and not the database.
    index_articles(
        [document(7, title="عنوان آخر"), *articles[:7], *articles[8:]], tmp_path / "pages"
    )
    (tmp_path / "pages.sqlite").write_bytes(told)
    assert index_articles(articles, tmp_path / "pages") == 300
    assert tree(tmp_path / "pages") == whole


def test_few_articles_are_the_same_files_however_they_came(tmp_path: Path) -> None:
    articles = [document(i, date=f"2025-01-{1 + i % 28:02}") for i in range(200)]
    for wanted in (articles[:3], articles[:150], articles[20:180], articles):
        index_articles(wanted, tmp_path / "one")
    index_articles(articles, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_what_comes_back_is_not_dead(tmp_path: Path) -> None:
    articles = [document(i) for i in range(300)]
    index_articles(articles, tmp_path)
    index_articles([document(0, title="عنوان آخر"), *articles[1:]], tmp_path)
    index_articles(articles, tmp_path)
    told = listed(tmp_path)
    dead = {fragment for each in told["shards"] for fragment in each["dead"]}
    there = {path.stem for path in tmp_path.rglob("*.pf_fragment")}
    assert len(dead) == 1
    assert len(there) == 300
    assert not dead & there


def test_no_articles_and_no_index(tmp_path: Path) -> None:
    assert index_articles([], tmp_path) == 0
    assert listed(tmp_path) == {"articles": 0, "shards": []}
    SearchIndex(in_memory(), tmp_path, lambda _: iter(())).remove()
    assert not tree(tmp_path)


def test_a_failure_of_pagefind_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho it broke >&2\nexit 3\n", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: broken)
    with pytest.raises(MujazError, match=r"it broke.*search: false"):
        index_articles([document(1)], tmp_path / "pages")


def listed(pages: Path) -> Any:
    return json.loads((pages / LIST).read_text("utf-8"))


# ---- The page ----

pages = pytest.mark.browser
TITLES = {
    "افتتاح مكتبة عامة للأطفال في حي الميدان بدمشق": [
        "مكتبة الأطفال",
        "المكتبه للاطفال",
        "مَكتبة أطفـال",
        "والمكتبات الأطفال",
    ],
}


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda told: failures.append(told.text) if told.type == "error" else None)
    yield page
    context.close()
    assert not failures


def look_for(page: Page, address: str, **parameters: str) -> list[str]:
    page.goto(f"{address}/search/?{urlencode(parameters)}")
    page.wait_for_selector(".search-page[data-done]", state="attached")
    return [" ".join(each.split()) for each in page.locator("a.search-result").all_inner_texts()]


@pages
@pytest.mark.parametrize(
    ("query", "title"), [(query, title) for title, all_ in TITLES.items() for query in all_]
)
def test_a_word_is_found_however_it_is_spelled(
    page: Page, address: str, query: str, title: str
) -> None:
    assert look_for(page, address, q=query)[0] == title


@pages
def test_results_are_links_with_marks_and_a_count(page: Page, address: str) -> None:
    look_for(page, address, q="مكتبة الأطفال")
    first = page.locator("a.search-result").first
    assert first.locator("mark").all_inner_texts() == ["مكتبة", "للأطفال"]
    told = page.locator(".search-told").inner_text()
    assert "نتيج" in told or "نتائج" in told
    href = first.get_attribute("href")
    assert href
    assert page.request.get(href).ok


@pages
def test_a_near_miss_is_offered_another_spelling(page: Page, address: str) -> None:
    assert not look_for(page, address, q="قطاار")
    page.wait_for_selector(".did-you-mean a")
    page.click(".did-you-mean a")
    page.wait_for_selector("a.search-result")


@pages
def test_nothing_found_is_said_plainly(page: Page, address: str) -> None:
    assert look_for(page, address, q="قسطنطينوبوليس") == []
    assert "لا نتائج" in page.locator(".search-told").inner_text()
    assert page.locator(".search-ways a").count() >= 6


@pages
def test_typing_suggests_names_and_keys_reach_them(page: Page, address: str) -> None:
    page.goto(f"{address}/search/")
    page.type("#search-box", "دمش")
    page.wait_for_selector(".search-suggestions a")
    page.press("#search-box", "ArrowDown")
    # A name with a page of its own leads there, another one to a search for it.
    assert page.evaluate("document.activeElement.pathname").startswith(("/tags/", "/search/"))
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-box"
    assert page.locator(".search-suggestions").is_hidden()


@pages
def test_filters_narrow_and_are_in_the_address(page: Page, address: str) -> None:
    everything = look_for(page, address, q="دمشق")
    page.click(".search-filters summary")
    page.wait_for_selector("select[name=category] option:nth-child(2)", state="attached")
    page.select_option("select[name=category]", "ثقافة")
    page.wait_for_url("**category=*")
    page.wait_for_function(
        "most => document.querySelectorAll('a.search-result').length < most", arg=len(everything)
    )
    page.reload()
    page.wait_for_selector("a.search-result")
    kickers = page.locator(".search-results .kicker").all_inner_texts()
    assert kickers
    assert set(kickers) == {"ثقافة"}


@pages
def test_nothing_is_loaded_before_a_search(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/search/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/" in url and not url.endswith("/search/")]
    home = asked[: asked.index(f"{address}/search/")]
    assert not [url for url in home if "search" in url]


@pages
def test_the_masthead_of_each_page_leads_to_the_search_page(page: Page, address: str) -> None:
    page.goto(f"{address}/headlines/")
    page.get_by_role("banner").get_by_role("link", name="بحث").click()
    page.wait_for_url("**/search/")
    page.fill(".search-form input", "المكتبة")
    page.press(".search-form input", "Enter")
    page.wait_for_selector("a.search-result")


@pages
def test_without_javascript_the_page_leads_to_all_indexes(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/?q=x")
    assert "جافاسكربت" in page.locator("noscript").inner_text()
    assert page.locator(".search-ways a").first.is_visible()
    context.close()


@pages
def test_hostile_text_is_shown_and_not_run(browser: Browser, project: Path, tmp_path: Path) -> None:
    import shutil

    site = tmp_path / "site"
    shutil.copytree(project / "site", site)
    shutil.rmtree(site / "search" / "index")
    hostile = '"><img src=x onerror=pwn()><script>pwn()</script> {{7*7}} [](javascript:pwn())'
    index_articles(
        [document(1, title=f"عدوان {hostile}", excerpt=hostile, source=hostile, people=(hostile,))],
        site,
    )
    with served(site) as address:
        page = browser.new_page()
        page.add_init_script("window.pwn = () => { window.pwned = true; };")
        (title,) = look_for(page, address, q="عدوان")
        assert title == f"عدوان {hostile}"
        look_for(page, address, q=hostile)
        page.click(".search-filters summary")
        page.wait_for_timeout(200)
        assert not page.evaluate("window.pwned")


@pages
def test_what_is_dead_is_not_found(browser: Browser, project: Path, tmp_path: Path) -> None:
    import shutil

    site = tmp_path / "site"
    shutil.copytree(project / "site", site)
    shutil.rmtree(site / "search" / "index")
    articles = [document(i, title=f"نبأ فريد {i}") for i in range(200)]
    index_articles(articles, site)
    index_articles([document(0, title="نبأ آخر"), *articles[2:]], site)
    with served(site) as address:
        page = browser.new_page()
        assert look_for(page, address, q="فريد 1") != ["نبأ فريد 1"]
        assert "نبأ فريد 1" not in look_for(page, address, q="فريد 1")
        assert look_for(page, address, q="نبأ آخر")[0] == "نبأ آخر"
        look_for(page, address, q="نبأ")
        assert page.locator(".search-told").inner_text().strip() == "199 نتيجة"
