"""What `mujaz fetch` brings from a site that behaves, and what it does not ask for again."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from mujaz.config import Config, FetchSource
from mujaz.fetching import FetchReport, Manners, fetch
from mujaz.fetching.client import Limits
from mujaz.fetching.politeness import Clockwork
from mujaz.model import Document
from mujaz.read import files_below, read_paths

from tests.fetching.server import (
    Server,
    always,
    entry,
    feed,
    listing,
    page,
    running,
    title,
    with_etag,
)

DEFAULT = Limits()
START = 1_795_737_600.0
"""27 November 2026, in seconds since 1970."""


class Site:
    """A server, a folder that is filled from it, and a clock."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        (folder / "seeds").mkdir()
        self.config = Config(
            folder / "mkdocs.yml", folder / "seeds", folder / "docs", folder / "site"
        )
        self.now = START
        self.pauses: list[float] = []
        self.sleeps_until_interrupted = -1

    def fetch(
        self, *kinds: str, allow_private: bool = True, limits: Limits = DEFAULT
    ) -> FetchReport:
        """Fetch sources, each given as `kind path`; the next run is a quarter of an hour later."""
        sources = [self.source(each) for each in kinds]
        clockwork = Clockwork(lambda: self.now, self._sleep)
        manners = Manners("Mujaz/0 (+test)", allow_private, 1.0, limits, clockwork)
        report = fetch(self.config, sources, manners)
        self.now += 900
        return report

    def source(self, text: str) -> FetchSource:
        kind, _, path = text.partition(" ")
        kind = "" if kind == "any" else kind
        return FetchSource(self.server.address + path, kind, "صدى الرابية", "ثقافة")

    def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == self.sleeps_until_interrupted:
            raise KeyboardInterrupt
        self.now += seconds

    def documents(self) -> list[Document]:
        """Return what is read of all that was fetched."""
        seeds = self.config.seeds
        names = [path.relative_to(seeds).as_posix() for path in files_below(seeds)]
        results = [result for _, result in read_paths(seeds, names)]
        assert all(isinstance(each, Document) for each in results), results
        return [each for each in results if isinstance(each, Document)]

    def titles(self) -> list[str]:
        return sorted(str(each.stated["title"].value) for each in self.documents())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Site:
    server.replies.clear()
    server.requests.clear()
    return Site(server, tmp_path)


