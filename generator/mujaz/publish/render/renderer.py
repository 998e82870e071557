"""Renders the pages: byte for byte the site that `mkdocs build` makes, much faster.

Most pages of a news site differ only in their texts. MkDocs renders one of each kind, which leaves
a skeleton (`trace`, `skeleton`), and the others are stamped (`stamp`); their Markdown is converted
by a reader of the part that we write (`subset`). Skeletons are kept under a digest of all that they
depend on (`circumstances`); while that is the same, and no page surprises, MkDocs is not even
imported.

Why the result is MkDocs': a skeleton is used only for pages that its template cannot tell apart but
by what it prints of them (`trace`); each was compared with MkDocs' own page when it was made; each
page whose front matter or Markdown is not in the known part, or for which there is no skeleton, is
rendered by MkDocs (`render_mkdocs.Road`); and a configuration that could reach into pages in other
ways is left to MkDocs as a whole.

A first build is made beside the last site and swapped with it (`make`). Later ones renew only what
changed, in place, each file at once, new ones before old ones go (`renew`; `manifest` tells how
that is mended if it is cut short). A build that has nothing to do loads none of all this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from mujaz.publish.output import swap
from mujaz.publish.render.manifest import Records, records
from mujaz.publish.render.page import Source, Unfit
from mujaz.publish.render.renderer_key import site_key
from mujaz.publish.render.request import Facts, Order
from mujaz.publish.render.site_files import site_stamp
from mujaz.publish.render.source_changes import Changes, changes
from mujaz.publish.render.source_files import Sorting

CACHE = ".mujaz-cache"


def render_site(
    config_file: Path,
    pages: Path,
    site: Path,
    strict: bool = False,
    changed: frozenset[str] | None = None,
    hand_written: Collection[str] | None = None,
    texts: Mapping[str, Source] | None = None,
    preview: Mapping[str, Any] | None = None,
) -> None:
    """Render the Markdown below `pages` into `site`.

    `changed` are those files and folders, by path below `pages`, that were written or removed since
    the last build that ended well; None if that is not known, and contents tell. `hand_written` are
    the files of which `changed` says nothing, because others write them; None if they are all that
    the ledger of our files does not list. `texts` are sources, by the same paths, that need not be
    read again.

    `preview` are settings that win over those of `config_file` while MkDocs serves the site; then,
    a site that cannot be stamped raises `Unfit`, and is left to MkDocs' own preview.

    With `strict`, a warning of MkDocs is a failure. Raises `RenderError` with MkDocs' message, or
    `ConfigError` if it refuses `config_file`; in both cases the last site is left in place.
    """
    order = Order(config_file, pages, site, strict, changed, hand_written, texts or {}, preview)
    path = config_file.parent / CACHE / ("site.sqlite" if preview is None else "preview.sqlite")
    try:
        try:
            with records(path) as kept:
                _build(order, kept)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            path.unlink()  # it is damaged
            with records(path) as kept:
                _build(order._replace(changed=None), kept)
    except Unfit:
        if preview is not None:
            swap.discard(site)
            raise
        _render_all(order)
    except BaseException:
        swap.discard(site)
        raise


def _build(order: Order, records: Records) -> None:
    """Make the site what its sources say; raises `Unfit` if it cannot be stamped."""
    fields, key = records.about("facts"), records.about("key")
    facts = Facts(**fields) if fields else None
    told = site_key(order, facts.folders if facts else (), key)
    if not key or key[0] != told[0]:
        facts = None
    stamp = site_stamp(order.site)
    found = None
    if facts and stamp and records.about("site") == stamp:
        found = changes(order, records, Sorting(facts.patterns))
    if not found or not found.are_none or order.strict:
        _work(order, records, facts, found)
    if found and found.signs != records.signs():
        records.keep_signs(found.signs)
    if facts and key[1] != told[1]:
        records.note("key", told)
    records.commit()


def _work(order: Order, records: Records, facts: Facts | None, found: Changes | None) -> None:
    """Renew the site after the changes that were `found`, or make it anew."""
    # Imported only here: builds with nothing to do have no use for them.
    from mujaz.publish.render.full_build import make
    from mujaz.publish.render.incremental_build import renew
    from mujaz.publish.render.page_renderer import Kitchen
    from mujaz.publish.render.specialise.template_cache import Larder

    kitchen = Kitchen(order, Larder(records.base))
    try:
        if not (facts and found and renew(order, kitchen, records, facts, found)):
            make(order, kitchen, records, facts)
    except BaseException:
        kitchen.close(well=False)
        raise


def _render_all(order: Order) -> None:
    """Render all of the site by MkDocs."""
    from mujaz.publish.render.mkdocs_bridge.renderer import load, render_all

    folder = swap.fresh_folder(order.site)
    try:
        render_all(load(order, folder))
    except BaseException:
        swap.discard(order.site)
        raise
    swap.put_in_place(order.site)
