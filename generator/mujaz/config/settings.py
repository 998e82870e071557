"""One frozen configuration, read and validated once from `mkdocs.yml`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mujaz.config.brand import Brand, read_brand
from mujaz.config.checks import FETCH_KINDS, check_settings, custom_folder, names_in_a_loop
from mujaz.config.editorial import merged_tags, read_editorial
from mujaz.config.editorial_model import Editorial
from mujaz.config.settings_file import SettingsFile, read_settings
from mujaz.config.theme import theme_folders
from mujaz.errors import ConfigError
from mujaz.model import Digits, MonthNames

_PAGE_SIZE = 40
_TAG_PAGE_ARTICLES = 3
_EDITION_SIZE = 12
CACHE_FOLDER, EDITORIAL_FOLDER = ".mujaz-cache", "editorial"
"""Lie beside the `mkdocs.yml` of a site."""


@dataclass(frozen=True, slots=True)
class FetchSource:
    """Something to fetch."""

    address: str
    kind: str = ""
    """`feed`, `sitemap`, `listing` or `page`; empty if what comes has to tell."""
    source: str = ""
    """The paper whose articles these are; empty if they say so themselves."""
    section: str = ""
    """The section of these articles; empty likewise."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a run needs to know. Paths are absolute."""

    file: Path
    """The `mkdocs.yml` it was read from."""
    seeds: Path
    """Folder of raw articles."""
    out: Path
    """Folder of Markdown pages: `docs_dir`."""
    site_dir: Path
    """Folder of the finished site."""
    site_name: str = "موجز"
    site_description: str = ""
    site_url: str = ""
    """Address of the finished site, with `/` at its end; empty if unknown."""
    page_size: int = _PAGE_SIZE
    """Headlines on one page of an index."""
    tag_page_articles: int = _TAG_PAGE_ARTICLES
    """Articles from which a tag has a page of its own."""
    edition_size: int = _EDITION_SIZE
    """Numbered stories of an edition."""
    pins: tuple[str, ...] = ()
    """What an editor has come first in editions: ids, files or addresses of articles or stories, as
    `pin_name` reads them."""
    sources: tuple[str, ...] = ()
    """Papers and agencies beside those of the built-in table."""
    agencies: tuple[str, ...] = ()
    """Agencies beside those of the built-in table, whose texts papers print."""
    languages: tuple[str, ...] = ()
    """Codes of the languages whose articles are published; empty for all of them."""
    home: str = ""
    """ISO 3166 code of the country of the site's papers; empty for the one they name most."""
    digits: Digits = "latin"
    """How dates and counts are written; articles keep their own digits."""
    months: MonthNames | None = None
    """Whose names of months dates are written with; None for those that articles use most."""
    search: bool = True
    """Whether the site has a search page and the index for it."""
    tags: Mapping[str, Any] = field(default_factory=dict)
    """The editor's table of tags: `add`, `rename`, `merge`, `block`."""
    images: bool = False
    """Whether pictures that are saved beside a page are published with its article."""
    precompress: bool = False
    """Whether files of the site get compressed forms beside them, `.gz` and `.br`."""
    tombstones: bool = False
    """Whether a page says that an article was withdrawn, at the address that it had."""
    fetch: tuple[FetchSource, ...] = ()
    """What `mujaz fetch` brings in."""
    contact: str = ""
    """Where newsrooms can reach whoever fetches: an address of a page or of mail."""
    replace_snapshots: bool = False
    """Whether an entry that left a feed file is taken offline."""
    permalinks_file: Path | None = None
    """Where to remember addresses, if not beside the folder of raw articles."""
    overrides: Path | None = None
    """Folder of what the site has of its own in the theme's place: `custom_dir`."""
    theme: tuple[Path, ...] = ()
    """Folders of the theme beside Material's, the first of which decides: `overrides`, ours."""
    brand: Brand = field(default_factory=Brand)
    """Colours and logo of the site's own."""
    editorial: Editorial = field(default_factory=Editorial)
    """What editors say in the files of the folder `editorial`."""
    source: str = ""
    """A fingerprint of the files and variables of the environment that it was read from."""
    state_name: str = ""
    """Tells a site apart whose raw articles are not in the folder that `mkdocs.yml` names; empty
    for the one whose are."""

    @property
    def permalinks(self) -> Path:
        """File of what must be remembered of addresses."""
        return self.permalinks_file or self.seeds.parent / f"{self.seeds.name}.permalinks.tsv"

    @property
    def left_entries(self) -> Path:
        """File of entries that left feed files among the raw articles."""
        return self.seeds.parent / f"{self.seeds.name}.left.jsonl"

    @property
    def cache(self) -> Path:
        """Folder of what runs leave for the next ones."""
        return self.cache_root / self.state_name

    @property
    def cache_root(self) -> Path:
        """Folder of the same of all sites of this configuration."""
        return self.file.parent / CACHE_FOLDER


