"""Which sites can be stamped: what a configuration, a site map and a nav must not do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from pymdownx.slugs import slugify

from mujaz.publish.render.page import ITEMS, Unfit
from mujaz.publish.render.specialise.proxies import Item, Only, Sequence, Unknown

_PLUGIN_EVENTS = frozenset(
    "startup config pre_build page_markdown post_build build_error serve shutdown".split()
)
"""What our own plugin does that skeletons allow for: it dates pages, and no more."""


def check(config: MkDocsConfig) -> None:
    """Raise `Unfit` if the configuration has what skeletons or our Markdown do not allow for."""
    events = config.plugins.events
    ours = config.plugins.get("mujaz")
    known = all(
        name in _PLUGIN_EVENTS and all(getattr(each, "__self__", None) is ours for each in methods)
        for name, methods in events.items()
        if methods
    )
    markdown = (
        sorted(config.markdown_extensions) == ["fenced_code", "tables", "toc"]
        and config.mdx_configs.keys() <= {"toc"}
        and _is_known_toc(dict(config.mdx_configs.get("toc", {})))
    )
    text = Path(config.config_file_path).read_text("utf-8")
    if not (
        known
        and not re.search(r"^INHERIT:|!ENV|!relative", text, re.M)
        and markdown
        and len(config.plugins) == 1
        and config.use_directory_urls
        and not config.extra_templates
        and config.nav
        and ITEMS in config.theme.static_templates
    ):
        raise Unfit


def _is_known_toc(settings: dict[str, Any]) -> bool:
    ours = slugify(case="lower")
    slugs = settings.pop("slugify", None)
    return (
        getattr(slugs, "func", None) is ours.func
        and slugs.args == ours.args
        and {**ours.keywords, **slugs.keywords} == ours.keywords
        and settings in ({}, {"permalink": False})
    )


def check_items(template: nodes.Template) -> None:
    """Raise `Unfit` unless a template prints one thing for each page, whatever the others."""
    loops = [each for each in template.body if isinstance(each, nodes.For)]
    names = [each.name for each in template.find_all(nodes.Name)]
    whole = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Block)
    if (
        len([each for each in loops if getattr(each.iter, "name", "") == "pages"]) != 1
        or names.count("pages") != 1
        or {"loop", "namespace", "self", "cycler", "joiner"} & {*names}
        or any(template.find_all(whole))
    ):
        raise Unfit


def shown_nav(nav: Navigation) -> Any:
    """Return the nav with what all pages may see of it: no page's text, no page's front matter."""

    def shown(item: Any) -> Any:
        if item.is_page and (item.file.inclusion.is_excluded() or "title" not in vars(item)):
            raise Unfit  # an untitled page takes its title from its text
        known = {
            "title": item.title,
            "is_page": item.is_page,
            "is_section": item.is_section,
            "is_link": item.is_link,
        }
        if item.children is not None:
            known["children"] = [shown(child) for child in item.children]
        if not item.is_section:
            known["url"] = item.url
        if item.is_page:
            known |= {"canonical_url": item.canonical_url, "abs_url": item.abs_url}
            item.previous_page = item.next_page = Unknown()
        return Item(item, **known)

    items = [shown(item) for item in nav]
    home = nav.homepage and Only(
        title=nav.homepage.title, url=nav.homepage.url, canonical_url=nav.homepage.canonical_url
    )
    return Sequence(items=items, homepage=home)
