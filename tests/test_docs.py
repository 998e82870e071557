"""The documentation builds in both languages, leads everywhere, and is in step with the code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from mujaz.training.theme_words import PARTIAL

from docs.site import reference

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
LISTS = {
    "en": ("how-to.md", "explanation.md", "reference/index.md"),
    "ar": ("how-to.md", "reference.md"),
}
HALVES = {"en": "mkdocs.yml", "ar": "mkdocs.ar.yml"}


class Links(HTMLParser):
    """Collects where a page leads, and what in it can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: set[str] = set()
        self.ids: set[str] = {"top"}
        self.has_styles = False
        self.root: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "html":
            self.root = values
        self.has_styles |= "style" in values or tag == "style"
        for name in ("href", "src"):
            if value := values.get(name):
                self.leads.add(value)
        if value := values.get("id"):
            self.ids.add(value)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built documentation."""
    folder = tmp_path_factory.mktemp("documentation")
    for language, settings in HALVES.items():
        site = folder if language == "en" else folder / language
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        command += ["--config-file", str(DOCS / "site" / settings), "--site-dir", str(site)]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Links]:
    """What each page leads to, by its address below the root."""
    found = {}
    for path in built.rglob("*.html"):
        links = Links()
        links.feed(path.read_text("utf-8"))
        found[path.relative_to(built).as_posix().removesuffix("index.html")] = links
    return found


def test_every_link_leads_somewhere(built: Path, pages: dict[str, Links]) -> None:
    lost = []
    for address, page in pages.items():
        for link in page.leads if not address.endswith("404.html") else ():
            target = urlsplit(urljoin(f"http://docs/{address}", link))
            if target.netloc != "docs":
                continue
            path = unquote(target.path).lstrip("/")
            if path not in pages:
                if not (built / path).is_file():
                    lost.append((address, link))
            elif target.fragment and unquote(target.fragment) not in pages[path].ids:
                lost.append((address, link))
    assert not lost


def test_each_half_is_of_its_language_and_direction(pages: dict[str, Links]) -> None:
    for address, page in pages.items():
        is_arabic = address.startswith("ar/")
        expected = {"lang": "ar", "dir": "rtl"} if is_arabic else {"lang": "en", "dir": "ltr"}
        assert page.root == expected, address


def test_no_page_has_what_its_policy_refuses(pages: dict[str, Links]) -> None:
    assert not [address for address, page in pages.items() if page.has_styles]


@pytest.mark.parametrize("language", HALVES)
def test_every_page_is_in_a_list(language: str) -> None:
    folder = DOCS if language == "en" else DOCS / language
    named = {
        os.path.normpath((folder / each).parent / link)
        for each in LISTS[language]
        for link in re.findall(r"\]\(([^)#\s]+\.md)", (folder / each).read_text("utf-8"))
    }
    own = {
        str(path)
        for path in folder.rglob("*.md")
        if language == "ar" or DOCS / "ar" not in path.parents
    }
    of_strip = {str(folder / name) for name in ("index.md", "tutorial.md", *LISTS[language])}
    assert own - named - of_strip == set()


@pytest.mark.parametrize("name", reference.PAGES)
def test_page_of_reference_is_what_the_code_says(name: str) -> None:
    written = (DOCS / name).read_text("utf-8")
    assert written == reference.page(name), "run `python -m docs.site.reference`"


def test_english_half_has_all_words_of_the_theme() -> None:
    english = DOCS / "site" / "english" / "partials" / "words.html"
    keys = [
        re.findall(r'^  "(\w+)":', path.read_text("utf-8"), re.M) for path in (english, PARTIAL)
    ]
    assert sorted(keys[0]) == sorted(keys[1])


def test_arabic_code_is_set_from_right_to_left(built: Path) -> None:
    page = (built / "ar" / "editorial" / "index.html").read_text("utf-8")
    assert '<pre dir="rtl"><code class="language-yaml">المقالات:\n' in page
    assert '<bdi dir="ltr">2025-03-14-train-library.txt</bdi>' in page
    assert '<pre><code class="language-console">$ mujaz check' in page
