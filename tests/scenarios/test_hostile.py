"""Hostile articles: nothing runs, nothing is asked of another host, and the text stays the text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pytest
import yaml
from mujaz.arabic.normalise import clean, fold_spaces

from tests.conftest import copy_project, served
from tests.support import prose

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CASES = Path(__file__).parents[1] / "cases" / "hostile.yml"
_WATCH = "window.ran = 0; window.pwn = window.__pwn = () => { window.ran += 1 };"
_LOOK = """() => [
    window.ran,
    document.querySelector('h1').textContent,
    // What is read on comes below the first heading of ours.
    [...document.querySelectorAll('main p:not([class], h2:not(.subhead) ~ p)')]
        .map(p => p.textContent).join(' '),
    document.title,
]"""


class Attack(NamedTuple):
    """One hostile article."""

    id: str
    headline: str
    body: str


def _attacks() -> list[Attack]:
    """Return our own cases, and those of the measuring data where it is to be had."""
    cases: list[dict[str, Any]] = yaml.safe_load(_CASES.read_text("utf-8"))
    data = os.environ.get("MUJAZ_DATA")
    if data:
        cases += json.loads((Path(data) / "attacks.json").read_text("utf-8"))
    return [
        Attack(case["id"], case.get("headline") or f"خبر اختبار رقم {number} هنا", case["body"])
        for number, case in enumerate(cases)
    ]


def _stated(attack: Attack, number: int) -> dict[str, Any]:
    """Return a record that attacks in every field that an input may state."""
    return {
        "title": f"{prose(number, 4)} {attack.body}"[:200],
        "text": prose(1_000 + number),
        "author": [attack.body, attack.headline],
        # Not just the body: a source at the end of its own headline is taken off there.
        "source": f"بريد {attack.body}",
        "section": attack.body,
        "tags": [attack.body],
        "date": "2025-07-14",
        "url": f'https://evil.example/"onclick={attack.body}'.split()[0],
    }


def _visible(text: str) -> str:
    """Return what a reader sees of raw text: words as written, white space aside."""
    return re.sub(r"\s+", "", fold_spaces(clean(text)))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Attack]]:
    """A site of hostile articles, and each article by its page's address."""
    folder = copy_project(tmp_path_factory.mktemp("hostile"))
    seeds = folder / "attacks"
    seeds.mkdir()
    attacks = {}
    for number, attack in enumerate(_attacks()):
        name = f"{number:03}-{attack.id}.txt"
        text = f"{attack.headline}\n\n{attack.body}\n"
        (seeds / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        attacks[name] = attack
    records = [_stated(attack, number) for number, attack in enumerate(_attacks()[::4])]
    (seeds / "stated.jsonl").write_text("\n".join(json.dumps(each) for each in records))
    for number, record in enumerate(records, 1):
        attacks[f"stated.jsonl#{number}"] = Attack(
            f"stated {number}", record["title"], record["text"]
        )
    command = [sys.executable, "-m", "mujaz", "build", "--seeds", "attacks", "--json"]
    output = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    report = json.loads(output.stdout)
    assert report["inputs"] == len(attacks)
    assert report["published"] > 0.9 * len(attacks)
    pages = {}
    for page in (folder / "site_src" / "articles").glob("*.md"):
        front_matter = yaml.safe_load(page.read_text("utf-8").split("\n---\n")[0])
        pages[f"articles/{page.stem}/"] = attacks[front_matter["mujaz"]["file"]]
    return folder / "site", pages


def test_data_for_machines_is_whole(hostile: tuple[Path, dict[str, Attack]]) -> None:
    site, attacks = hostile
    pages = [page for page in sorted(site.rglob("index.html")) if page.parent.name != "about"]
    assert len(pages) > len(attacks)
    for page in pages:
        # As a browser reads it: the element ends at the first `</script`, whatever follows.
        text = page.read_text("utf-8")
        (found,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script', text, re.S | re.I
        )
        assert not re.search(r"[<>&\u2028\u2029]", found), page
        fact = json.loads(found)["@graph"][0]
        attack = attacks.get(f"{page.parent.relative_to(site).as_posix()}/")
        if attack:
            assert _visible(fact["headline"]) == _visible(attack.headline), attack.id
        else:
            assert fact["@type"] in ("CollectionPage", "WebSite"), page


@pytest.mark.browser
def test_nothing_runs_and_nothing_changes(
    hostile: tuple[Path, dict[str, Attack]], browser: Browser
) -> None:
    site, pages = hostile
    faults: list[str] = []
    asked: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    with served(site) as address:
        page.on("request", lambda request: asked.append(request.url))
        for path in ["", "headlines/", "tags/"]:
            page.goto(f"{address}/{path}")
            if page.evaluate("() => window.ran"):
                faults.append(f"{path}: a script ran")
        for path, attack in pages.items():
            page.goto(f"{address}/{quote(path)}")
            ran, headline, body, title = page.evaluate(_LOOK)
            if ran:
                faults.append(f"{attack.id}: a script ran")
            if page.url != f"{address}/{quote(path)}":
                faults.append(f"{attack.id}: led to {page.url}")
            if _visible(headline) != _visible(attack.headline):
                faults.append(f"{attack.id}: headline shows as {headline!r}")
            if fold_spaces(clean(attack.headline)) not in fold_spaces(title):
                faults.append(f"{attack.id}: title shows as {title!r}")
            if _visible(body) != _visible(attack.body):
                faults.append(f"{attack.id}: body shows as {body[:200]!r}")
    context.close()
    assert not faults, "\n".join(faults)
    assert not [url for url in asked if not url.startswith(address)]
