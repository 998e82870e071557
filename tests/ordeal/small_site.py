"""A small site that is built again and again, and what it must be: that of a build from nothing."""

from __future__ import annotations

import io
import random
import shutil
import traceback
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from mujaz import cli

from tests.support import contents, raw, write_seeds

ARTICLES = 8
VARIANTS = 3
"""Other texts of the first article: each is another site."""
CACHE, PAGES, SITE = ".mujaz-cache", "pages", "site"
_SETTINGS = """\
site_name: موجز
site_url: https://mujaz.example/
theme: {name: null, custom_dir: theme, static_templates: [404.html]}
docs_dir: pages
plugins: [mujaz]
nav: [{أ: index.md}, {ب: headlines/index.md}]
not_in_nav: "*"
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds: {case: lower}
extra: {mujaz: {sources: [السنديانة], search: false}}
"""
_SHARED = "\n\nزار وفد من تركيا مكتبة البلدية الجديدة في حلب، وقال وزير الثقافة إن المكتبة ستفتح."
_LISTING = "<title>{{ page.title|e }}</title>{{ page.content }}"
_THEME = {
    "theme/main.html": _LISTING,
    "theme/article.html": "<h1>{{ page.meta.title|e }}</h1>{{ page.content }}",
    "theme/home.html": _LISTING,
    "theme/listing.html": _LISTING,
    "theme/redirect.html": "{{ page.content }}",
    "theme/404.html": "{{ config.site_name|e }}",
    "theme/sitemap.xml": (
        "{% for file in pages %}<u>{{ file.page.canonical_url|e }}</u>\n{% endfor %}"
    ),
}


class Ended(NamedTuple):
    """How a build ended."""

    code: int
    err: str

    @property
    def has_traceback(self) -> bool:
        return "Traceback" in self.err

    @property
    def is_fine_or_one_line(self) -> bool:
        """Whether it did its work, or said in one line why not."""
        lines = [line for line in self.err.splitlines() if line.startswith("mujaz: ")]
        is_clear = len(lines) == 1 and self.err.endswith(f"{lines[0]}\n") and not self.has_traceback
        return self.code == 0 or (self.code == 2 and is_clear)


def make_site(folder: Path, variant: int = 0) -> Path:
    """Write what a small site is made of into `folder`."""
    write_seeds(folder, {"mkdocs.yml": _SETTINGS, **_THEME})
    names = {i: f"2025-07-{10 + i}-{i}.txt" for i in range(1, ARTICLES)}
    write_seeds(folder / "seeds", {name: raw(i) + _SHARED for i, name in names.items()})
    edit(folder, variant)
    return folder


def edit(folder: Path, variant: int) -> None:
    """Make the first article say something else.

    None of these texts makes a story begin with another article: its former address would lead to
    the new one for good, and what is published would depend on what was before.
    """
    write_seeds(folder / "seeds", {"2025-07-10-0.txt": raw(200 + variant) + _SHARED})


def build(folder: Path, *arguments: str) -> Ended:
    """Run `mujaz build` in this process."""
    code, err = 0, io.StringIO()
    with chdir(folder), redirect_stdout(io.StringIO()), redirect_stderr(err), _without_fonts():
        try:
            cli.main(["build", *arguments])
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except Exception:
            traceback.print_exc()
            code = 1
    return Ended(code, err.getvalue())


def published(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all pages and of the whole site, by path."""
    pages, site = contents(folder / PAGES), contents(folder / SITE)
    return {
        **{f"{PAGES}/{path}": data for path, data in pages.items()},
        **{f"{SITE}/{path}": data for path, data in site.items()},
    }


def differences(folder: Path, right: dict[str, bytes]) -> list[str]:
    """Return the paths of what is published and should not be, or should be other."""
    now = published(folder)
    return sorted(path for path in now.keys() | right.keys() if now.get(path) != right.get(path))


def expected(folder: Path) -> list[dict[str, bytes]]:
    """Return what is published of each variant, built from nothing below `folder`."""
    results = []
    for variant in range(VARIANTS):
        nothing = make_site(folder / f"nothing-{variant}", variant)
        ended = build(nothing)
        assert ended.code == 0, ended.err
        results.append(published(nothing))
        shutil.rmtree(nothing)
    return results


@contextmanager
def _without_fonts() -> Iterator[None]:
    with patch("mujaz.publish.output.fonts.subset_fonts", lambda folder: ()):
        yield


def cache_files(folder: Path) -> list[Path]:
    """Return what is in the cache folder, in the order of names."""
    return sorted((folder / CACHE).iterdir())


def random_bytes(rng: random.Random, most: int) -> bytes:
    """Return up to `most` bytes."""
    return rng.randbytes(rng.randint(0, most))
