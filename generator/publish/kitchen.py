"""Where pages are made: stamped if that is known to be right, else by MkDocs, which shows how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.publish import swap
from generator.publish.front_matter import Declined
from generator.publish.skeleton import Shapes
from generator.publish.sources import is_odd, is_page, matcher
from generator.publish.stamp import (
    ITEMS,
    Key,
    Rendered,
    Site,
    Stamper,
    Unfit,
    Unshaped,
    Urls,
    decoded,
    digest,
    marks,
    read,
)

if TYPE_CHECKING:
    from generator.publish.render_mkdocs import Road

_ITEMS_KEY: Key = (ITEMS, "", 0)
_PROOFS = 3
"""Kinds of page a template, whose Markdown is converted by MkDocs as well when they are compared.
How Markdown is converted does not depend on the template; how a template prints a page does on its
kind, and so each kind is compared."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What MkDocs makes of a configuration and a theme, for builds that do without it."""

    site_url: str
    base_path: str
    nav: Mapping[str, str]
    """Titles of the pages in the nav, by source."""
    named: Mapping[str, bool]
    """The files that the nav names, and whether they were there."""
    templates: Mapping[str, str]
    """The texts of the theme's static templates, but for the site map's."""
    theme: Mapping[str, str]
    """The theme's files that are copied: where to, and from where."""
    folders: Sequence[str]
    """The theme's folders that are not part of an installed package."""
    patterns: Mapping[str, Sequence[str]]
    """The lines of `exclude_docs`, `draft_docs` and `not_in_nav`."""
    before: str = ""
    """The site map above its entries."""
    behind: str = ""
    """The site map below its entries."""


class Kitchen:
    """Makes the pages of one site during one build."""

    def __init__(
        self,
        config_file: Path,
        pages: Path,
        site: Path,
        strict: bool,
        listing: Sequence[str],
        texts: Mapping[str, str],
    ) -> None:
        """Make pages of the files `listing` below `pages`; see `render`."""
        self._config_file, self._pages, self._site = config_file, pages, site
        self._strict, self._listing, self._texts = strict, listing, texts
        self._road: Road | None = None
        self._stage: Path | None = None
        self._unproven = False
        self._proven: Counter[str] = Counter()
        self.kept: Mapping[str, Rendered] = {}
        """Pages as MkDocs rendered them before, all else they depend on being the same."""

    def learn(self, facts: Facts | None, shapes: dict[Key, Shapes]) -> bool:
        """Take what earlier builds learnt of the configuration, or ask MkDocs; say which."""
        there = {*self._listing}
        known = facts is not None and all(
            (path in there) is was for path, was in facts.named.items()
        )
        if not known:
            facts, shapes = self._asked(there), {}
        assert facts is not None
        self.facts = facts
        exclude = matcher(facts.patterns["exclude_docs"])
        draft = matcher(facts.patterns["draft_docs"])
        kept = [path for path in self._listing if not (exclude(path) or draft(path))]
        self.docs = [path for path in kept if is_page(path)]
        self.statics = [path for path in kept if not is_page(path)]
        site = Site(facts.site_url, facts.base_path, facts.nav, Urls(self.docs))
        self.stamper = Stamper(site, shapes)
        in_nav = matcher(facts.patterns["not_in_nav"])
        omitted = [path for path in self.docs if path not in facts.nav and not in_nav(path)]
        if omitted or (self._strict and not all(facts.named.values())):
            self.road(omitted)  # MkDocs warns of them
        return known

    def _asked(self, there: set[str]) -> Facts:
        road = self.road()
        site = road.site()
        return Facts(
            site.site_url,
            site.base_path,
            site.nav,
            {path: path in there for path in road.nav_sources},
            road.templates(),
            road.statics(),
            road.folders(),
            road.patterns(),
        )

    def road(self, omitted: Sequence[str] = ()) -> Road:
        """Return the road through MkDocs, which is opened only now."""
        if self._road is None or omitted:
            from generator.publish.render_mkdocs import Road, load

            if any(map(is_odd, self._listing)):
                raise Unfit
            config = load(self._config_file, self._pages, self.stage(), self._strict)
            self._road = Road(config, {*self._listing}, omitted)
        return self._road

    def stage(self) -> Path:
        """Return a folder beside the site that is this build's own."""
        if self._stage is None:
            self._stage = swap.fresh_folder(self._site)
        return self._stage

    def source(self, path: str) -> bytes:
        """Return the source of a page."""
        text = self._texts.get(path)
        return read(f"{self._pages}/{path}") if text is None else text.encode()

    def page(self, path: str) -> Rendered:
        """Return a finished page."""
        data = self.source(path)
        kept = self.kept.get(path)
        if kept and kept.source == digest(data):
            return kept
        try:
            text = decoded(data)
            return self.stamper.stamp(path, text, digest(data))
        except Declined:
            return self._by_mkdocs(path, data)[0]
        except Unshaped:
            return self._shaped(path, text, data)

    def _shaped(self, path: str, text: str, source: bytes) -> Rendered:
        """Return a page of a new kind, and learn to stamp its like."""
        stamper, road = self.stamper, self.road()
        key, data, asked = stamper.read(path, text)
        proven = self._proven[key[0]]
        self._proven[key[0]] += 1
        real, _ = self._by_mkdocs(path, source, data["content"] if proven >= _PROOFS else None)
        shapes = stamper.shapes.setdefault(key, Shapes())
        if shapes.find(data) is None:
            answers, skeleton = road.trace(key, data)
            if skeleton is not None and skeleton.stamp(data) != real.html:
                skeleton = None
            shapes.add(answers, skeleton)
        try:
            return stamper.stamp(path, text, real.source)
        except Declined:
            return real._replace(asked=marks(asked))

    def _by_mkdocs(
        self, path: str, source: bytes, content: str | None = None
    ) -> tuple[Rendered, dict[str, Any]]:
        page, data = self.road().render(path, digest(source), self.stamper.site, content)
        self._learn_item(data)
        return page._replace(item=self.stamper.item(data)), data

    def _learn_item(self, data: Mapping[str, Any]) -> None:
        """Learn what the site map says of a page like this one."""
        shapes = self.stamper.shapes.setdefault(_ITEMS_KEY, Shapes())
        if shapes.find(data) is None:
            before, answers, skeleton, behind = self.road().trace_item(data)
            shapes.add(answers, skeleton)
            self.facts = replace(self.facts, before=before, behind=behind)
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

    @staticmethod
    def facts_from(fields: dict[str, Any] | None) -> Facts | None:
        """Return facts as they were kept."""
        return None if fields is None else Facts(**fields)

    def facts_kept(self) -> dict[str, Any]:
        """Return facts to be kept."""
        return asdict(self.facts)
