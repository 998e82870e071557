"""Says in fewer bytes what MkDocs made of a page that Mujaz composed, and means the same.

Addresses within the site are written as their letters are, and not by percent signs, six bytes for
each letter of Arabic. ASCII marks that mean nothing in HTML are themselves: the composed Markdown
has entities for all, as any could mean something there. Headings have no ids, which nothing leads
to: what is to be led to is a section around one. Pages written by hand stay as MkDocs made them:
their headings may be linked to.

The plugin does this for `mkdocs build`; the subset of Markdown is converted to the same at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mujaz.publish.render.urls import readable

_entity = re.compile("&#(3[35-7]|4[0-9]|5[0-9]|6[1345-9]|[7-9][0-9]|1[01][0-9]|12[0-6]);")
"""Those of ASCII marks, but for `"`, `&`, `'`, `<` and `>`."""
_escapes = re.compile("(?:%[89A-F][0-9A-F])+")
# The path of an address: what stands behind it is a question, or a place on a page.
_path = re.compile('(?<= href=")[^"?#:]*%[^"?#:]*(?=["?#])')
_heading = re.compile(r"^(<h[1-6]) id=\"[^\"]*\">", re.M)


def is_composed(meta: Mapping[str, Any]) -> bool:
    """Return whether a page with this front matter is one that Mujaz composed."""
    return isinstance(meta.get("mujaz"), dict)


def compact(html: str) -> str:
    """Return the HTML of a composed page's Markdown, as MkDocs made it, in fewer bytes."""
    return with_plain_marks(with_readable_paths(without_heading_ids(html)))


def without_heading_ids(html: str) -> str:
    """Return `html` with no ids for headings that a line begins with, as those of Markdown do."""
    return _heading.sub(r"\1>", html)


def with_plain_marks(html: str) -> str:
    """Return `html` with characters for the entities of ASCII marks that mean nothing in it."""
    return _entity.sub(lambda match: chr(int(match[1])), html) if "&#" in html else html


def with_readable_paths(html: str) -> str:
    """Return `html` with addresses within the site written as letters."""
    return _path.sub(lambda match: _escapes.sub(_letters, match[0]), html) if "%" in html else html


def _letters(match: re.Match[str]) -> str:
    try:
        return readable(bytes.fromhex(match[0].replace("%", "")).decode())
    except UnicodeDecodeError:
        return match[0]