def load(
    file: Path,
    *,
    seeds: Path | None = None,
    out: Path | None = None,
    site_dir: Path | None = None,
) -> Config:
    """Read `mkdocs.yml` at `file`; the keyword arguments override what it says.

    Our own settings stand under `extra: mujaz:`, so that any tool that reads `mkdocs.yml` can
    pass over them. The file is read as MkDocs reads it, with what it inherits from and the
    variables of the environment. Raises `ConfigError` for a missing or malformed file, for unknown
    keys and for values that make no sense.
    """
    settings = read_settings(file)
    ours = check_settings(settings)
    values, folder = settings.values, file.parent.resolve()
    configured_seeds = _resolved(folder / (ours.get("seeds") or "seeds"))
    seeds = _resolved(seeds) if seeds else configured_seeds
    custom_dir = custom_folder(settings)
    pages = _resolved(out or folder / (values.get("docs_dir") or "docs"))
    overrides = folder / custom_dir if custom_dir else None
    theme = theme_folders(values, overrides)
    editorial_folder = folder / (ours.get("editorial") or EDITORIAL_FOLDER)
    editorial = read_editorial(editorial_folder)
    tags = merged_tags(ours.get("tags", {}), editorial.tags)
    if editorial.tags and (names := names_in_a_loop(tags)):
        hint = "with those of mkdocs.yml they lead back to where they began; take one out"
        raise ConfigError(f"{editorial_folder}: `tags` has {names}; {hint}")
    config = Config(
        file=_resolved(file),
        seeds=seeds,
        out=pages,
        site_dir=_resolved(site_dir or folder / (values.get("site_dir") or "site")),
        site_name=values.get("site_name") or "",
        site_description=values.get("site_description") or "",
        site_url=_with_slash(values.get("site_url") or ""),
        page_size=ours.get("page_size", _PAGE_SIZE),
        home=editorial.home or ours.get("home", ""),
        tag_page_articles=ours.get("tag_page_articles", _TAG_PAGE_ARTICLES),
        edition_size=ours.get("edition_size", _EDITION_SIZE),
        pins=(*editorial.pins, *_pins(settings, ours.get("pins", ()))),
        digits=ours.get("digits", "latin"),
        months=editorial.months or ours.get("months"),
        sources=tuple(ours.get("sources", ())),
        agencies=tuple(ours.get("agencies", ())),
        languages=tuple(ours.get("languages", ())),
        search=ours.get("search", True),
        tags=tags,
        images=ours.get("images", False),
        precompress=ours.get("precompress", False),
        tombstones=ours.get("tombstones", False),
        fetch=tuple(_fetch_source(each) for each in ours.get("fetch", ())),
        contact=ours.get("contact", ""),
        replace_snapshots=ours.get("snapshots") == "replace",
        permalinks_file=folder / ours["permalinks"] if ours.get("permalinks") else None,
        overrides=overrides,
        theme=theme,
        brand=read_brand(settings, ours.get("accent", ""), (pages, *theme), editorial.sections),
        editorial=editorial,
        source=settings.source,
        state_name="" if seeds == configured_seeds else state_name(seeds),
    )
    if not config.seeds.is_dir():
        raise ConfigError(
            f"{config.seeds}: no such folder of raw articles; name it with --seeds "
            "or as `seeds` under `extra: mujaz:`"
        )
    return config


def _fetch_source(setting: Mapping[str, str]) -> FetchSource:
    """Return what a setting, which was checked, says to fetch."""
    kind = next(kind for kind in FETCH_KINDS if setting.get(kind))
    name, section = setting.get("paper") or "", setting.get("section") or ""
    return FetchSource(setting[kind].strip(), kind, name.strip(), section.strip())


def pin_name(pin: str) -> str:
    """Return the id, file, or address below the site's root that an editor pinned.

    He may copy a whole address out of a browser, where letters stand as percent signs.
    Raises `ConfigError` for an address that is none.
    """
    try:
        path = urlsplit(pin).path if "://" in pin else pin
    except ValueError:
        raise ConfigError(
            f"{pin!r} is no whole address; give an article's or story's id, file or address"
        ) from None
    place = re.search(r"(?:articles|stories)/[^/]+/?$", unquote(path))
    return place[0].strip("/") if place else pin.strip()


def _pins(settings: SettingsFile, pins: Iterable[str]) -> tuple[str, ...]:
    try:
        return tuple(map(pin_name, pins))
    except ConfigError as error:
        place = settings.place("extra", "mujaz", "pins")
        raise ConfigError(f"{place}: `extra.mujaz.pins`: {error}") from None


def state_name(seeds: Path) -> str:
    """Return the name of the state of the site whose raw articles are in `seeds`."""
    return f"seeds-{blake2b(os.fsencode(seeds), digest_size=8).hexdigest()}"


def _resolved(path: Path) -> Path:
    """Return a path from the root, links followed. Raises `ConfigError` if they go in circles."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise ConfigError(f"{path}: links lead in a circle; choose another folder") from None


def _with_slash(address: str) -> str:
    return f"{address.rstrip('/')}/" if address else ""


def known_sources(config: Config) -> tuple[str, ...]:
    """Return the names of papers and agencies: the built-in table's, then the editor's."""
    from mujaz.data import table  # who only looks whether anything changed needs no table

    return (*table("sources"), *config.sources, *config.agencies)