def test_entries_in_full_are_articles_and_others_get_their_pages(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/feed"] = with_etag(feed(entry(1, base), entry(2, base, full=False)), '"a"')
    replies["/articles/2"] = always(page(2), content_type="text/html; charset=utf-8")
    report = site.fetch("feed /feed")
    assert report.articles == 2 and not report.failed
    assert site.server.counts() == {"/robots.txt": 1, "/feed": 1, "/articles/2": 1}
    first, second = sorted(site.documents(), key=lambda each: str(each.stated["address"].value))
    assert [each.text.count("\n") for each in (first, second)] == [1, 2]
    for number, each in enumerate((first, second), 1):
        assert each.stated["title"].value == title(number)
        assert each.stated["address"].value == f"{base}/articles/{number}"
        assert each.stated["guid"].value == f"{base}/?p={1000 + number}"
        assert str(each.stated["date"].value).startswith("2026-11-26")
        assert each.corrected["source"].value == "صدى الرابية"
        assert each.corrected["section"].value == "ثقافة"
        assert not each.excerpt


@pytest.mark.parametrize("has_etag", [True, False])
def test_a_run_with_nothing_new_asks_once_and_writes_nothing(site: Site, has_etag: bool) -> None:
    base = site.server.address
    body = feed(entry(1, base), entry(2, base))
    site.server.replies["/feed"] = with_etag(body, '"a"') if has_etag else always(body)
    site.fetch("feed /feed")
    before = {path: path.stat().st_mtime_ns for path in files_below(site.config.seeds)}
    site.server.requests.clear()
    assert site.fetch("feed /feed").files == ()
    assert site.server.counts() == {"/feed": 1}
    assert {path: path.stat().st_mtime_ns for path in files_below(site.config.seeds)} == before


def test_a_feed_whose_head_or_order_alone_changes_brings_nothing(site: Site) -> None:
    base = site.server.address
    one, two = entry(1, base), entry(2, base)
    for number, body in enumerate(
        (feed(one, two), feed(one, two, head="<ttl>5</ttl>"), feed(two, one))
    ):
        site.server.replies["/feed"] = always(body)
        assert site.fetch("feed /feed").articles == (2 if not number else 0)


def test_only_new_entries_are_read_of_a_feed_that_grows(site: Site) -> None:
    base = site.server.address
    for count in (2, 4):
        entries = [entry(number, base) for number in range(count, 0, -1)]
        site.server.replies["/feed"] = always(feed(*entries))
        assert site.fetch("feed /feed").articles == 2
    assert site.titles() == sorted(map(title, range(1, 5)))


def test_an_entry_whose_guid_changes_or_that_stands_twice_is_one(site: Site) -> None:
    base = site.server.address
    for number in range(2):
        guid = f"urn:{number}"
        site.server.replies["/feed"] = always(feed(*[entry(1, base, guid=guid)] * 2))
        site.fetch("feed /feed")
    assert site.titles() == [title(1)]


def test_entries_that_link_to_the_same_page_are_articles_each(site: Site) -> None:
    base = site.server.address
    entries = (entry(number, base, full=False, link=f"{base}/") for number in (1, 2))
    site.server.replies["/feed"] = always(feed(*entries))
    assert site.fetch("feed /feed").articles == 2
    assert site.titles() == sorted([title(1), title(2)])


def test_a_page_that_fails_is_tried_again_and_then_its_summary_stands(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/feed"] = always(feed(entry(1, base, full=False), entry(2, base, full=False)))
    replies["/articles/1"] = always(b"", 500)
    report = site.fetch("feed /feed")  # the page of the second is not there at all
    assert (report.articles, report.sources[0].waiting) == (1, 1)
    assert not report.failed and len(report.sources[0].problems) == 2
    site.now += 3600
    replies["/articles/1"] = always(page(1))
    report = site.fetch("feed /feed")
    assert (report.articles, report.sources[0].waiting) == (1, 0)
    assert site.titles() == sorted([title(1), title(2)])
    assert sorted(each.excerpt for each in site.documents()) == [False, True]


def test_sitemaps_lead_to_new_pages(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    items = (
        f"<url><loc>{base}/articles/{number}</loc><lastmod>{day}</lastmod></url>"
        for number, day in ((1, "2026-11-26"), (2, "2026-11-27T08:00:00Z"), (3, "2019-01-01"))
    )
    zipped = gzip.compress(f"{head}{''.join(items)}</urlset>".encode())
    replies["/index.xml"] = always(
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{base}"
        "/news.xml.gz</loc><lastmod>2026-11-27</lastmod></sitemap></sitemapindex>".encode()
    )
    replies["/news.xml.gz"] = always(zipped, content_type="application/gzip")
    for number in (1, 2, 3):
        replies[f"/articles/{number}"] = always(page(number))
    assert site.fetch("sitemap /index.xml").articles == 2
    assert site.titles() == sorted([title(1), title(2)])
    site.server.requests.clear()
    assert site.fetch("sitemap /index.xml").files == ()
    assert site.server.counts() == {"/index.xml": 1}


def test_listings_lead_to_pages_of_which_some_are_no_articles(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = site.server.server_address[1]
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [here])
    base, replies = f"http://paper.example.com:{port}", site.server.replies
    monkeypatch.setattr(Server, "address", base)
    links = [f"{base}/news/2026/11/story-of-day-{number}.html" for number in (1, 2)]
    replies["/list"] = always(listing([*links, "mailto:a@b.example", "javascript:void(0)"]))
    replies["/news/2026/11/story-of-day-1.html"] = always(page(1))
    replies["/news/2026/11/story-of-day-2.html"] = always(listing(links))
    report = site.fetch("any /list")
    assert (report.sources[0].kind, report.articles) == ("listing", 1)
    assert site.titles() == [title(1)]


def test_a_page_is_an_article_once_until_its_text_changes(site: Site) -> None:
    site.server.replies["/page"] = always(page(1))
    assert [site.fetch("any /page").articles for _ in range(2)] == [1, 0]
    site.server.replies["/page"] = always(page(2))
    assert site.fetch("page /page").articles == 1


def test_what_is_stored_is_not_fetched_again_when_the_state_is_lost(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/feed"] = always(feed(entry(1, base), entry(2, base, full=False)))
    replies["/articles/2"] = always(page(2))
    site.fetch("feed /feed")
    (site.config.cache / "fetching" / "state.sqlite3").write_bytes(b"damaged, and no database")
    assert site.fetch("feed /feed").articles == 0
    assert site.server.counts()["/articles/2"] == 1
    assert len(site.documents()) == 2


def test_a_killed_run_leaves_a_readable_archive(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/feed"] = always(feed(entry(1, base)))
    replies["/other"] = always(feed(entry(2, base)))
    site.fetch("feed /feed", "feed /other")
    (path,) = files_below(site.config.seeds)
    path.with_name(f".{path.name}.open").write_bytes(path.read_bytes()[:-20])
    path.unlink()
    (site.config.cache / "fetching" / "state.sqlite3").unlink()
    assert site.documents() == []
    assert site.fetch("feed /feed", "feed /other").articles == 1
    assert site.titles() == sorted([title(1), title(2)])


def test_one_request_at_a_time_with_the_pause_that_a_site_wants(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/robots.txt"] = always(b"User-agent: *\nCrawl-delay: 7\nDisallow: /articles/2\n")
    replies["/feed"] = always(feed(*(entry(n, base, full=False) for n in (1, 2, 3))))
    for number in (1, 2, 3):
        replies[f"/articles/{number}"] = always(page(number))
    report = site.fetch("feed /feed")
    assert "/articles/2" not in site.server.counts()
    assert site.pauses[1:] == [7.0, 7.0]
    assert [each.reason for each in report.sources[0].problems] == ["its robots.txt forbids it"]
    assert len(site.documents()) == 3  # the summary stands for the one that is forbidden


def test_a_run_that_is_interrupted_stores_what_came_and_goes_on_the_next_time(site: Site) -> None:
    base, replies = site.server.address, site.server.replies
    replies["/feed"] = always(feed(*(entry(n, base, full=n == 1) for n in (1, 2, 3))))
    replies["/articles/3"] = always(page(3))

    replies["/articles/2"] = always(page(2))
    site.sleeps_until_interrupted = 3  # before the second page
    with pytest.raises(KeyboardInterrupt):
        site.fetch("feed /feed")
    assert not list(site.config.seeds.rglob("*.open"))
    assert len(site.titles()) == 2
    site.fetch("feed /feed")
    assert site.titles() == sorted(map(title, (1, 2, 3)))
