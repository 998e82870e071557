"""The only place where outside text becomes Markdown and front matter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import yaml

from mujaz.arabic.bidi import isolated
from mujaz.arabic.language import ARABIC, direction_of
from mujaz.arabic.normalise import fold_spaces
from mujaz.arabic.typesetting import typeset
from mujaz.site_model import Asset, Page

# Every ASCII punctuation mark can mean something to Markdown, HTML, Jinja or some extension; as an
# entity it cannot. Comma and full stop are harmless (but for `1.` at the start of a line).
_PUNCTUATION = re.compile(r"[!-+\-/:-@\[-`{-~]")
_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*").fullmatch
"""Letters, and single spaces between words: nothing to escape."""
_NUMBERED = re.compile(r"^(\d+)\.")


_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes each value on one line, so that front matter can be read line by line.

    Texts, lists and mappings are made nodes of as PyYAML itself does, but for looking whether they
    stand in two places: that takes most of the time, and here they are written again.
    """

    def represent_data(self, data: Any) -> yaml.Node:
        """Return the node of a value."""
        kind = type(data)
        if kind is str:
            return yaml.ScalarNode(_STR, data, style='"' if "\n" in data else None)
        if kind is dict:
            nodes = [(self.represent_data(k), self.represent_data(v)) for k, v in data.items()]
            return yaml.MappingNode(_MAP, nodes, flow_style=False)
        if kind is list or kind is tuple:
            items = [self.represent_data(each) for each in data]
            return yaml.SequenceNode(_SEQ, items, flow_style=False)
        node: yaml.Node = super().represent_data(data)
        return node

    def ignore_aliases(self, data: object) -> bool:
        """Write a value again where it stands again."""
        return True


def escape(text: str) -> str:
    """Return outside text as one line of Markdown that shows exactly that text, in its order.

    Its quotation marks and spaces are those that pages have; see `typesetting`.
    """
    if _PLAIN(text):
        return text
    text = isolated(typeset(fold_spaces(text)))
    text = _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text)
    return _NUMBERED.sub(r"\1&#46;", text)


def escape_address(address: str) -> str:
    """Return an address as it stands between the quotes of an HTML attribute, in Markdown."""
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", address)


def link(text: str, target: str, page: str, language: str | None = None) -> str:
    """Return a link from `page` to `target`, both paths of pages, that shows `text`."""
    return f"[{in_language(_escaped(text), language)}]({relative(target, page)})"


def external_link(markdown: str, address: str) -> str:
    """Return a link to another site's page, around Markdown."""
    return f'<a href="{escape_address(address)}" rel="external noopener nofollow">{markdown}</a>'


def in_language(markdown: str, language: str | None, element: str = "span") -> str:
    """Return Markdown of a text, marked as of its language where that is another than the site's.

    `element` is `span` within a line, and `p` for a paragraph by itself.
    """
    if language in (None, ARABIC):
        return markdown
    code = escape(str(language))
    return f'<{element} lang="{code}" dir="{direction_of(language)}">{markdown}</{element}>'


# What a page is called, many others say as well.
_escaped = lru_cache(maxsize=15_000)(escape)


def relative(target: str, page: str) -> str:
    """Return the way from `page` to `target`, both paths below the folder of pages."""
    return _way(target, posixpath.dirname(page))


@lru_cache(maxsize=15_000)
def _way(target: str, folder: str) -> str:
    # As `posixpath.relpath`, which asks the system where it is, for paths that are clean already.
    way, start = target.split("/"), folder.split("/") if folder else []
    while start and len(way) > 1 and way[0] == start[0]:
        del way[0], start[0]
    return "/".join([".."] * len(start) + way)


def isolated_headline(title: str) -> str | None:
    """Return `title` as a page's head shows it, if that is not as it stands in metadata."""
    shown = isolated(typeset(title))
    return None if shown == title else shown


def item(*blocks: str) -> str:
    """Return a list item that holds `blocks`, each a paragraph or heading."""
    return "- " + "\n\n    ".join(block for block in blocks if block) + "\n"


def blocks(parts: Iterable[str]) -> str:
    """Return the parts of a page, one blank line between."""
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def page_text(page: Page | Asset) -> str:
    """Return the page as it stands on disk: front matter, then Markdown; an asset as it is.

    The front matter is dumped by YAML's own writer, so no value can end it or add a key.
    """
    if isinstance(page, Asset):
        return page.text
    meta = yaml.dump(
        dict(page.meta),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,
    )
    return f"---\n{meta}---\n\n{page.body}"
