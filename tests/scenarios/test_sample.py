"""The sample articles: a news world in which everything occurs that readers and editors meet."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from mujaz.arabic.wording import Wording
from mujaz.config import load

DAYS = 5
"""Of the newest news, one behind the other."""
MIN_ARTICLES, MIN_SOURCES, MIN_STORIES, MIN_SOURCES_OF_STORY = 120, 7, 10, 3
"""In those days: inputs, papers and the agency, and stories that several of them have."""


def run(project: Path, *arguments: str) -> Any:
    """Return what a command prints as JSON lines."""
    command = [sys.executable, "-m", "mujaz", *arguments, "--json"]
    output = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in output.stdout.splitlines()]


@pytest.fixture(scope="module")
def parsed(project: Path) -> list[dict[str, Any]]:
    """What each input is understood as."""
    rows: list[dict[str, Any]] = run(project, "parse", "seeds")
    return rows


@pytest.fixture(scope="module")
def published(project: Path) -> list[dict[str, Any]]:
    """The articles of the site."""
    rows: list[dict[str, Any]] = run(project, "export")
    return rows


def newest_days(rows: list[dict[str, Any]]) -> list[str]:
    return sorted({row["date"] for row in rows if row.get("date")})[-DAYS:]


def test_it_is_five_days_of_many_papers(parsed: list[dict[str, Any]], project: Path) -> None:
    days = newest_days(parsed)
    first, last = map(dt.date.fromisoformat, (days[0], days[-1]))
    assert last - first == dt.timedelta(DAYS - 1)
    of_days = [row for row in parsed if row.get("date") in days]
    assert len(of_days) >= MIN_ARTICLES
    sources = {row["source"] for row in of_days}
    assert None not in sources
    config = load(project / "mkdocs.yml")
    assert sources == {*config.sources, *config.agencies}
    assert len(sources) >= MIN_SOURCES
    assert any(row["agency"] in config.agencies for row in of_days if row["agency"])


def test_several_sources_have_the_same_stories(published: list[dict[str, Any]]) -> None:
    sources: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[str]] = defaultdict(set)
    for row in published:
        if row["story"] and row["date"] in newest_days(published):
            story = row["story"]["id"]
            days[story].add(row["date"])
            sources[story] |= {row["source"], *(copy["source"] for copy in row["duplicates"])}
    wide = [story for story, names in sources.items() if len(names) >= MIN_SOURCES_OF_STORY]
    assert len(wide) >= MIN_STORIES
    assert sum(len(days[story]) > 1 for story in wide) >= MIN_STORIES // 2


def test_each_kind_of_article_is_there(published: list[dict[str, Any]]) -> None:
    kinds = {row["type"] for row in published}
    assert kinds >= {"news", "opinion", "interview", "caption", "notice"}
    opinions = [row for row in published if row["type"] == "opinion"]
    assert all(row["authors"] for row in opinions)
    assert len({row["section"] for row in published}) >= 9
    assert any(row["date"] is None for row in published)
    assert any(row["time"] for row in published)
    assert any(not row["time"] for row in published)


def test_inputs_have_what_newsrooms_have(parsed: list[dict[str, Any]], project: Path) -> None:
    suffixes = {Path(row["file"].partition("#")[0]).suffix for row in parsed}
    assert suffixes >= {".txt", ".html", ".jsonl", ".xml", ".md"}
    problems = [row["problem"]["reason"] for row in parsed if row["problem"]]
    assert "has a headline but no body" in problems
    assert sum(bool(row.get("sidebar")) for row in parsed) >= 30
    pictures = list((project / "seeds").rglob("*.jpg"))
    assert len(pictures) >= 6
    shown = [path for path in (project / "site").rglob("*") if path.suffix in (".jpg", ".avif")]
    assert len(shown) >= len(pictures)


def test_papers_correct_and_differ(project: Path) -> None:
    pages = [path.read_text("utf-8") for path in (project / "site_src" / "stories").glob("*.md")]
    differ, corrected = map(Wording().text, ("story.differences", "story.corrections"))
    assert sum(differ in page for page in pages) >= 3
    assert sum(corrected in page for page in pages) >= 3


def test_addresses_are_those_kept_for_examples(project: Path) -> None:
    for path in (project / "seeds").rglob("*"):
        if path.suffix in (".txt", ".html", ".jsonl", ".xml", ".md"):
            text = path.read_bytes().decode("utf-8", "replace")
            hosts = re.findall(r"https?://([\w.-]+)", text)
            own = ("schema.org", "purl.org", "www.w3.org")
            assert all(h.endswith((".example", "example.org")) or h in own for h in hosts), path
