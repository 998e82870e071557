"""Where pages are made: stamped if that is known to be right, else by MkDocs, which shows how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.publish.output import swap
from mujaz.publish.render.page import (
    ITEMS_KEY,
    Declined,
    Key,
    Rendered,
    Site,
    Source,
    Unfit,
    Unshaped,
)
from mujaz.publish.render.request import Facts, Order
from mujaz.publish.render.site_files import digest, read
from mujaz.publish.render.specialise.stamping import Stamper, apart
from mujaz.publish.render.specialise.template import Shapes, Values
from mujaz.publish.render.specialise.template_cache import Larder
from mujaz.publish.render.urls import Urls, marks

if TYPE_CHECKING:
    from mujaz.publish.render.mkdocs_bridge.renderer import Road

_PROOFS = 3
"""Kinds of page a template, whose Markdown is converted by MkDocs as well when they are compared.
How Markdown is converted does not depend on the template; how a template prints a page does on its
kind, and so each kind is compared."""


class Kitchen:
    """Makes the pages of one site during one build."""

    def __init__(self, order: Order, larder: Larder) -> None:
        """Make what is in `order`; new skeletons go into the `larder`."""
        self._order, self.larder = order, larder
        self._road: Road | None = None
        self._stage: Path | None = None
        self._unproven = False
        self._proven: Counter[str] = Counter()
        self.kept: Mapping[str, Rendered] = {}
        """Pages as MkDocs rendered them before, all else they depend on being the same."""

    def learn(self, facts: Facts | None, there: Container[str]) -> None:
        """Take what earlier builds learnt of the configuration, or ask MkDocs.

        `there` are the files below the folder of pages.
        """
        self._there = there
        if facts is None:
            road = self.road()
            site = road.site()
            facts = Facts(
                site.site_url,
                site.base_path,
                site.nav,
                {path: path in there for path in road.nav_sources},
                road.templates(),
                road.statics(),
                road.folders(),
                road.patterns(),
            )
        self.facts = facts

    def open(self, docs: Container[str], omitted: Collection[str]) -> None:
        """Be ready to make pages; `docs` are all there are, and MkDocs warns of the `omitted`."""
        facts = self.facts
        site = Site(facts.site_url, facts.base_path, facts.nav, Urls(docs))
        self.stamper = Stamper(site, self.larder)
        if omitted or (self._order.strict and not all(facts.named.values())):
            self.close(well=False)
            self.road(omitted)

    def road(self, omitted: Collection[str] = ()) -> Road:
        """Return the road through MkDocs, which is opened only now."""
        if self._road is None:
            from mujaz.publish.render.mkdocs_bridge.renderer import Road, load

            self._road = Road(load(self._order, self.stage()), self._there, omitted)
        return self._road

    def stage(self) -> Path:
        """Return a folder beside the site that is this build's own."""
        if self._stage is None:
            self._stage = swap.fresh_folder(self._order.site)
        return self._stage

    def page(self, path: str) -> Rendered:
        """Return a finished page."""
        given = self._order.texts.get(path)
        data = given.text.encode() if given else read(f"{self._order.pages}/{path}")
        known = digest(data)
        kept = self.kept.get(path)
        if kept and kept.source == known:
            return kept
        try:
            source = given or apart(data)
            return self.stamper.stamp(path, source, known)
        except Declined:
            return self._by_mkdocs(path, known)[0]
        except Unshaped:
            return self._shaped(path, source, known)

    def _shaped(self, path: str, source: Source, known: bytes) -> Rendered:
        """Return a page of a new kind, and learn to stamp its like."""
        stamper, road = self.stamper, self.road()
        key, data, asked = stamper.read(path, source)
        proven = self._proven[key[0]]
        self._proven[key[0]] += 1
        real, _ = self._by_mkdocs(path, known, data["content"] if proven >= _PROOFS else None)
        shapes = self._shapes(key)
        values = Values(data)
        if shapes.find(values) is None:
            answers, skeleton = road.tracer.trace(key, data)
            if skeleton is not None and skeleton.stamp(values) != real.html:
                skeleton = None
            shapes.add(answers, skeleton)
        try:
            return stamper.stamp(path, source, known)
        except Declined:
            return real._replace(asked=marks(asked))

    def _shapes(self, key: Key) -> Shapes:
        found: Shapes | None = self.larder.get(key)
        if found is None:
            found = self.larder[key] = Shapes()
        return found

    def _by_mkdocs(
        self, path: str, known: bytes, content: str | None = None
    ) -> tuple[Rendered, dict[str, Any]]:
        page, data = self.road().render(path, known, self.stamper.site, content)
        self._learn_item(data)
        return page._replace(item=self.stamper.item(data)), data

    def _learn_item(self, data: Mapping[str, Any]) -> None:
        """Learn what the site map says of a page like this one."""
        shapes = self._shapes(ITEMS_KEY)
        if shapes.find(Values(data)) is None:
            before, answers, skeleton, behind = self.road().tracer.trace_item(data)
            shapes.add(answers, skeleton)
            self.facts = self.facts._replace(before=before, behind=behind)
            self._unproven = True

    def prove(self, items: Mapping[str, str]) -> None:
        """Compare the site map of what MkDocs rendered with MkDocs' own; raises `Unfit`.

        `items` are the entries of all pages, by source.
        """
        if self._unproven:
            road = self.road()
            ours = "".join(items[path] for path in road.done())
            if road.site_map() != f"{self.facts.before}{ours}{self.facts.behind}":
                raise Unfit
            self._unproven = False

    def close(self, *, well: bool) -> None:
        """Leave MkDocs; if all went `well`, raises `RenderError` for warnings under `strict`."""
        if self._road is not None:
            road, self._road = self._road, None
            road.close(well=well)
