"""Says in plain words what was understood of an article, from what, and how surely."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.data import table
from mujaz.model import Article, Provenance

_FIELDS = "title source place authors date updated section address summary quote".split()
_MAX_QUOTED_CHARACTERS = 60
"""Of the evidence."""


def explained(article: Article, text: str) -> str:
    """Return what is known of `article`, field by field; `text` is its cleaned text."""
    lines, missing = [article.file], table("explanations")["missing"]
    for name in _FIELDS:
        value = _field_text(getattr(article, name))
        lines.append(f"  {name}: {value or 'none'}")
        why = article.provenance.get(name)
        if why and (value or name in article.settled):
            lines.append(f"      {_why(why, text)}")
        elif not value and name in missing:
            lines.append(f"      {missing[name]}")
    lines += _tag_lines(article)
    lines += _surroundings(article)
    return "\n".join(lines)


def _field_text(value: object) -> str:
    """Return a field's value as people read it; days are dates of ISO 8601."""
    return "، ".join(value) if isinstance(value, tuple) else str(value or "")


def _why(why: Provenance, text: str) -> str:
    parts = [_rule_text(why.rule), _sureness(why.confidence)]
    if why.span and text:
        start, end = why.span
        quote = " ".join(text[start:end].split())
        quote = (
            quote if len(quote) <= _MAX_QUOTED_CHARACTERS else quote[:_MAX_QUOTED_CHARACTERS] + "…"
        )
        parts.append(f"characters {start} to {end}: «{quote}»")
    return "; ".join(parts)


def _rule_text(rule: str) -> str:
    text: str = table("explanations")["rules"].get(rule, rule)
    return text


def _sureness(confidence: float) -> str:
    return "sure" if confidence >= 1 else f"{confidence:.0%} sure"


def _tag_lines(article: Article) -> Iterator[str]:
    yield f"  tags: {len(article.tags) or 'none'}"
    for tag in article.tags:
        rule = article.provenance["tags"].rule if "tags" in article.settled else tag.rule
        line = f"      {tag.name} ({tag.kind}): {_rule_text(rule)}; {_sureness(tag.confidence)}"
        if tag.span:
            start, end = tag.span
            line += f"; first as «{article.text[start:end]}», characters {start} to {end}"
        yield line


def _surroundings(article: Article) -> Iterator[str]:
    kind = ", a summary is all that the input has" if article.excerpt else ""
    yield f"  body: {len(article.paragraphs)} paragraphs{kind}"
    cut = [line for line in article.sidebar_raw.split("\n") if line]
    yield f"  cut around it: {len(cut)} lines, kept in its page's front matter"
    yield f"  headlines shown beside it: {len(article.sidebar)}"
    for headline in article.sidebar:
        here = " of an article here" if headline.article else ""
        yield f"      {headline.text}: a headline{here}; {_sureness(headline.confidence)}"
