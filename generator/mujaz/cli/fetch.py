"""The command that brings articles in from newsrooms' sites."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mujaz import __version__
from mujaz.cli.options import config_option, echo_json, json_option, load_or_defaults, seeds_option
from mujaz.cli.output import close_with, note, show
from mujaz.cli.stages import progress
from mujaz.cli.wording import sentence
from mujaz.config import Config, FetchSource
from mujaz.errors import ConfigError
from mujaz.state.lock import build_lock

if TYPE_CHECKING:  # only who fetches loads what that needs
    from mujaz.fetching import SourceReport

_LOCK_FOLDER = "fetching"
"""Below the cache folder: a fetch and a build may run at the same time, two fetches may not."""


@click.command("fetch")
@click.argument("addresses", nargs=-1, metavar="[URL]...")
@config_option
@seeds_option
@click.option(
    "--opml",
    type=click.Path(path_type=Path),
    help="Fetch the feeds that an OPML file lists, too.",
)
@click.option("--allow-private", is_flag=True, help="Ask machines of private networks as well.")
@click.option("--shard", metavar="I/N", help="Fetch only part I of N, told by host.")
@click.option("--strict", is_flag=True, help="Exit 1 if a source could not be had.")
@json_option
def fetch_articles(
    addresses: tuple[str, ...],
    config_file: Path | None,
    seeds: Path | None,
    opml: Path | None,
    allow_private: bool,
    shard: str | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Fetch what is new of feeds, sitemaps and pages, and store it below the raw articles.

    Without URLs, the sources are those that mkdocs.yml lists as `fetch` under `extra: mujaz:`. Of a
    URL, its content tells whether it is a feed, a sitemap, a list of articles or an article.
    """
    from mujaz.fetching import Manners, fetch

    config = load_or_defaults(config_file, seeds, None)
    sources = _sources(config, addresses, opml)
    name, sources = _sharded(sources, shard)
    contact = config.contact or config.site_url or "https://pypi.org/project/mujaz/"
    if not (config.contact or config.site_url):
        note("newsrooms cannot tell who fetches; write `contact` under `extra: mujaz:`")
    manners = Manners(f"Mujaz/{__version__} (+{contact})", allow_private)
    with build_lock(config.cache_root / _LOCK_FOLDER, 0.0, note):
        report = fetch(config, sources, manners, progress, name)
    if as_json:
        objects = [_source_object(each) for each in report.sources]
        echo_json({"articles": report.articles, "files": report.files, "sources": objects})
    else:
        for each in report.sources:
            _show_source(each)
        count = f"{report.articles} new articles from {len(report.sources)} sources"
        show(f"{count}; {report.failed} failed")
        if report.articles:
            close_with("To publish them: mujaz build")
    if strict and report.failed:
        sys.exit(1)


def _sources(config: Config, addresses: Sequence[str], opml: Path | None) -> list[FetchSource]:
    """Return what to fetch. Raises `ConfigError` if there is nothing."""
    by_address = {source.address: source for source in config.fetch}
    sources = [by_address.get(each, FetchSource(each)) for each in addresses]
    if opml is not None:
        from mujaz.fetching.run import sources_in_opml

        sources += sources_in_opml(opml)
    if not sources and opml is None:
        sources = [*config.fetch]
    for source in sources:
        if not re.match(r"https?://[^/\s]", source.address, re.IGNORECASE):
            hint = "give a whole address, such as https://news.example/feed"
            raise ConfigError(f"{source.address}: is no address on the web; {hint}")
    if not sources:
        hint = "write `fetch` under `extra: mujaz:` in mkdocs.yml, or name a URL"
        raise ConfigError(f"{config.file}: lists nothing to fetch; {hint}")
    return list({source.address: source for source in sources}.values())


def _sharded(sources: list[FetchSource], shard: str | None) -> tuple[str, list[FetchSource]]:
    """Return what names of archives say of a shard, and its sources. Raises `ConfigError`."""
    if not shard:
        return "", sources
    match = re.fullmatch(r"(\d{1,4})/(\d{1,4})", shard)
    number, count = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= number <= count:
        raise ConfigError(f"--shard {shard}: is no part of a whole; give it as 1/4, up to 4/4")
    from mujaz.fetching.run import of_shard

    return f"-{number}of{count}", of_shard(sources, number, count)


def _show_source(report: SourceReport) -> None:
    new = f"{report.articles} new" if report.articles else "nothing new"
    waiting = f", {report.waiting} pages wait for the next time" if report.waiting else ""
    name = f"{report.source}  " if report.source else ""
    if not report.has_failed:
        show(f"{'new' if report.articles else '-':<10} {name}{report.address}: {new}{waiting}")
    if report.moved:
        show(f"{'moved':<10} {report.address}: is now at {report.moved}; write that in its place")
    for problem in report.problems:
        show(f"{'failed':<10} {sentence(problem)}")


def _source_object(report: SourceReport) -> dict[str, object]:
    """Return the object that `fetch --json` prints of a source: what is absent is null."""
    return {
        "address": report.address,
        "paper": report.source or None,
        "kind": report.kind or None,
        "articles": report.articles,
        "waiting": report.waiting,
        "failed": report.has_failed,
        "moved": report.moved or None,
        "problems": [
            {"address": each.file, "reason": each.reason, "hint": each.hint}
            for each in report.problems
        ],
    }
