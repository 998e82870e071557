"""Makes a whole site beside the last one, and swaps the two."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.publish.output import swap
from mujaz.publish.render.manifest import Records
from mujaz.publish.render.page import Rendered, Unfit
from mujaz.publish.render.page_renderer import Kitchen
from mujaz.publish.render.parallel import stamp_all
from mujaz.publish.render.renderer_key import site_key
from mujaz.publish.render.request import Facts, Order
from mujaz.publish.render.site_files import digest, read, site_stamp, write_new
from mujaz.publish.render.sitemap import site_map
from mujaz.publish.render.source_changes import all_by_hand, signs_of
from mujaz.publish.render.source_files import Sorting, is_odd, is_page, list_files
from mujaz.publish.render.urls import has_mark, mark


def make(order: Order, kitchen: Kitchen, records: Records, facts: Facts | None) -> None:
    """Make all of the site; `facts` are what is known of the configuration."""
    listing = list(list_files(order.pages))
    if any(map(is_odd, listing)):
        raise Unfit
    there = {*listing}
    hand = all_by_hand(order.pages, listing) if order.hand_written is None else order.hand_written
    signs = signs_of(order.pages, hand)
    if facts and any((path in there) is not was for path, was in facts.named.items()):
        facts = None
    if facts is None:
        kitchen.larder.forget()
    kitchen.learn(facts, there)
    if order.preview is not None and kitchen.facts.patterns["draft_docs"]:
        raise Unfit  # MkDocs' preview shows drafts
    sorting = Sorting(kitchen.facts.patterns)
    kept = [path for path in listing if sorting.is_kept(path)]
    docs = [path for path in kept if is_page(path)]
    omitted = sorting.omitted(docs, kitchen.facts.nav)
    kitchen.open(frozenset(docs), omitted)
    if facts and not order.strict:  # there, what MkDocs renders may draw a warning
        kitchen.kept = _untouched(records, kept)
    told = site_key(order, kitchen.facts.folders, records.about("key"))
    statics = _copied(order, kitchen, [path for path in kept if not is_page(path)])
    done = _made(order, kitchen, docs)
    kitchen.close(well=True)
    records.begin()
    swap.put_in_place(order.site)
    records.record_all(done, statics)
    records.keep_signs(signs)
    for name, value in (
        ("key", told),
        ("facts", kitchen.facts._asdict()),
        ("omitted", omitted),
        ("site", site_stamp(order.site)),
    ):
        records.note(name, value)
    kitchen.larder.keep()


def _untouched(records: Records, kept: Sequence[str]) -> dict[str, Rendered]:
    """Return the pages that MkDocs rendered, but for those that depend on what came or went."""
    pages = records.by_mkdocs()
    if not pages:
        return {}
    moved = {*map(mark, {*kept} ^ records.all())}
    return {path: page for path, page in pages.items() if not has_mark(page.asked, moved)}


def _copied(order: Order, kitchen: Kitchen, statics: Sequence[str]) -> dict[str, bytes]:
    """Write what is not made of pages, and return the digests of what is copied from theirs."""
    stage = kitchen.stage()
    stage.mkdir(parents=True)
    digests = {}
    for path, source in kitchen.facts.theme.items():
        write_new(f"{stage}/{path}", read(source))
    for path in statics:
        data = read(f"{order.pages}/{path}")
        digests[path] = digest(data)
        write_new(f"{stage}/{path}", data)
    for path, text in kitchen.facts.templates.items():
        write_new(f"{stage}/{path}", text.encode())
    return digests


def _made(order: Order, kitchen: Kitchen, docs: Sequence[str]) -> list[Rendered]:
    """Write all pages and the site map, and return them without the HTML of those stamped."""
    stage = kitchen.stage()
    done = list(stamp_all(kitchen, docs, order, stage))
    kitchen.prove({page.path: page.item for page in done})
    facts = kitchen.facts
    text = "".join([facts.before, *(page.item for page in done), facts.behind])
    for path, data in site_map(text, (page.date for page in done)).items():
        write_new(f"{stage}/{path}", data)
    return done
