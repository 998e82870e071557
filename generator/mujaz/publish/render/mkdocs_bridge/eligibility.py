"""Decides which sites can be specialised, by their configuration, site map and nav."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from pymdownx.slugs import slugify

from mujaz.publish.render.page import SITEMAP, NotSpecialisable
from mujaz.publish.render.specialise.proxies import (
    ConstantProxy,
    NavItemProxy,
    NavProxy,
    OpaqueProxy,
)

_ALLOWED_PLUGIN_EVENTS = frozenset(
    "startup config pre_build page_markdown page_content post_build build_error serve "
    "shutdown".split()
)
"""What our own plugin does and the renderer does as well: it dates pages, compacts their HTML."""


def check_plugins(config: MkDocsConfig) -> None:
    """Raise `NotSpecialisable` if any plugin but ours may reach into pages."""
    events = config.plugins.events
    ours = config.plugins.get("mujaz")
    has_only_our_plugin = all(
        name in _ALLOWED_PLUGIN_EVENTS
        and all(getattr(each, "__self__", None) is ours for each in methods)
        for name, methods in events.items()
        if methods
    )
    if ours is None or not has_only_our_plugin or len(config.plugins) != 1:
        raise NotSpecialisable


def check_config(config: MkDocsConfig) -> None:
    """Raise `NotSpecialisable` if templates or our Markdown do not allow for the configuration."""
    is_known_markdown = (
        sorted(config.markdown_extensions) == ["fenced_code", "tables", "toc"]
        and config.mdx_configs.keys() <= {"toc"}
        and _is_known_toc(dict(config.mdx_configs.get("toc", {})))
    )
    text = Path(config.config_file_path).read_text("utf-8")
    if not (
        not re.search(r"^INHERIT:|!ENV|!relative", text, re.M)
        and is_known_markdown
        and config.use_directory_urls
        and not config.extra_templates
        and config.nav
        and SITEMAP in config.theme.static_templates
    ):
        raise NotSpecialisable


def _is_known_toc(settings: dict[str, Any]) -> bool:
    ours = slugify(case="lower")
    slugs = settings.pop("slugify", None)
    return (
        getattr(slugs, "func", None) is ours.func
        and slugs.args == ours.args
        and {**ours.keywords, **slugs.keywords} == ours.keywords
        and settings in ({}, {"permalink": False})
    )


def path_patterns(config: MkDocsConfig) -> dict[str, tuple[str, ...]]:
    """Return the lines of `exclude_docs`, `draft_docs` and `not_in_nav`.

    Raises `NotSpecialisable` if a line takes back what another one matches.
    """
    patterns: dict[str, tuple[str, ...]] = {}
    for name in ("exclude_docs", "draft_docs", "not_in_nav"):
        spec = config[name]
        lines = (getattr(each, "pattern", "!") for each in (spec.patterns if spec else ()))
        patterns[name] = tuple(map(str, lines))
    if any(line.startswith("!") for lines in patterns.values() for line in lines):
        raise NotSpecialisable
    return patterns


def check_sitemap(template: nodes.Template) -> None:
    """Raise `NotSpecialisable` unless an entry of the site map depends on its page alone."""
    loops = [each for each in template.body if isinstance(each, nodes.For)]
    names = [each.name for each in template.find_all(nodes.Name)]
    whole = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Block)
    if (
        len([each for each in loops if getattr(each.iter, "name", "") == "pages"]) != 1
        or names.count("pages") != 1
        or {"loop", "namespace", "self", "cycler", "joiner"} & {*names}
        or any(template.find_all(whole))
    ):
        raise NotSpecialisable


def nav_proxy(nav: Navigation) -> Any:
    """Return a proxy of the nav that hides the text and front matter of its pages."""

    def item_proxy(item: Any) -> Any:
        if item.is_page and (item.file.inclusion.is_excluded() or "title" not in vars(item)):
            raise NotSpecialisable  # an untitled page takes its title from its text
        attributes = {
            "title": item.title,
            "is_page": item.is_page,
            "is_section": item.is_section,
            "is_link": item.is_link,
        }
        if item.children is not None:
            attributes["children"] = [item_proxy(child) for child in item.children]
        if not item.is_section:
            attributes["url"] = item.url
        if item.is_page:
            attributes |= {"canonical_url": item.canonical_url, "abs_url": item.abs_url}
            item.previous_page = item.next_page = OpaqueProxy()
        return NavItemProxy(item, **attributes)

    items = [item_proxy(item) for item in nav]
    home = nav.homepage and ConstantProxy(
        title=nav.homepage.title, url=nav.homepage.url, canonical_url=nav.homepage.canonical_url
    )
    return NavProxy(items=items, homepage=home)
