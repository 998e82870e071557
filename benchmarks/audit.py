"""Audits built sites: `make audit`, or `RUNS=1 python -m benchmarks.audit [OPTION]… [PART…]`.

`--site` and `--kind` say what is looked at, and may be given again. Sites are `sample`, as it lies
in `site/`, and days such as `2015-08-02` out of the folder `MUJAZ_DATA`, or `2015-08-01+2015-08-02`
together, which are built here. Without `--site` it audits the sample, and with that folder each
labelled day as well. Each figure stands beside its target; the exit code is 1 if one is missed.

Of a site without a browser, in seconds: `bytes`, `rows`, `titles`, `pages`. In a browser:
`screens`, `shift`, `axe`, `walk`; with programs from `benchmarks/audit/package.json`: `html`,
`lighthouse`. Of no site: `growth`; and `top`, of the labelled days.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from benchmarks import audit_browser as browser
from benchmarks.audit_days import built_day, labelled_days
from benchmarks.audit_measures import (
    Figure,
    first_rows,
    headlines,
    largest_share,
    other_titles,
    page_title,
    parsed,
    percentile,
    story_links,
)
from benchmarks.audit_site import KINDS, Site, address, first_view, sent, served
from benchmarks.growth import FEW, MANY, first_views

_PROJECT = Path(__file__).parent.parent
_SAMPLE = "sample"
_ROWS = 20
"""Of a list, of which one paper may have no more than a part."""
_SHARE = 0.4
_PAGES = 2_200
"""That a site of 1,300 articles may have."""
_MOST_ARTICLES = 0.95
"""Share of the articles that the longest ones are not among."""
_FLAT = 1.1
"""Times that a first view may grow with the collection."""
_LEADING = ((15, 11), (12, 9))
"""Among how many entries of a digest how many of an editor's fifteen stories are to be."""
_LISTS_OF_STORIES = ("home", "digest", "digest day", "digest week", "stories")


def main() -> None:
    """Print every figure beside its target."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", action="append", help="sample, or a day such as 2015-08-02")
    parser.add_argument("--kind", action="append", choices=KINDS, help="of page, for some parts")
    parser.add_argument("part", nargs="*", choices=[[], *_OF_SITES, *_OF_NO_SITE], metavar="PART")
    options = parser.parse_args()
    figures: list[Figure] = []

    def report(measure: Iterator[Figure]) -> None:
        for figure in measure:
            figures.append(figure)
            print(figure, flush=True)

    parts = options.part or [*_OF_SITES, *_OF_NO_SITE]
    of_sites = [part for part in _OF_SITES if part in parts]
    for name in options.site or [_SAMPLE, *labelled_days()] if of_sites else []:
        site = _site(name)._replace(wanted=frozenset(options.kind or KINDS))
        with served(site.folder) as host:
            for part in of_sites:
                print(f"== {site.name}: {part}", flush=True)
                report(_OF_SITES[part](site, host))
    for part in [part for part in _OF_NO_SITE if part in parts]:
        print(f"== {part}", flush=True)
        report(_OF_NO_SITE[part]())
    missed = sum(not figure.is_met for figure in figures)
    print(f"{len(figures) - missed} of {len(figures)} targets met")
    sys.exit(1 if missed else 0)


def _site(name: str) -> Site:
    if name == _SAMPLE:
        return Site(name, _PROJECT / "site", _PROJECT / "site_src")
    return built_day(name.split("+"))


def _bytes(site: Site, host: str) -> Iterator[Figure]:
    """Yield what pages cost a reader, compressed: HTML by kind, and first views."""
    kinds = site.kinds()
    files = {kind: _file(site, path) for kind, path in kinds.items()}
    articles = [len(sent(path)) / 1000 for path in site.folder.glob(KINDS["article"].pattern)]
    for kind, file in files.items():
        if kind == "article":
            size = percentile(articles, _MOST_ARTICLES)
            print(f"  the longest article: {max(articles):.2f} KB")
            yield Figure("HTML: article, 95 of 100", size, KINDS[kind].heaviest, "KB")
        elif not KINDS[kind].query:
            yield Figure(f"HTML: {kind}", len(sent(file)) / 1000, KINDS[kind].heaviest, "KB")
    for kind in [kind for kind in ("home", "article") if kind in files]:
        sizes = first_view(files[kind])
        without_fonts = sum(size for path, size in sizes.items() if path.suffix != ".woff2")
        yield Figure(f"first view: {kind}", sum(sizes.values()), 45, "KB")
        if kind == "article":
            yield Figure("first view: article, all but fonts", without_fonts, 20, "KB")
            yield Figure("first view: article, requests", len(sizes), 6)


def _rows(site: Site, host: str) -> Iterator[Figure]:
    """Yield how large a part one paper has of the first rows of lists."""
    sources = _sources(site)

    def share(rows: list[str]) -> float:
        known_rows = [sources[row] for row in rows if sources.get(row)]
        return largest_share(known_rows)

    lists = [site.folder / "headlines" / "index.html", *site.folder.glob("sections/*/index.html")]
    for file in sorted(lists):
        path = unquote(address(site.folder, file))
        rows = first_rows(parsed(file.read_text("utf-8")), path, _ROWS)
        if len(rows) == _ROWS:
            yield Figure(f"one paper's part of {path}", share(rows), _SHARE)
    feed = json.loads((site.folder / "feed.json").read_text("utf-8"))
    rows = [
        f"articles/{unquote(item['url']).rstrip('/').rpartition('/')[2]}/" for item in feed["items"]
    ]
    yield Figure("one paper's part of the feed", share(rows[:_ROWS]), _SHARE)


def _sources(site: Site) -> dict[str, str]:
    """Return the paper of each article, by its address."""
    found = {}
    for file in site.pages.glob("articles/*.md"):
        meta: Any = yaml.safe_load(file.read_text("utf-8").split("\n---\n")[0].lstrip("-"))
        found[f"articles/{file.stem}/"] = meta["mujaz"].get("source") or ""
    return found


def _titles(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many links lead to a story's page under a headline that it does not have."""
    trees = {
        unquote(address(site.folder, file)): parsed(file.read_text("utf-8"))
        for file in site.folder.rglob("*.html")
    }
    stories = {path: tree for path, tree in trees.items() if path.startswith("stories/")}
    editions = [site.folder.glob(KINDS[kind].pattern) for kind in _LISTS_OF_STORIES]
    edited = {unquote(address(site.folder, file)) for files in editions for file in files}
    titles = {path: {page_title(tree)} for path, tree in stories.items()}
    shown = {path: headlines(tree) for path, tree in stories.items()}
    for name, paths, wanted in (
        ("whose page has another title", edited, titles),
        ("whose page does not show it", {*trees} - edited, shown),
    ):
        links = [link for path in sorted(paths) for link in story_links(trees[path], path)]
        others = other_titles(links, wanted)
        for link in others[:3]:
            print(f"  «{link.title}» leads to «{''.join(titles.get(link.address, ()))}»")
        yield Figure(f"of {len(links)} titles, those {name}", len(others), 0)


