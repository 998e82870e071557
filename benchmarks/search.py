"""How well the search page finds: `MUJAZ_DATA=… python -m benchmarks.search [ARTICLES]`.

Builds a site of the documents in `search_docs.json.gz`, opens its search page in Chromium, and
asks what `search_queries.json` asks; then the rarer words of headlines in other spellings and
forms. With a number it also builds a site of so many articles of about 430 words, made of
`ant.jsonl.gz`, and measures what its index weighs, what one new article costs, and what a first
query moves.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

import yaml
from mujaz.arabic.normalise import word_key
from mujaz.arabic.phrases import split_words
from mujaz.arabic.stems import stem
from mujaz.site_model import SearchDocument
from playwright.sync_api import Page, sync_playwright

from benchmarks.audit_site import served as packed_served
from benchmarks.data import folder
from tests.conftest import CHROMIUM_FLAGS, chromium_program, copy_project, run_mujaz, served
from tests.support import index_articles

TESTS = Path(__file__).parent.parent / "tests" / "cases" / "stems.yml"
_RARE = 5
"""Documents that a word may stand in, for its variants to be asked for."""
_ASKED = 120
"""Headlines whose rarer words are asked for."""
_COMMON = ("الحكومة تونس", "وزارة الداخلية", "حادث مرور", "تفكيك شبكة مختصة", "سائح")
"""Queries whose words are common, and less common."""


_TIMED = """query => new Promise((tell) => {
  const page = document.querySelector(".search-page");
  const box = document.querySelector("#search-box");
  const began = performance.now();
  const look = () => {
    const taken = performance.now() - began;
    if (page.dataset.done === query || taken > 5000) tell(taken);
    else setTimeout(look, 1);
  };
  box.value = query;
  box.form.requestSubmit();
  look();
})"""
"""Types a query, and tells how long its answer took."""


class Figure(NamedTuple):
    """A figure beside its target."""

    name: str
    value: float
    target: str
    met: bool


def main() -> None:
    """Print the figures."""
    figures = [*_found(), _merged()]
    if len(sys.argv) > 1:
        figures += _weighed(int(sys.argv[1]))
    for name, value, target, met in figures:
        print(f"{'ok  ' if met else 'MISS'} {name:<48}{value:>9.3f}   target {target}")


def _found() -> Iterator[Figure]:
    documents = json.loads(gzip.decompress((folder() / "search_docs.json.gz").read_bytes()))
    queries = json.loads((folder() / "search_queries.json").read_text("utf-8"))
    titles = {each["id"]: " ".join(each["title"].split()) for each in documents}
    with tempfile.TemporaryDirectory() as scratch:
        project = copy_project(Path(scratch), seeds=False)
        (project / "seeds").mkdir()
        lines = (
            json.dumps({k: each[k] for k in ("title", "text", "date") if each.get(k)})
            for each in documents
        )
        (project / "seeds" / "documents.jsonl").write_text("\n".join(lines), "utf-8")
        run_mujaz(project, "build")
        with served(project / "site") as address, opened(address) as page:
            ranks = [_rank(page, each["q"], titles[each["doc"]]) for each in queries]
            for each, rank in zip(queries, ranks, strict=True):
                if rank != 1:
                    print(f"     {each['cls']}: {each['q']} is at {rank or 'no place'}")
            recall = sum(0 < rank <= 10 for rank in ranks) / len(ranks)
            reciprocal = sum(1 / rank for rank in ranks if 0 < rank <= 10) / len(ranks)
            yield Figure(f"recall@10, {len(ranks)} queries", recall, ">= .98", recall >= 0.98)
            yield Figure("MRR@10", reciprocal, ">= .95", reciprocal >= 0.95)
            yield from _variants(page, documents, titles)


def _variants(
    page: Page, documents: Sequence[dict[str, Any]], titles: dict[str, str]
) -> Iterator[Figure]:
    """Ask for rarer words of headlines, each in the forms and spellings that it may have."""
    frequency: Counter[str] = Counter()
    for each in documents:
        frequency.update(set(split_words(f"{each['title']} {each['text']}").keys))
    chance = random.Random(11)
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lost: dict[str, list[str]] = defaultdict(list)
    for each in chance.sample(list(documents), len(documents)):
        rare = [
            word
            for word in re.findall("[\u0621-\u0652]+", each["title"])
            if len(word_key(word)) >= 4 and frequency[word_key(word)] <= _RARE
        ]
        if not rare:
            continue
        for kind, variant in variants(chance.choice(rare)):
            asked[kind] += 1
            if 0 < _rank(page, variant, titles[each["id"]]) <= 10:
                found[kind] += 1
            else:
                lost[kind].append(variant)
        if asked["as it is"] >= _ASKED:
            break
    for kind, number in sorted(asked.items()):
        print(f"     {kind:<12}{found[kind]:>5} of {number:<5}{' '.join(lost[kind][:6])}")
    share = found.total() / asked.total()
    name = f"single words in other forms, {asked.total()} queries"
    yield Figure(name, share, ">= .98", share >= 0.98)


def variants(word: str) -> Iterator[tuple[str, str]]:
    """Yield other spellings and forms of a word, each with what it is."""
    yield "as it is", word
    yield "no hamza", re.sub("[أإآ]", "ا", word)
    yield "ha", re.sub("ة$", "ه", word)
    yield "alef maqsura", re.sub("ي$", "ى", word)
    yield "vowel sign", f"{word[0]}\u064e{word[1:]}"
    yield "tatweel", f"{word[:2]}\u0640{word[2:]}"
    yield "Persian", word.replace("ي", "ی").replace("ك", "ک")
    if word.startswith("ال"):
        yield "no article", word[2:]
        yield "li and article", f"لل{word[2:]}"
        yield "wa and article", f"و{word}"
        yield "bi and article", f"ب{word}"
    elif word[0] not in "وفبكل":
        yield "article", f"ال{word}"
        yield "wa", f"و{word}"
        yield "bi", f"ب{word}"
        yield "li", f"ل{word}"
    if word.endswith("ة"):
        yield "her", f"{word[:-1]}تها"
        yield "plural", f"{word[:-1]}ات"
    elif not re.search("(?:ا|ي|ى|ات|ون|ين|ه|ها|هم|ت|ء|و|وا|نا)$", word):
        yield "her", f"{word}ها"


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Give Chromium with the search page open."""
    with sync_playwright() as playwright:
        program = chromium_program()
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.goto(f"{address}/search/")
        yield page
        browser.close()


