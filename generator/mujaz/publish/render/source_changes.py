"""What is not as the last build left it among the sources of a site."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from mujaz.publish.output.pages_folder import read_ledger
from mujaz.publish.render.manifest import Records
from mujaz.publish.render.page import Source
from mujaz.publish.render.renderer_key import sign
from mujaz.publish.render.request import Order
from mujaz.publish.render.site_files import digest, read
from mujaz.publish.render.source_files import Sorting, is_page, list_files


class Changes(NamedTuple):
    """Paths below the folder of pages."""

    pages: set[str]
    """Pages that are new, or other than they were."""
    statics: dict[str, bytes]
    """The same of files that are copied, with their contents."""
    gone_pages: set[str]
    gone_statics: set[str]
    come: set[str]
    """All that was not there before."""
    signs: dict[str, str]
    """What the system says of the files that nobody told us of."""

    @property
    def are_none(self) -> bool:
        """Whether all is as it was."""
        return not (self.pages or self.statics or self.gone_pages or self.gone_statics)

    @property
    def moved(self) -> set[str]:
        """All that came or went."""
        return self.come | self.gone_pages | self.gone_statics


def changes(order: Order, records: Records, sorting: Sorting) -> Changes:
    """Return what changed since the last build, as far as is known by what is in `order`."""
    look = Look(order.pages, records, sorting, order.texts)
    if order.changed is None:
        return look.at_all()
    hand = order.hand_written
    if hand is None:
        hand = all_by_hand(order.pages, list_files(order.pages))
    return look.at(order.changed, hand)


def all_by_hand(pages: Path, listing: Iterable[str]) -> set[str]:
    """Return those files that are not listed as written by us."""
    return {*listing} - (read_ledger(pages) or set())


def signs_of(pages: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return what the system says of files; nothing of what is not there."""
    found = {}
    for path in paths:
        try:
            found[path] = sign(f"{pages}/{path}")
        except OSError:
            continue
    return found


class Look:
    """A look at the sources, or at those of them that may have changed."""

    def __init__(
        self, pages: Path, records: Records, sorting: Sorting, texts: Mapping[str, Source]
    ) -> None:
        """Compare what is below `pages` with the `records`; `texts` need not be read."""
        self._pages, self._records, self._sorting = pages, records, sorting
        self._texts = texts

    def at_all(self) -> Changes:
        """Return what changed, by the contents of all files."""
        listing = {*list_files(self._pages)}
        hand = signs_of(self._pages, all_by_hand(self._pages, listing))
        return self._compared(listing | self._records.all(), {}, hand)

    def at(self, changed: Iterable[str], by_hand: Iterable[str]) -> Changes:
        """Return what changed among `changed` and `by_hand`, and what the last build left undone.

        A folder stands for all that is below it, or was.
        """
        before = self._records.signs()
        hand = signs_of(self._pages, {*by_hand, *before})
        suspects = self._records.struck() | {*before, *hand}
        for path in changed:
            suspects.add(path)
            if not is_page(path):
                suspects.update(self._records.below(path))
                if os.path.isdir(f"{self._pages}/{path}"):  # noqa: PTH112
                    below = list_files(self._pages / path)
                    suspects.update(f"{path}/{name}" for name in below)
        still = {path: each for path, each in hand.items() if each and before.get(path) == each}
        return self._compared(suspects, still, hand)

    def _compared(
        self, suspects: Iterable[str], still: dict[str, str], hand: dict[str, str]
    ) -> Changes:
        """Return what changed among the `suspects`; those `still` as they were are not read."""
        found = Changes(set(), {}, set(), set(), set(), hand)
        for path in suspects:
            is_doc = is_page(path)
            before = self._records.page(path) if is_doc else self._records.static(path)
            if before and path in still:
                continue
            data = self._read(path) if self._sorting.is_kept(path) else None
            if data is None:
                if before is not None:
                    (found.gone_pages if is_doc else found.gone_statics).add(path)
                continue
            if before is None:
                found.come.add(path)
            if digest(data) == before:
                continue
            if is_doc:
                found.pages.add(path)
            else:
                found.statics[path] = data
        return found

    def _read(self, path: str) -> bytes | None:
        given = self._texts.get(path)
        if given:
            return given.text.encode()
        try:
            return read(f"{self._pages}/{path}")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