def _pages(site: Site, host: str) -> Iterator[Figure]:
    """Yield how many pages a site has; on the sample the number has no target."""
    number = sum(1 for _ in site.folder.rglob("*.html"))
    if site.is_real and "+" not in site.name:
        yield Figure("pages", number, _PAGES)
    else:
        print(f"  {number:,} pages")


def _growth() -> Iterator[Figure]:
    """Yield how first views grow from a small collection to a large one."""
    few, many = first_views(FEW), first_views(MANY)
    for kind, size in many.items():
        print(f"  {kind}: {few[kind]:.2f} KB of {FEW:,} articles, {size:.2f} KB of {MANY:,}")
        yield Figure(f"growth of the first view: {kind}", size / few[kind], _FLAT, "×")


def _top() -> Iterator[Figure]:
    """Yield how many of an editor's top stories lead each labelled day."""
    days = labelled_days()
    if days:
        from benchmarks.data import folder
        from benchmarks.newsday import leading, read_day, understand_day

        for day in days:
            labelled = read_day(folder() / "saudi" / "gold", day)
            edition = understand_day(day, labelled).edition
            for most, target in _LEADING:
                among = leading(labelled.top, edition[:most])
                name = f"{day}: top stories among the first {most}"
                yield Figure(name, among, target, at_least=True)


def _file(site: Site, path: str) -> Path:
    """Return the file of the page at the address `path`."""
    file = site.folder / unquote(path.partition("?")[0])
    return file if file.suffix == ".html" else file / "index.html"


_OF_SITES: Mapping[str, Callable[[Site, str], Iterator[Figure]]] = {
    "bytes": _bytes,
    "rows": _rows,
    "titles": _titles,
    "pages": _pages,
    "screens": browser.screens,
    "shift": browser.still,
    "html": browser.valid_html,
    "axe": browser.accessible,
    "walk": browser.walked,
    "lighthouse": browser.rated,
}
_OF_NO_SITE: Mapping[str, Callable[[], Iterator[Figure]]] = {"top": _top, "growth": _growth}


if __name__ == "__main__":
    main()