def _rank(page: Page, query: str, title: str) -> int:
    """Return the place of the result with `title` among the first ten, or 0."""
    shown = ask(page, query)
    return shown.index(title) + 1 if title in shown else 0


def ask(page: Page, query: str) -> list[str]:
    """Type a query, and return the headlines of the results shown."""
    page.fill("#search-box", query)
    page.press("#search-box", "Enter")
    page.wait_for_function(
        "asked => document.querySelector('.search-page').dataset.done === asked",
        arg=query.strip(),
    )
    found = page.locator("a.search-result").all_text_contents()
    return [" ".join(each.split()) for each in found]


def _merged() -> Figure:
    """Return the share of unrelated words that have one stem."""
    listed = yaml.safe_load(TESTS.read_text("utf-8"))["unrelated"]
    pairs = [pair.split("-") for pair in listed.split()]
    merged = sum(stem(word_key(one)) == stem(word_key(other)) for one, other in pairs)
    share = merged / len(pairs)
    return Figure(f"unrelated words merged, {len(pairs)} pairs", share, "<= .10", share <= 0.10)


def _weighed(number: int) -> Iterator[Figure]:
    """Measure the index of `number` articles of about 430 words."""
    made = list(_collection(number))
    with tempfile.TemporaryDirectory() as scratch:
        project = copy_project(Path(scratch))
        run_mujaz(project, "build")
        site = project / "site"
        before = _cpu()
        index_articles(made, site)
        each = 1000 * (_cpu() - before) / number
        yield Figure("CPU an article, ms", each, "<= 3", each <= 3)
        weight = sum(path.stat().st_size for path in (site / "search").rglob("*") if path.is_file())
        each = weight / number / 1000
        yield Figure("index an article, KB", each, "<= 4", each <= 4)
        new = SearchDocument(
            "new", "articles/new/", "خبر جديد", ("نص الخبر الجديد.",), "نص الخبر الجديد."
        )
        before = _cpu()
        index_articles([new, *made], site)
        cost = _cpu() - before
        yield Figure(f"CPU of one new article at {number}, s", cost, "<= 0.5", cost <= 0.5)
        with packed_served(site) as address:
            firsts = [_first_query(address, query) for query in _COMMON]
            later = median(_later_query(address, query) for query in _COMMON)
        with served(site) as address:
            plain = median(_first_query(address, query)[0] for query in _COMMON)
        moved = median(size for size, _ in firsts)
        yield Figure(f"first query moves at {number}, KB, median", moved, "<= 300", moved <= 300)
        most = max(size for size, _ in firsts)
        yield Figure("  the most of them", most, "-", True)
        yield Figure("  median from a server that compresses nothing", plain, "-", True)
        yield Figure("  with loading, ms, median", median(ms for _, ms in firsts), "-", True)
        yield Figure("a query after load, ms, median", later, "<= 150", later <= 150)


def _first_query(address: str, query: str) -> tuple[float, float]:
    """Return the KB that a first query moves beside the page's own shell, and its milliseconds."""
    with opened(address) as page:
        page.goto(f"{address}/about/")  # the shell is the same on each page: it is there already
        sizes: list[int] = []
        page.on("response", lambda answer: sizes.append(int(answer.headers["content-length"])))
        began = time.perf_counter()
        page.goto(f"{address}/search/?{urlencode({'q': query})}")
        page.wait_for_selector("a.search-result")
        taken = 1000 * (time.perf_counter() - began)
        page.wait_for_load_state("networkidle")
        return sum(sizes) / 1000, taken


def _later_query(address: str, query: str) -> float:
    """Return the milliseconds of a query, in the page, once the page and the index are there."""
    with opened(address) as page:
        ask(page, "أخبار")
        return float(page.evaluate(_TIMED, query))


def _collection(number: int) -> Iterator[SearchDocument]:
    with gzip.open(folder() / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    for i in range(number):
        parts = [articles[(i * 7 + j * 13) % len(articles)] for j in range(4)]
        text = " ".join(" ".join(part["text"] for part in parts).split()[:430])
        day = f"20{15 + i % 10}-{i % 12 + 1:02}-{i % 28 + 1:02}"
        yield SearchDocument(
            id=f"a{i}",
            address=f"articles/a{i}/",
            title=f"{articles[i % len(articles)]['title']} {i}",
            paragraphs=(text,),
            excerpt=text[:200],
            source="السنديانة",
            section=articles[i % len(articles)]["cat"],
            date=day,
        )


def _cpu() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
