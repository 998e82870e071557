"""What editors ask without a build: how inputs are understood, why, and what needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mujaz.config import CACHE_FOLDER, Config, known_sources
from mujaz.data import table
from mujaz.editorial import NamedCorrections, input_names
from mujaz.model import Article, Problem, Provenance
from mujaz.progress import Clock, Report, in_this_process, silent
from mujaz.review.concerns import Concern, concerns_of
from mujaz.state.fingerprint import derivation_fingerprint
from mujaz.state.last_run import inspect
from mujaz.state.memo import open_memo
from mujaz.state.run_state import RunState, run_in_transaction
from mujaz.understanding import understand

_FIELDS = (
    "title source agency place authors date time updated section type language address summary "
    "quote".split()
)
_MAX_QUOTED_CHARACTERS = 60
"""Of the evidence."""


class Review(NamedTuple):
    """What an editor should know of before a build."""

    report: Report
    """What a build would report."""
    held: list[Problem]
    """The drafts, which wait for publication."""
    doubts: list[Problem]
    """What to look at: first the faults of inputs of which the last good version is published."""
    home: str
    """Code of the home country that tells local news from the world's; empty if none is named."""
    concerns: list[Concern]
    """All of it as the desk lists it, the most read places first."""


def check(config: Config, clock: Clock) -> Review:
    """Return what a build would report, and what an editor should look at; write nothing."""
    from mujaz.parse import doubts

    started = clock()

    def review(state: RunState) -> Review:
        understood = understand(state, config, silent, in_this_process)
        articles = understood.library.all_articles()
        doubtful = [doubt for article in articles for doubt in doubts(article)]
        report = replace(understood.report(0), seconds=round(clock() - started, 3))
        doubtful = [
            *report.doubts,
            *understood.inputs.unread_fields(),
            *doubtful,
        ]
        return Review(
            report, [*understood.inputs.held()], doubtful, understood.home, concerns_of(understood)
        )

    return run_in_transaction(config, inspect(config, keep=False), review, keep=False)


def parse(paths: Sequence[Path], config: Config) -> list[tuple[Article | Problem, str]]:
    """Return what each input was understood as, duplicates too, in input order.

    With each stands its cleaned text, which spans of evidence point into.
    """
    from mujaz.enrich import enrich_alone
    from mujaz.parse import draft, learn_vocabulary, own_rules, parse_article
    from mujaz.read import read_files

    inputs = list(read_files(paths))
    drafts = {each.file: draft(each) for each in inputs if not isinstance(each, Problem)}
    rules = own_rules(config.editorial)
    vocabulary = learn_vocabulary(drafts.values(), known_sources(config), config.agencies, rules)
    results: dict[str, Article | Problem]
    results = {each.file: each for each in inputs if isinstance(each, Problem)}
    corrections = NamedCorrections(config.editorial, {})
    for file, page in drafts.items():
        results[file] = parse_article(page, vocabulary, config.languages)
        names = input_names(page.document, results[file]) | {_below_seeds(file, config)}
        corrected = corrections.corrected(page.document, names)
        if isinstance(corrected, Problem):
            results[file] = corrected
        elif corrected is not page.document:
            results[file] = parse_article(draft(corrected), vocabulary, config.languages)
    articles = [each for each in results.values() if isinstance(each, Article)]
    with open_memo(config.file.parent / CACHE_FOLDER, derivation_fingerprint(), keep=False) as memo:
        results |= {
            each.file: each
            for each in enrich_alone(articles, config.tags, memo, config.home, rules.section_named)
        }
    texts = {file: page.text for file, page in drafts.items()}
    return [(results[each.file], texts.get(each.file, "")) for each in inputs]


def _below_seeds(file: str, config: Config) -> str:
    """Return what builds call an input: its path below the folder of raw articles, if it is there.

    `file` is its path as it was named, with a number behind `#` if it is one of several.
    """
    path, sign, number = file.partition("#")
    try:
        return f"{Path(path).resolve().relative_to(config.seeds).as_posix()}{sign}{number}"
    except (ValueError, OSError, RuntimeError):
        return file


def sidecar_sentences(path: Path) -> list[str]:
    """Return what a sidecar is for; none if `path` is of no sidecar, or of one of no article."""
    from mujaz.read import files_corrected_by, printable

    said = f"{printable(str(path))}: is a sidecar, which corrects"
    files = (printable(str(file)) for file in files_corrected_by(path))
    return [f"{said} {file}; explain that file" for file in files]


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
        line += "" if tag.shown else "; mentioned only, so not shown"
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
