"""Keeps addresses: finds out which article goes on where another address was given before."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Protocol

from mujaz.addresses.address_table import AddressRow, AddressTable
from mujaz.addresses.former_page import (
    FormerPage,
    former_addresses,
    former_articles,
    read_former_page,
)
from mujaz.addresses.permalinks import Permalinks, id_of, slug_of, write_permalinks
from mujaz.compose.permalinks import article_address
from mujaz.config import Config
from mujaz.delta import Delta
from mujaz.library import Library
from mujaz.model import Article, Problem
from mujaz.state.database import Database
from mujaz.state.fingerprint import fingerprint

_NOTE = "permalinks"
"""The note of which folder of raw articles and which permalinks the addresses are of."""


_MAX_CANDIDATES = 200
"""New articles of one source and day whose texts are compared with one that was removed."""


class Representatives(Protocol):
    """Which article represents each text, after the last delta."""

    def article(self, file: str) -> Article:
        """Return an article that represents a text, with its derived id and slug."""

    def representative_of(self, file: str) -> str | None:
        """Return the file of the article that represents another, or itself."""

    def successor_of(self, file: str) -> str | None:
        """Return the file of the article that represents the text that another represented."""


class Addresses:
    """The addresses of articles. What is derived of an article may change; its address stays.

    An article is the one that was published at an address if it has the same id, or the same guid,
    or is in the same file with a text alike, or represents the same text, or is of the same source
    and day with the same text. It is pinned to that address, or where it has another one already or
    an editor gives it one, the address redirects there.
    """

    def __init__(
        self,
        database: Database,
        config: Config,
        representatives: Representatives,
        permalinks: Permalinks,
    ) -> None:
        """Use the tables in `database`, and the pages of the last run below `config.out`."""
        self._database = database
        self._config = config
        self._representatives = representatives
        self._permalinks = permalinks
        self._has_tombstones = config.tombstones
        self._table = AddressTable(database.base, representatives.article, permalinks.pins)
        self._entries: dict[tuple[str, str], str] = {}
        """What is to be remembered: see `write_permalinks`."""
        self._new: set[str] = set()
        """Files of articles that were not published before."""
        self._moved: dict[str, str] = {}
        """Address that redirects -> file of the article that it leads to."""

    def apply(self, delta: Delta[str]) -> Delta[str]:
        """Take files of articles in; return the delta, with those that have other addresses now."""
        upserted = dict.fromkeys(delta.upserted)
        before = self._published_before({*delta.removed, *upserted})
        for file in delta.removed:
            self._table.remove(file)
        for file in upserted:
            self._table.put(self._representatives.article(file))
        if self._database.value(_NOTE) != self._note(self._permalinks):
            self._table.pin_all()
        changed = self._table.assign()
        if before is not None:
            before |= {file: address for file, address in changed.items() if address}
            self._new = upserted.keys() - before.keys()
            for file, address in sorted(before.items()):
                self._continue(file, address)
            changed |= self._table.assign()
            for address, file in self._moved.items():
                self._redirect(address, file)
        return Delta(delta.removed, [*upserted, *sorted(changed.keys() - upserted.keys())])

    def article(self, file: str) -> Article:
        """Return an article that represents a text, with its address."""
        article, row = self._representatives.article(file), self._table.row(file)
        return replace(article, id=row.id, slug=slug_of(row.address)) if row else article

    def redirect_stories(self, removed: Iterable[str], library: Library) -> None:
        """Have the pages of stories that are no more lead to where their articles are now.

        A story has the id of its first article: where that was removed, it leaves no trace, unless
        tombstones are wanted.
        """
        for story_id in removed:
            if not (self._config.tombstones or self._table.by_id(story_id)):
                continue
            address = f"stories/{story_id}"
            ids = [story_id, *map(id_of, former_articles(self._config.out, address))]
            stories = Counter(filter(None, map(library.story_id_of, ids))).most_common(1)
            articles = filter(None, map(self._table.by_id, ids))
            target = f"stories/{stories[0][0]}" if stories else next(articles, None)
            if target:
                shown = target if isinstance(target, str) else target.address
                self._entries["redirect", address] = shown

    def problems(self) -> tuple[Problem, ...]:
        """Return what an editor should look at in the permalinks file."""
        return self._permalinks.problems

    def save(self) -> Permalinks:
        """Write what is to be remembered, if anything, and return all that is.

        Raises `MujazError` if it cannot be written.
        """
        permalinks = self._permalinks
        if self._entries:
            permalinks = write_permalinks(self._config.permalinks, self._entries)
        self._database.note(_NOTE, self._note(permalinks))
        return permalinks

    def _note(self, permalinks: Permalinks) -> list[str]:
        return [self._folder(), fingerprint(permalinks.text)]

    def _folder(self) -> str:
        """Return what stands for the folder of raw articles, wherever the project lies."""
        return os.path.relpath(self._config.seeds, self._config.file.parent)

    def _published_before(self, files: set[str]) -> dict[str, str] | None:
        """Return the addresses that articles in some files had; None if they are of another site.

        Where the state is lost, the pages of the last run tell those of all articles. If most of
        the files are not there, they may be of another site, of which none was removed.
        """
        note = self._database.value(_NOTE)
        if note is None:
            former = dict(former_addresses(self._config.out))
            self._has_tombstones &= 2 * len(former.keys() & files) >= len(former)
            return former
        if note[0] != self._folder():
            return None
        rows = filter(None, map(self._table.row, files))
        return {row.file: row.address for row in rows}

    def _continue(self, file: str, address: str) -> None:
        """See to it that an address that the article in a file had still leads to that article."""
        holder = self._table.by_id(id_of(address))
        if holder and (holder.file, holder.address) == (file, address):
            return
        page = read_former_page(self._config.out, address)
        if holder and holder.address == address:  # maybe of an older article of the same headline
            heir = self._same_file(file, page) if holder.file in self._new else None
        else:
            heir = holder or self._heir(file, page)
            if heir is None and self._has_tombstones:
                self._entries["tombstone", address] = ""
        if heir is None:
            return
        has_other_slug = heir.has_fixed_slug and heir.slug != slug_of(address)
        is_new = heir.file == file or heir.file in self._new
        if is_new and not heir.pin and not has_other_slug:
            derived = article_address(heir.slug, heir.derived_id)
            self._entries["pin", derived] = address
            self._table.pin(heir, address)
        else:
            self._moved[address] = heir.file

    def _heir(self, file: str, page: FormerPage | None) -> AddressRow | None:
        """Return the article that was published on a page, from a file; None if it is no more."""
        table = self._table
        heir = self._same_file(file, page) or (table.by_guid(page.guid) if page else None)
        representatives = self._representatives
        for other in (representatives.representative_of(file), representatives.successor_of(file)):
            if heir is None and other is not None and other != file:
                heir = table.row(other)
        if heir is None and page:
            rows = (r for r in table.of_day(page.day, page.source) if r.file in self._new)
            for row in islice(rows, _MAX_CANDIDATES):
                if page.is_repeated_by(representatives.article(row.file)):
                    return row
        return heir

    def _same_file(self, file: str, page: FormerPage | None) -> AddressRow | None:
        row = self._table.row(file)
        return row if row and page and page.is_of(self.article(file)) else None

    def _redirect(self, address: str, file: str) -> None:
        row = self._table.row(file)
        if row and row.address != address:
            self._entries["redirect", address] = row.address
