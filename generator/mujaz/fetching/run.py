"""One run of `mujaz fetch`: all sources, those of different hosts at the same time."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from mujaz.config import Config, FetchSource
from mujaz.errors import ConfigError
from mujaz.fetching.addresses import same_form
from mujaz.fetching.archive import FOLDER, Archive, finish_interrupted, stored
from mujaz.fetching.discovery import feed_items
from mujaz.fetching.faults import FetchError
from mujaz.fetching.fetch_state import FetchState
from mujaz.fetching.page_run import PageRun
from mujaz.fetching.session import Manners, Session
from mujaz.fetching.source_run import SourceReport, SourceRun, Tools
from mujaz.read.packing.content_coding import ContentCodingError, unpacked_body
from mujaz.read.raw import MAX_PAGE_BYTES
from mujaz.read.records.fetched import fetch_notes

_STATE = "fetching/state.sqlite3"
"""Below the cache folder."""
_WORKERS = 12


class FetchReport(NamedTuple):
    """What a run brought."""

    sources: tuple[SourceReport, ...]
    """In the order of the settings."""
    files: tuple[str, ...]
    """The archives that were written, below the folder of raw articles."""

    @property
    def articles(self) -> int:
        """The number of new articles and new versions."""
        return sum(each.articles for each in self.sources)

    @property
    def failed(self) -> int:
        """The number of sources that could not be had."""
        return sum(each.has_failed for each in self.sources)


Follow = Callable[[str, Iterable[SourceReport], int], Iterable[SourceReport]]
"""Shows how far a run is; see `Progress`."""


def fetch(
    config: Config,
    sources: Sequence[FetchSource],
    manners: Manners,
    follow: Follow = lambda _, items, __: items,
    shard: str = "",
) -> FetchReport:
    """Fetch what is new of `sources`, and store it below the folder of raw articles.

    `shard` goes into the names of archives, for runs on several machines. Whatever a site does, the
    run goes on. Raises `OSError` if nothing can be stored.
    """
    folder = config.seeds / FOLDER
    state = FetchState(config.cache_root / _STATE)
    now = manners.clockwork.now()
    archive = Archive(folder, now, manners.user_agent, shard)
    try:
        interrupted = finish_interrupted(folder)
        if interrupted or state.is_new:
            _learn_what_is_stored(state, folder)
        session = Session(state, manners)
        locks = (threading.RLock(), threading.Lock())
        tools = Tools(session, state, archive, *locks, now, threading.Event())
        try:
            reports = list(follow("fetching", _reports(tools, sources), len(sources)))
        finally:
            session.close()
    finally:
        archive.close()
        state.close()
    places = {source.address: number for number, source in enumerate(sources)}
    reports.sort(key=lambda report: places[report.address])
    files = tuple(path.relative_to(config.seeds).as_posix() for path in archive.paths)
    return FetchReport(tuple(reports), files)


def _reports(tools: Tools, sources: Sequence[FetchSource]) -> Iterable[SourceReport]:
    """Yield what came of each source; those of one host follow each other."""
    by_host: defaultdict[str, list[FetchSource]] = defaultdict(list)
    for source in dict.fromkeys(sources):
        by_host[_host(source.address)].append(source)
    with ThreadPoolExecutor(_WORKERS, "fetch") as pool:
        try:
            for reports in pool.map(lambda group: _fetch_group(tools, group), by_host.values()):
                yield from reports
        finally:
            tools.stopping.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _fetch_group(tools: Tools, sources: Iterable[FetchSource]) -> list[SourceReport]:
    return [_fetch_source(tools, each) for each in sources if not tools.stopping.is_set()]


def _fetch_source(tools: Tools, source: FetchSource) -> SourceReport:
    report, pages = SourceRun(tools, source).run(), PageRun(tools, source)
    pages.run()
    with tools.lock:
        tools.archive.sync()
        tools.state.commit()
    return report._replace(
        articles=report.articles + pages.articles,
        waiting=pages.waiting,
        problems=(*report.problems, *pages.problems),
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def of_shard(sources: Iterable[FetchSource], number: int, count: int) -> list[FetchSource]:
    """Return the sources of one of `count` shards, by their hosts; `number` is from 1 on."""
    from zlib import crc32

    return [each for each in sources if crc32(_host(each.address).encode()) % count == number - 1]


def sources_in_opml(file: Path) -> list[FetchSource]:
    """Return the feeds that an OPML file lists, each with its title as the paper's name.

    Raises `ConfigError` if it is none.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(_contents(file), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    outlines = [] if root is None else list(root.iter("outline"))
    feeds = [
        FetchSource(address, "feed", (each.get("title") or each.get("text") or "").strip())
        for each in outlines
        if (address := (each.get("xmlUrl") or "").strip())
    ]
    if not feeds:
        hint = "export it again from your feed reader, as OPML"
        raise ConfigError(f"{file}: lists no feeds; {hint}")
    return list(dict.fromkeys(feeds))


def _contents(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise ConfigError(f"{file}: {reason}; name an OPML file") from None


def _learn_what_is_stored(state: FetchState, folder: Path) -> None:
    """Note what is in the archives as seen: the state was lost, or a run was killed."""
    for answer, headers in stored(folder):
        notes = fetch_notes(headers)
        if notes is None:
            continue
        if notes.link:
            key = same_form(notes.link)
            if state.mark(key) is None:
                state.put_marks([(key, "")])
            continue
        try:
            coding = answer.header("content-encoding")
            content = unpacked_body(answer.body, coding, MAX_PAGE_BYTES)
            _, items = feed_items(answer._replace(content=content))
        except (ContentCodingError, FetchError):
            continue
        numbers = notes.numbers or ()
        state.put_marks((item.key, item.mark) for item in items if item.number in numbers)
