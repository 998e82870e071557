"""Whatever a template does to a page: it is rendered as MkDocs does it, or left to MkDocs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from mujaz.compose import page_text
from mujaz.site_model import Page

from tests.publish.render.test_renderer import check
from tests.support import write_pages, write_seeds

CONFIG = """\
site_name: x & y
site_url: https://mujaz.example/sub/
theme: {name: null, custom_dir: theme, static_templates: [404.html]}
plugins: [mujaz]
nav: [{أ: index.md}, {ب: [{ج: list.md}, {خارج: https://x.example/}]}]
not_in_nav: /articles/
markdown_extensions:
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds: {case: lower}
"""
SITE_MAP = "{% for file in pages %}<u>{{ file.page.canonical_url|e }}</u>\n{% endfor %}"
TITLES = ["قصير", "عنوان <b> & \"طويل\" 'جداً' \\ C++", "ABC abc", "  ", "تنتهي بكلمة"]


def pages() -> dict[str, str]:
    """Return articles that differ in each way that a template could tell."""
    made = [
        Page(
            f"articles/{number}.md",
            {
                "title": title,
                "tags": ["أ", "<ب>", "ج"][:number],
                "mujaz": {"kind": "article", "number": number, "live": number > 2}
                | ({"day": "2025-07-14"} if number % 2 else {}),
            },
            f"## {number}\n\nنص [رابط](../index.md)\n",
        )
        for number, title in enumerate(TITLES)
    ]
    return {page.path: page_text(page) for page in made}


def project(folder: Path, snippet: str) -> Path:
    body = f"{{% set ours = page.meta.mujaz or {{}} %}}<main>{snippet}</main>{{{{ page.content }}}}"
    hand = {"index.md": "# أ\n\nنص\n", "list.md": "---\ntitle: ج\n---\n\nنص\n"}
    files = {f"site_src/{name}": text for name, text in hand.items()}
    theme = {"main.html": body, "404.html": "{{ config.site_name|e }}", "sitemap.xml": SITE_MAP}
    files |= {f"theme/{name}": text for name, text in theme.items()}
    write_seeds(folder, {"mkdocs.yml": CONFIG, **files})
    write_pages(pages(), folder / "site_src")
    return folder


def rendered_fast(folder: Path) -> int:
    """Return the number of articles that MkDocs did not render."""
    path = folder / ".mujaz-cache" / "site.sqlite"
    with closing(sqlite3.connect(path)) as base:
        query = "select count(*) from pages where path like 'articles/%' and not by_mkdocs"
        return int(base.execute(query).fetchone()[0])


TRACEABLE = [
    "{{ page.title|e }} {{ page.title }} {{ page.title|e|e }} {{ page.title|string|e }}",
    "{% for tag in page.meta.tags or [] %}<i>{{ loop.index }} {{ tag|e }}</i>{% endfor %}",
    "{{ page.meta.tags|length }} {{ ours.number }} {{ ours.number|e }} {{ ours.live }}",
    "{{ ours.day or 'لا' }} {{ ours.day is defined }} {{ (ours.day or page.title)|e }}",
    "{{ page.title|replace('<', '[') }} {{ 'a' ~ page.title ~ 'b' }} {{ ours.day|default('-') }}",
    "{{ page.title == 'قصير' }} {{ 'قصير' != page.title }} {{ page.title in ('قصير', 'x') }}",
    "{{ 'ABC' in page.title }} {{ page.title.startswith('AB') }} {{ ours.number and 1 }}",
    "{% for each in nav %}{{ (each.url or each.title)|url|e }}{{ '!' if each.active }}{% endfor %}",
    "{{ page.url }} {{ page.canonical_url|e }} {{ page.abs_url }} {{ base_url }} {{ 'a.css'|url }}",
    "{{ page.url.startswith('articles/') }} {{ page.url == 'articles/1/' }} {{ page.is_homepage }}",
    "{% set x = page.title %}{% macro m(t) %}[{{ t|e }}]{% endmacro %}{{ m(x) }}",
]
UNTRACEABLE = [
    *("{{ page.title|upper }}", "{{ page.title|length }}", "{{ page.title[:3] }}"),
    *("{{ page.title|truncate(5) }}", "{{ '%8s'|format(page.title) }}", "{{ page.title|tojson }}"),
    *("{{ {'a': page.title}|tojson }}", "{% for c in page.title %}{{ c }}-{% endfor %}"),
    *("{{ page.title in 'قصير جداً' }}", "{{ page.title < 'ق' }}", "{{ page.title.upper() }}"),
    *("{{ page.title * 2 }}", "{{ 'a' + page.title }}", "{{ '%5s' % page.title }}"),
    *("{% filter upper %}{{ page.title }}{% endfilter %}", "{{ 'x'.join(page.title) }}"),
    *("{% filter replace('A', 'B') %}{{ page.title }}{% endfilter %}", "{{ page.toc }}"),
    *(
        "{{ page.file.name }}",
        "{{ (ours.number or 1) + 1 }}",
        "{{ (ours.number or 1) > 2 }}",
        "{{ ours.items() }}",
    ),
    *(
        "{{ page.meta }}",
        "{{ page.title is string }}",
        "{{ (ours.number or 1) is odd }}",
        "{{ page.title|safe }}",
    ),
    "{% autoescape true %}{{ page.title }}{% endautoescape %}",
    "{{ page.title|urlencode }}{{ page.title|trim }}{{ page.title|striptags }}",
]
NOT_SPECIALISABLE = [
    *("{{ pages|length }}", "{{ nav.pages|length }}", "{{ page.next_page.title }}"),
    *(
        "{% for item in nav %}{{ item.meta }}{% endfor %}",
        "{% for p in pages %}{{ p.url }}{% endfor %}",
    ),
]


@pytest.mark.parametrize("snippet", TRACEABLE)
def test_what_can_be_traced_is_specialised(snippet: str, tmp_path: Path) -> None:
    check(project(tmp_path, snippet))
    assert rendered_fast(tmp_path) == len(TITLES)


@pytest.mark.parametrize("snippet", UNTRACEABLE)
def test_what_cannot_be_traced_is_left_to_mkdocs(snippet: str, tmp_path: Path) -> None:
    check(project(tmp_path, snippet))
    assert rendered_fast(tmp_path) <= 1  # that numbered 0 may never come to what cannot be traced


@pytest.mark.parametrize("snippet", NOT_SPECIALISABLE)
def test_what_reaches_for_other_pages_leaves_all_to_mkdocs(snippet: str, tmp_path: Path) -> None:
    check(project(tmp_path, snippet))
