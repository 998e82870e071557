"""What the preview adds to pages: the script that loads them again, and the bar of what is wrong.

Texts go in and out; nothing is read but the words of the preview, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

import yaml

from mujaz.arabic.messages import in_arabic

PLACE = "/_mujaz/"
"""Below it lies what is the preview's and not the site's."""
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY_START = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


@cache
def preview_words() -> Mapping[str, str]:
    """Return the words of the preview, by name."""
    words: Mapping[str, str] = yaml.safe_load(
        Path(__file__).with_name("words.yml").read_text("utf-8")
    )
    return words


def with_preview(html: bytes, moment: str, fault: str, article: str = "") -> bytes:
    """Return a page of the site that loads itself again, and says on top what is wrong.

    `moment` is the name of what is shown, `fault` a message or empty; `article` is the path below
    the site's root of an article's page, which leads to the desk.
    """
    html = _put(html, _HEAD_END, _script(moment), is_before=True)
    if article:
        html = _put(html, _BODY_START, _desk_link(article), is_before=False)
    return _put(html, _BODY_START, _bar(fault), is_before=False) if fault else html


def plain_page(name: str, moment: str, fault: str = "") -> bytes:
    """Return a page that stands where there is none of the site's.

    It says the words called `name` in Arabic, and in English `fault`, or else the same.
    """
    words = preview_words()
    english = escape(fault or words[f"{name}_english"])
    return (
        '<!doctype html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words['title'])}</title>\n{_script(moment)}</head>\n"
        f'<body class="mujaz-plain">\n<h1>{escape(words["title"])}</h1>\n'
        f'<p role="alert">{escape(words[name])}</p>\n{_in_arabic(fault)}'
        f'<p lang="en" dir="ltr">{english}</p>\n</body>\n</html>\n'
    ).encode()


def _desk_link(article: str) -> str:
    words = escape(preview_words()["desk"])
    address = escape(f"/desk/?article={quote(unquote(article), safe='')}")
    return f'\n<p class="mujaz-desk"><a href="{address}">{words}</a></p>\n'


def _script(moment: str) -> str:
    return (
        f'<link rel="stylesheet" href="{PLACE}preview.css">\n'
        f'<script src="{PLACE}reload.js" data-shown="{escape(moment)}"></script>\n'
    )


def _bar(fault: str) -> str:
    return (
        f'\n<div class="mujaz-fault" role="alert" lang="ar" dir="rtl">'
        f"<p>{escape(preview_words()['fault'])}</p>{_in_arabic(fault)}"
        f'<p lang="en" dir="ltr">{escape(fault)}</p></div>\n'
    )


def _in_arabic(fault: str) -> str:
    """Return a paragraph with the Arabic of a message, as far as it has one."""
    arabic = in_arabic(fault)
    return "" if arabic == fault else f"<p>{escape(arabic)}</p>\n"


def _put(html: bytes, pattern: re.Pattern[bytes], text: str, *, is_before: bool) -> bytes:
    """Return `html` with `text` beside the first match of `pattern`, or at the end without one."""
    match = pattern.search(html)
    index = (match.start() if is_before else match.end()) if match else len(html)
    return html[:index] + text.encode() + html[index:]
