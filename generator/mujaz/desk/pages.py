"""The desk's pages. Every text of an article is hostile, and escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from mujaz.arabic.messages import in_arabic
from mujaz.desk.corrections_file import pasted
from mujaz.model import Article
from mujaz.review import Concern

DESK = "/desk/"
"""Below it lies the desk, in the preview alone."""
EDITABLE = ("title", "source", "place", "authors", "date", "section", "type")
"""Fields that the desk corrects."""
_MAX_SHOWN_CONCERNS = 100
_MAX_EVIDENCE_CHARACTERS = 6_000
_MAIN = re.compile(r"(<main\b[^>]*>).*(</main\s*>)", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL | re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_SHELL = (
    '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title></title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    "<body><main></main></body></html>"
)


@cache
def desk_words() -> Mapping[str, Any]:
    """Return the words of the desk, by name."""
    words: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_bytes())
    return words


def framed(content: str, shell: str) -> str:
    """Return the desk's content within a page of the site, which gives it masthead and style."""
    shell = shell if _MAIN.search(shell) else _SHELL
    title = escape(desk_words()["title"])
    inner = f'<div class="desk"><h1><a href="{DESK}">{title}</a></h1>{content}</div>'
    shell = _MAIN.sub(lambda match: f"{match[1]}{inner}{match[2]}", shell, count=1)
    shell = _TITLE.sub(lambda _: f"<title>{title}</title>", shell, count=1)
    style = f'<link rel="stylesheet" href="{DESK}desk.css">\n'
    return _HEAD_END.sub(lambda match: style + match[0], shell, count=1)


def list_content(
    concerns: Sequence[Concern], token: str, can_undo: bool, note: str = "", base_path: str = "/"
) -> str:
    """Return the list of what needs an editor."""
    words = desk_words()
    shown = concerns[:_MAX_SHOWN_CONCERNS]
    left = len(concerns) - len(shown)
    parts = [_note(note), f"<p>{escape(words['intro' if concerns else 'nothing'])}</p>"]
    if can_undo:
        parts.append(_form({"action": "undo"}, token, words["undo"]))
    parts += ["<ul>", *(_item(each, token, base_path) for each in shown), "</ul>"]
    if left:
        parts.append(f"<p>{escape(words['more'].format(count=left))}</p>")
    return "\n".join(parts)


def article_content(
    article: Article, ref: str, text: str, reasons: Iterable[Concern], token: str, note: str = ""
) -> str:
    """Return what can be corrected of an article, with the text that it was understood from."""
    words = desk_words()
    fields = "".join(_field(name, article) for name in EDITABLE)
    parts = [
        _note(note),
        f"<h2>{escape(article.title)}</h2>",
        *(f"<p>{_reason(each)}</p>" for each in reasons),
        f'<form class="desk-fields" method="post" action="{DESK}">{_hidden("token", token)}'
        f"{_hidden('action', 'fields')}{_hidden('ref', ref)}{fields}"
        f"<button>{escape(words['save'])}</button></form>",
        _form({"action": "lead", "ref": ref}, token, words["lead"]),
        _form({"action": "hide", "ref": ref}, token, words["hide"]),
        _form({"action": "split", "ref": ref}, token, words["split"]),
        f'<form class="desk-fields" method="post" action="{DESK}">{_hidden("token", token)}'
        f"{_hidden('action', 'join')}{_hidden('ref', ref)}<label>{escape(words['join'])}"
        f'<input name="other" required></label><button>{escape(words["join_now"])}</button></form>',
        f'<details><summary>{escape(words["paste"])}</summary><pre dir="auto">'
        f"{escape(pasted({'articles': {ref: {'title': article.title}}}))}</pre></details>",
        f"<h2>{escape(words['evidence'])}</h2><pre>{_marked(article, text)}</pre>",
        f'<p><a href="{DESK}">{escape(words["back"])}</a></p>',
    ]
    return "\n".join(parts)


def fault_content(name: str, addition: Mapping[str, Any] | None = None) -> str:
    """Return why nothing was written, and what to paste."""
    paste = f'<pre dir="auto">{escape(pasted(addition))}</pre>' if addition else ""
    back = f'<p><a href="{DESK}">{escape(desk_words()["back"])}</a></p>'
    return f"{_note(desk_words()[name])}{paste}{back}"


def _item(concern: Concern, token: str, base_path: str) -> str:
    words = desk_words()
    title = escape(concern.title or concern.file)
    if concern.address:
        title = f'<a href="{escape(quote(base_path + concern.address))}">{title}</a>'
    parts = [f"<li><div>{title}</div><div>{_reason(concern)}</div>"]
    if concern.place < 1_000:
        parts.append(f"<div>{escape(words['place'].format(place=concern.place))}</div>")
    if concern.address:
        target = f"{DESK}?article={quote(concern.address, safe='')}"
        parts.append(f'<p><a href="{escape(target)}">{escape(words["correct"])}</a></p>')
    if concern.kind == "names":
        first, _, second = concern.subject.partition(" | ")
        for name, other in ((first, second), (second, first)):
            fields = {"action": "merge", "name": name, "other": other}
            parts.append(_form(fields, token, f"{words['merge']}: {name}"))
    parts.append(_form({"action": "right", "name": concern.name}, token, words["right"]))
    return "".join(parts) + "</li>"


def _reason(concern: Concern) -> str:
    kind = escape(desk_words()["kinds"][concern.kind])
    reason, hint = (escape(in_arabic(each)) for each in (concern.reason, concern.hint))
    return f'<span class="desk-kind">{kind}:</span> {reason}؛ {hint}'


def _field(name: str, article: Article) -> str:
    value = getattr(article, name)
    shown = "؛ ".join(value) if isinstance(value, tuple) else str(value or "")
    label = escape(desk_words()["fields"][name])
    return (
        f'<label>{label}<input name="{name}" dir="auto" value="{escape(shown)}"></label>'
        f"{_hidden(f'was-{name}', shown)}"
    )


def _marked(article: Article, text: str) -> str:
    """Return a text with what fields were derived from highlighted; overlaps are passed over."""
    spans = sorted(why.span for why in article.provenance.values() if why.span)
    parts, end = [], 0
    for start, stop in spans:
        if end <= start < stop <= min(len(text), _MAX_EVIDENCE_CHARACTERS):
            parts += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
            end = stop
    return "".join(parts) + escape(text[end : max(end, _MAX_EVIDENCE_CHARACTERS)])


def _form(fields: Mapping[str, str], token: str, label: str) -> str:
    hidden = "".join(_hidden(name, value) for name, value in {**fields, "token": token}.items())
    return f'<form method="post" action="{DESK}">{hidden}<button>{escape(label)}</button></form>'


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _note(text: str) -> str:
    return f'<p class="desk-note" role="status">{escape(text)}</p>' if text else ""
