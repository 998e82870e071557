"""Days and times of publication, from the file to the article: those stated, and no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mujaz.arabic.calendars import iso_text
from mujaz.model import Article

from tests.support import case_table, cases, config, understand, write_seeds

HEADLINE = "افتتاح مكتبة السوق القديم"
PARAGRAPHS = case_table("formats")["texts"]
LD = re.compile(r"LD\((.*)\)")


def article(folder: Path, name: str, text: str) -> Article:
    write_seeds(folder, {name: text})
    (result,) = understand([folder / name], config(folder))
    assert isinstance(result, Article), result
    return result


def assert_day(result: Article, case: dict[str, Any]) -> None:
    assert iso_text(result.date, result.time).replace("T", " ") == (case["is"] or "")
    if "rule" in case:
        assert result.provenance["date"].rule.startswith(case["rule"])
    if case["is"] and case.get("doubtful"):
        assert result.provenance["date"].confidence < 0.8


@pytest.mark.parametrize("case", cases("days", "pages"))
def test_pages(case: dict[str, Any], tmp_path: Path) -> None:
    head = LD.sub(r'<script type="application/ld+json">\1</script>', case.get("head", ""))
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    page = f'<html lang="ar"><head>{head}</head><body>{case["body"]}</body></html>'
    page = page.replace("HEADLINE", HEADLINE).replace("TEXT", text)
    assert_day(article(tmp_path, "a.html", page), case)


@pytest.mark.parametrize("case", cases("days", "texts"))
def test_texts(case: dict[str, Any], tmp_path: Path) -> None:
    text = case["text"].replace("HEADLINE", HEADLINE).replace("TEXT", "\n".join(PARAGRAPHS))
    assert_day(article(tmp_path, "a.txt", text), case)


@pytest.mark.parametrize("case", cases("days", "editors"))
def test_editors(case: dict[str, Any], tmp_path: Path) -> None:
    text = "\n".join((HEADLINE, case.get("line", ""), *PARAGRAPHS))
    assert_day(article(tmp_path, "a.txt", f"---\n{case['given']}\n---\n{text}"), case)


@pytest.mark.parametrize("case", cases("days", "records"))
def test_records(case: dict[str, Any], tmp_path: Path) -> None:
    record = {"title": HEADLINE, "text": "\n".join(PARAGRAPHS), **case["record"]}
    assert_day(article(tmp_path, "a.json", json.dumps([record])), case)


@pytest.mark.parametrize("case", cases("days", "files"))
def test_files(case: dict[str, Any], tmp_path: Path) -> None:
    name, text = case["file"], case["text"].replace("HEADLINE", HEADLINE)
    write_seeds(tmp_path, {name: text.replace("TEXT", " ".join(PARAGRAPHS))})
    results = understand([tmp_path / name], config(tmp_path))
    (result,) = (each for each in results if isinstance(each, Article))
    assert_day(result, case)


@pytest.mark.parametrize("line", case_table("days")["prose"])
@pytest.mark.parametrize("index", range(len(PARAGRAPHS) + 1))
@pytest.mark.parametrize("kind", ["txt", "json", "csv", "html"])
def test_sentences_with_days_stay(line: str, index: int, kind: str, tmp_path: Path) -> None:
    paragraphs = [*PARAGRAPHS[:index], line, *PARAGRAPHS[index:]]
    text = "\n".join(paragraphs)
    written = {
        "txt": f"{HEADLINE}\n{text}",
        "json": json.dumps([{"title": HEADLINE, "text": text}]),
        "csv": f'العنوان,النص\n{HEADLINE},"{text}"\n',
        "html": f"<html><body><article><h1>{HEADLINE}</h1>"
        + "".join(f"<p>{each}</p>" for each in paragraphs)
        + "</article></body></html>",
    }
    write_seeds(tmp_path, {f"a.{kind}": written[kind]})
    results = understand([tmp_path / f"a.{kind}"], config(tmp_path))
    (result,) = (each for each in results if isinstance(each, Article))
    assert result.date is None
    assert line in result.paragraphs
