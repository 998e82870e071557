"""Writes what stands at addresses that are no more: redirects, tombstones, rules for servers."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from mujaz.addresses.permalinks import Permalinks
from mujaz.compose import page_text
from mujaz.compose.forwarding import (
    RULES_MARK,
    redirect_page,
    redirect_rules,
    tombstone_page,
)
from mujaz.config import Config
from mujaz.publish import PagesFolder
from mujaz.publish.output.pages_folder import read_ledger
from mujaz.site_model import Asset, Page
from mujaz.state.database import Database

_NOTE = "forwarding"
"""The note of what was written: target by path, nothing for a tombstone."""


class Forwarding(NamedTuple):
    """What became of the pages at addresses that are no more."""

    paths: set[str]
    """All of them."""
    written: set[str]
    """Those whose content changed."""
    have_paths_changed: bool


def write_forwarding(
    database: Database,
    config: Config,
    permalinks: Permalinks,
    pages: PagesFolder,
    damaged: Set[str] | None,
) -> Forwarding:
    """Write what stands at addresses that are no more, if it is new or damaged.

    `damaged` are paths that somebody changed, None stands for any. The pages that are published
    must be known to `database` already. None of them is replaced, and no file that is not ours.
    """
    before: dict[str, str] = database.value(_NOTE) or {}
    targets = dict(_targets(database, config, permalinks)) if permalinks.text else {}
    composed: list[Page | Asset] = [
        redirect_page(path, target, config.site_url) if target else tombstone_page(path)
        for path, target in targets.items()
        if damaged is None or path in damaged or before.get(path) != target
    ]
    redirects = {path: target for path, target in targets.items() if target}
    rules = [
        each
        for each in redirect_rules(redirects, config.site_url)
        if redirects and _may_write_rules(config, each.path)
    ]
    texts = ((page.path, page_text(page)) for page in [*composed, *rules])
    written = pages.write(texts, {each.path: each.path for each in rules})
    database.note(_NOTE, targets)
    paths = {*targets, *(each.path for each in rules)}
    return Forwarding(paths, written, targets != before)


def _targets(
    database: Database, config: Config, permalinks: Permalinks
) -> Iterator[tuple[str, str]]:
    """Yield each path with that of the page in its place, or with nothing for a tombstone."""

    ours = read_ledger(config.out) or set()

    def is_published(address: str) -> bool:
        query = "select 1 from targets where path = ?"
        path = f"{address}.md"
        is_target = database.base.execute(query, (path,)).fetchone() is not None
        return is_target or (path not in ours and (config.out / path).exists())

    tombstones = permalinks.tombstones if config.tombstones else frozenset()
    for address in sorted({*permalinks.redirects, *tombstones}):
        if is_published(address):
            continue
        target = permalinks.target_of(
            address, lambda each: each in tombstones or is_published(each)
        )
        if target or address in tombstones:
            yield f"{address}.md", f"{target}.md" if target else ""


def _may_write_rules(config: Config, path: str) -> bool:
    """Whether there are no rules as yet, or those there are were made by us."""
    try:
        return (config.out / path).read_bytes().startswith(RULES_MARK.encode())
    except FileNotFoundError:
        return True
    except OSError:
        return False
