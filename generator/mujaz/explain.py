"""Says in plain words what was understood of an article, from what, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mujaz.model import Article, Provenance

_BECAUSE: Mapping[str, str] = {
    "dateline": "its dateline says so",
    "file name": "the name of its file begins with it",
    "folder": "it lies in that folder",
    "sidecar": "an editor says so in its sidecar",
    "front matter": "an editor says so in its front matter",
    "json-ld": "the page's JSON-LD states it",
    "beside the headline": "it stands by itself beside the page's headline",
    "feed": "the feed states it",
    "quotation after a colon": "it says something whole, after a colon and in quotation marks",
    "title of the feed": "it is the feed's title",
    "export": "the export states it",
    "archive": "the archive fetched it from there",
    "gazetteer": "a table has the name",
    "model": "a trained model takes it for one",
    "editor": "the editor's table has the name",
    "stated": "the input states it",
    "lead": "it is the lead, as many sentences as 45 words hold",
    "key phrase": "the text returns to it, and so does another article",
    "model: topics": "the words of its text are like those of that section",
}
"""The rules whose names do not speak for themselves."""
_MISSING: Mapping[str, str] = {
    "source": "no known paper signs it, and nothing else states one",
    "place": "no dateline names one",
    "authors": "no byline names anybody",
    "date": "nothing states its day; days inside the text are those of events",
    "category": "neither its folder nor anything else says, and the text is not clear enough",
}
_LONGEST_QUOTE = 60
"""Characters of evidence that are shown."""


def explained(article: Article, text: str) -> str:
    """Return what is known of `article`, field by field; `text` is its cleaned text."""
    lines = [article.file]
    for name, value in _fields(article).items():
        lines.append(f"  {name}: {value or 'none'}")
        why = article.provenance.get(name)
        if why and (value or name in article.settled):
            lines.append(f"      {_why(why, text)}")
        elif not value and name in _MISSING:
            lines.append(f"      {_MISSING[name]}")
    lines += _told_tags(article)
    lines += _told_surroundings(article)
    return "\n".join(lines)


def _fields(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "source": article.source or "",
        "place": article.place or "",
        "authors": "، ".join(article.authors),
        "date": article.date.isoformat() if article.date else "",
        "updated": article.updated.isoformat() if article.updated else "",
        "category": article.category or "",
        "address": article.address or "",
        "summary": article.summary,
        "quote": article.quote or "",
    }


def _why(why: Provenance, text: str) -> str:
    parts = [_BECAUSE.get(why.rule, why.rule), _sureness(why.confidence)]
    if why.span and text:
        start, end = why.span
        quote = " ".join(text[start:end].split())
        quote = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + "…"
        parts.append(f"characters {start} to {end}: «{quote}»")
    return "; ".join(parts)


def _sureness(confidence: float) -> str:
    return "sure" if confidence >= 1 else f"{confidence:.0%} sure"


def _told_tags(article: Article) -> Iterator[str]:
    yield f"  tags: {len(article.tags) or 'none'}"
    for tag in article.tags:
        rule = article.provenance["tags"].rule if "tags" in article.settled else tag.rule
        because = _BECAUSE.get(rule, rule)
        told = f"      {tag.name} ({tag.kind}): {because}; {_sureness(tag.confidence)}"
        if tag.span:
            start, end = tag.span
            told += f"; first as «{article.text[start:end]}», characters {start} to {end}"
        yield told


def _told_surroundings(article: Article) -> Iterator[str]:
    kind = ", a summary is all that the input has" if article.excerpt else ""
    yield f"  body: {len(article.paragraphs)} paragraphs{kind}"
    cut = [line for line in article.sidebar_raw.split("\n") if line]
    yield f"  cut around it: {len(cut)} lines, kept in its page's front matter"
    yield f"  headlines shown beside it: {len(article.sidebar)}"
    for headline in article.sidebar:
        known = " of an article here" if headline.article else ""
        yield f"      {headline.text}: a headline{known}; {_sureness(headline.confidence)}"
