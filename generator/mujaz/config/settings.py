"""One frozen configuration, read and validated once from `mkdocs.yml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

import yaml

from mujaz.errors import ConfigError, nearest
from mujaz.model import Digits, TagKind

_PAGE_SIZE = 40
CACHE_FOLDER = ".mujaz-cache"
"""Lies beside the `mkdocs.yml` of a site."""


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
    sources: tuple[str, ...] = ()
    """Papers and agencies beside those of the built-in table."""
    digits: Digits = "latin"
    """How dates and counts are written; articles keep their own digits."""
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
    permalinks_file: Path | None = None
    """Where to remember addresses, if not beside the folder of raw articles."""
    overrides: Path | None = None
    """Folder of what the site has of its own in the theme's place: `custom_dir`."""

    state_name: str = ""
    """Tells a site apart whose raw articles are not in the folder that `mkdocs.yml` names; empty
    for the one whose are."""

    @property
    def permalinks(self) -> Path:
        """File of what must be remembered of addresses."""
        return self.permalinks_file or self.seeds.parent / f"{self.seeds.name}.permalinks.tsv"

    @property
    def cache(self) -> Path:
        """Folder of what runs leave for the next ones."""
        return self.cache_root / self.state_name

    @property
    def cache_root(self) -> Path:
        """Folder of the same of all sites of this configuration."""
        return self.file.parent / CACHE_FOLDER


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads `mkdocs.yml`; tags that only MkDocs understands, such as `!ENV`, become None."""


def _ignore(loader: yaml.Loader, suffix: str, node: yaml.Node) -> None:
    return None


_Loader.add_multi_constructor("!", _ignore)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore)

_OURS: Mapping[str, type] = {
    "seeds": str,
    "page_size": int,
    "digits": str,
    "search": bool,
    "sources": list,
    "tags": dict,
    "images": bool,
    "precompress": bool,
    "permalinks": str,
    "tombstones": bool,
}
_TYPES = {list: "a list", dict: "a mapping", int: "a whole number", bool: "true or false"}
_TAG_TABLE: Mapping[str, type] = {"add": dict, "rename": dict, "merge": dict, "block": list}


def load(
    file: Path,
    *,
    seeds: Path | None = None,
    out: Path | None = None,
    site_dir: Path | None = None,
) -> Config:
    """Read `mkdocs.yml` at `file`; the keyword arguments override what it says.

    Our own settings stand under `extra: mujaz:`, so that any tool that reads `mkdocs.yml` can
    pass over them. Raises `ConfigError` for a missing or malformed file and for unknown keys.
    """
    try:
        raw = yaml.load(file.read_text("utf-8-sig"), _Loader)
    except FileNotFoundError:
        raise ConfigError(f"{file}: not found; name the site's mkdocs.yml with --config") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read ({error}); check the file") from None
    except yaml.YAMLError as error:
        place = " ".join(str(error).split())
        raise ConfigError(f"{file}: not valid YAML ({place}); mend that line") from None
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: holds no settings; at least `site_name:` is needed")
    extra = _mapping(raw.get("extra") or {}, f"{file}: `extra`")
    ours = _checked(extra.get("mujaz") or {}, _OURS, f"{file}: `extra.mujaz`")
    tags = _checked(ours.get("tags") or {}, _TAG_TABLE, f"{file}: `extra.mujaz.tags`")
    folder = file.parent.resolve()
    _check_added(tags.get("add") or {}, f"{file}: `extra.mujaz.tags.add`")
    _check_merged(tags.get("merge") or {}, f"{file}: `extra.mujaz.tags.merge`")
    page_size = ours.get("page_size")
    page_size = _PAGE_SIZE if page_size is None else page_size
    if not 5 <= page_size <= 500:
        raise ConfigError(f"{file}: `extra.mujaz.page_size` is {page_size}; give 5 to 500")
    digits: Any = ours.get("digits") or "latin"
    if digits not in get_args(Digits):
        raise ConfigError(
            f"{file}: `extra.mujaz.digits` is {digits!r}; give {' or '.join(get_args(Digits))}"
        )
    configured_seeds = (folder / (ours.get("seeds") or "seeds")).resolve()
    seeds = seeds.resolve() if seeds else configured_seeds
    config = Config(
        file=file.resolve(),
        seeds=seeds,
        out=(out or folder / str(raw.get("docs_dir") or "docs")).resolve(),
        site_dir=(site_dir or folder / str(raw.get("site_dir") or "site")).resolve(),
        site_name=str(raw.get("site_name") or ""),
        site_description=str(raw.get("site_description") or ""),
        site_url=_with_slash(str(raw.get("site_url") or "")),
        page_size=page_size,
        digits=digits,
        sources=tuple(str(name) for name in ours.get("sources") or ()),
        search=ours.get("search") is not False,
        tags=tags,
        images=bool(ours.get("images")),
        precompress=bool(ours.get("precompress")),
        tombstones=bool(ours.get("tombstones")),
        permalinks_file=(folder / ours["permalinks"]) if ours.get("permalinks") else None,
        overrides=_overrides(raw.get("theme"), folder),
        state_name="" if seeds == configured_seeds else state_name(seeds),
    )
    if not config.seeds.is_dir():
        raise ConfigError(
            f"{config.seeds}: no such folder of raw articles; name it with --seeds "
            "or as `seeds` under `extra: mujaz:`"
        )
    return config


def state_name(seeds: Path) -> str:
    """Return the name of the state of the site whose raw articles are in `seeds`."""
    return f"seeds-{blake2b(os.fsencode(seeds), digest_size=8).hexdigest()}"


def _overrides(theme: object, folder: Path) -> Path | None:
    name = theme.get("custom_dir") if isinstance(theme, dict) else None
    return folder / str(name) if name else None


def _with_slash(address: str) -> str:
    return f"{address.rstrip('/')}/" if address else ""


def _check_added(added: dict[str, Any], where: str) -> None:
    """Refuse kinds of tags that do not exist, and names that are no text."""
    for kind, names in _checked(added, dict.fromkeys(get_args(TagKind), list), where).items():
        if names is None or not all(isinstance(name, str) for name in names):
            raise ConfigError(f"{where}: `{kind}` is {names!r}; give a list of names")


def _check_merged(merged: dict[str, Any], where: str) -> None:
    """Refuse what is no list of spellings."""
    for name, variants in merged.items():
        if not isinstance(variants, list) or not all(isinstance(v, str) for v in variants):
            raise ConfigError(f"{where}: `{name}` is {variants!r}; give a list of its variants")


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} is a {type(value).__name__}; write it as `key: value` lines")
    return value


def _checked(value: object, allowed: Mapping[str, type], where: str) -> dict[str, Any]:
    """Return `value` if it is a mapping with only `allowed` keys, each of its type."""
    settings = _mapping(value, where)
    names = ", ".join(sorted(allowed))
    for key, setting in settings.items():
        if key not in allowed:
            meant = nearest(str(key), allowed)
            hint = f"did you mean `{meant}`? " if meant else ""
            raise ConfigError(f"{where} has the unknown key `{key}`; {hint}it may have: {names}")
        if setting is not None and not isinstance(setting, allowed[key]):
            kind = _TYPES.get(allowed[key], "text")
            raise ConfigError(f"{where}: `{key}` is {setting!r}; give {kind}")
    return settings


def known_sources(config: Config) -> tuple[str, ...]:
    """Return the names of papers and agencies: the built-in table's, then the editor's."""
    from mujaz.data import table  # who only looks whether anything changed needs no table

    return (*table("sources"), *config.sources)
