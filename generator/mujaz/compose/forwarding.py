"""Pages at addresses that are no more: where their article is now, or that it was withdrawn.

The same redirects as rules for servers: with these, readers never see the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from mujaz.arabic.wording import Wording
from mujaz.compose.markdown import link
from mujaz.compose.permalinks import HOME, site_address, whole_address
from mujaz.site_model import Asset, Page

_SAY = Wording()
"""No number nor date stands on these pages."""
_RULES = ("_redirects", "redirects.nginx.conf")
"""Files of the rules for Netlify and Cloudflare Pages, and for nginx."""
RULES_MARK = "# Made by mujaz from the permalinks file.\n"
"""The first line of both: without it, a file is somebody else's."""
_UNLISTED = {"search": {"exclude": True}}
"""For renderers with a search index of their own."""


def redirect_page(path: str, target: str, site_url: str) -> Page:
    """Return the page at `path` that leads to `target`, both paths of pages."""
    there = quote(site_address(target))
    up = "../" * site_address(path).count("/")
    way = f"{up}{there}" or "./"
    meta = {
        "template": "redirect.html",
        "title": _SAY.text("moved.title"),
        **_UNLISTED,
        "mujaz": {
            "kind": "redirect",
            "to": way,
            "canonical": whole_address(target, site_url) or way,
        },
    }
    onward = link(_SAY.text("moved.way"), target, path)
    return Page(path, meta, f"{_SAY.text('moved.text')}\n\n- {onward}\n")


def tombstone_page(path: str) -> Page:
    """Return the page at `path` that says that an article was withdrawn, and not which."""
    meta = {
        "template": "tombstone.html",
        "title": _SAY.text("withdrawn.title"),
        **_UNLISTED,
        "mujaz": {"kind": "tombstone"},
    }
    home = link(_SAY.text("withdrawn.home"), HOME, path)
    return Page(path, meta, f"{_SAY.text('withdrawn.text')}\n\n- {home}\n")


def redirect_rules(redirects: Mapping[str, str], site_url: str) -> list[Asset]:
    """Return the rules for servers; `redirects` are paths of pages by those that they were at."""
    base = urlsplit(site_url).path or "/"
    pairs = [(site_address(old), site_address(new)) for old, new in sorted(redirects.items())]
    lines = (f"{base}{quote(old)} {base}{quote(new)} 301\n" for old, new in pairs)
    entries = (f'"{base}{old}" "{base}{quote(new)}";\n' for old, new in pairs)
    return [
        Asset(path, RULES_MARK + "".join(text))
        for path, text in zip(_RULES, (lines, entries), strict=True)
    ]
