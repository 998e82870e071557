"""Formats: what is understood of pages, feeds, exports, archives, Markdown and sidecars."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mujaz.model import Article, Document, Problem
from mujaz.parse import unread_fields
from mujaz.read import read_files
from mujaz.read.corrections import split_front_matter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.support import (
    ANY_TEXT,
    SOURCES,
    case_table,
    cases,
    config,
    prose,
    raw,
    understand,
    write_seeds,
)

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"
TEXTS = case_table("formats")["texts"]
GROUPS = ("pages", "feeds", "exports", "tables", "chats", "lists", "markdown")


def found_in(folder: Path, texts: dict[str, str | bytes]) -> list[Article | Problem]:
    write_seeds(folder, texts)
    return understand([folder / name for name in texts], config(folder, sources=SOURCES))


def shown(result: Article | Problem, folder: Path) -> dict[str, Any]:
    """Return what a case may say of a result."""
    file = result.file.removeprefix(f"{folder.as_posix()}/")
    if isinstance(result, Problem):
        assert result.hint
        return {"file": file, "problem": result.reason}
    fields = "title source place date updated section address excerpt summary".split()
    return {
        "file": file,
        **{name: getattr(result, name) for name in fields},
        "section": _stated_section(result),
        "authors": list(result.authors),
        "paragraphs": list(result.paragraphs),
        "tags": sorted(tag.name for tag in result.tags),
        "sidebar": [headline.text for headline in result.sidebar],
        "cut": result.sidebar_raw,
    }


def _stated_section(article: Article | Problem) -> str | None:
    """Return the section that the input states: without one, a section comes of the words."""
    assert isinstance(article, Article)
    return None if article.provenance["section"].rule.startswith("model") else article.section


def assert_says(result: dict[str, Any], wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        if name == "problem":
            assert value in result.get("problem", ""), result
        elif name == "cut":
            assert [part for part in value if part not in result["cut"]] == []
        elif name != "unread":
            assert result.get(name) == value, name


@pytest.mark.parametrize("case", [each for group in GROUPS for each in cases("formats", group)])
def test_format(case: dict[str, Any], tmp_path: Path) -> None:
    text = case["text"]
    for name, sentence in zip(("LEAD", "SECOND", "THIRD"), TEXTS, strict=True):
        text = text.replace(name, sentence)
    results = found_in(tmp_path, {case["file"]: text})
    wanted = case.get("found") or [{"problem": case["problem"]}]
    assert len(results) == len(wanted), results
    for result, want in zip(results, wanted, strict=True):
        assert_says(shown(result, tmp_path), want)
        for name in case.get("absent", ()):
            is_stated = getattr(result, name) if name != "section" else _stated_section(result)
            assert not is_stated, name
    documents = read_files([tmp_path / case["file"]])
    for document, want in zip(documents, wanted, strict=True):
        if isinstance(document, Document) and "unread" in want:
            assert list(document.unread) == want["unread"]
            assert len(list(unread_fields(document))) == bool(want["unread"])


@pytest.mark.parametrize("case", cases("formats", "sidecars"))
def test_sidecar(case: dict[str, Any], tmp_path: Path) -> None:
    text = raw(1, dateline="السنديانة – حلب – ليلى النجار:")
    write_seeds(tmp_path, {"a.yml": case["yaml"]})
    (result,) = found_in(tmp_path, {"a.txt": text})
    if "problem" in case:
        assert_says(shown(result, tmp_path), {"problem": case["problem"]})
        return
    assert_says(shown(result, tmp_path), case["found"])
    assert isinstance(result, Article)
    for name in case["found"]:
        if case["yaml"] and name not in ("source",):
            assert result.provenance[name].rule == "sidecar"


def test_a_correction_keeps_the_address(tmp_path: Path) -> None:
    (before,) = found_in(tmp_path, {"a.txt": raw(1)})
    write_seeds(tmp_path, {"a.txt.yml": "title: عنوان مصحح\nsource: صدى الرابية"})
    (after,) = found_in(tmp_path, {"a.txt": raw(1)})
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert (after.title, after.source) == ("عنوان مصحح", "صدى الرابية")
    assert (after.id, after.slug) == (before.id, before.slug)


@pytest.mark.parametrize(
    ("names", "reasons"),
    [
        (("a.txt", "a.yml"), [""]),
        (("a.txt", "a.yaml"), [""]),
        (("a.txt", "a.txt.yml"), [""]),
        (("a.jsonl.gz", "a.yml"), ["gzip"]),
        (("b.yml",), ["sidecar of no article"]),
        (("a.txt", "b.yml"), ["", "sidecar of no article"]),
        (("a.txt", "A.yml"), ["sidecar of no article", ""]),
    ],
)
def test_which_file_a_sidecar_is_of(
    names: Sequence[str], reasons: Sequence[str], tmp_path: Path
) -> None:
    texts = {name: "source: صدى الرابية" if name[-1] == "l" else raw(1) for name in names}
    write_seeds(tmp_path, texts)
    found = understand([tmp_path], config(tmp_path, sources=SOURCES))
    assert len(found) == len(reasons)
    for each, reason in zip(found, reasons, strict=True):
        if isinstance(each, Article):
            assert each.source == ("صدى الرابية" if len(reasons) == 1 else "السنديانة")
        else:
            assert reason
            assert reason in each.reason


def test_a_sidecar_of_several_articles(tmp_path: Path) -> None:
    lines = [json.dumps({"title": prose(i, 5), "text": prose(50 + i)}) for i in range(2)]
    texts = {"a.jsonl": "\n".join(lines), "b.jsonl": "\n".join(lines)}
    write_seeds(tmp_path, {"a.yml": "source: صدى الرابية", "b.yml": "title: عنوان واحد للجميع"})
    found = found_in(tmp_path, dict(texts))
    assert [isinstance(each, Article) and each.source for each in found[:2]] == ["صدى الرابية"] * 2
    assert all(isinstance(each, Problem) and "one `title`" in each.reason for each in found[2:])


def test_a_sidecar_is_no_input_of_its_own(tmp_path: Path) -> None:
    write_seeds(tmp_path, {"a.txt": raw(1), "a.yml": "source: صدى الرابية"})
    assert list(read_files([tmp_path / "a.yml"])) == []
    assert len(list(read_files([tmp_path]))) == 1


def archive(pages: Sequence[tuple[str, str, bytes]], *, zipped: bool) -> bytes:
    """Return a web archive of pages: status, kind and contents."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for number, (status, kind, body) in enumerate(pages):
        head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        address = f"https://rabia.example/{number}"
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=head
        )
        writer.write_record(record)
    return out.getvalue()


PAGES = [
    ("200 OK", "text/html; charset=utf-8", PAGE.format(prose(1, 5), prose(2)).encode()),
    ("200 OK", "image/png", b"\x89PNG"),
    ("301 Moved", "text/html", b"<html><body><h1>x</h1></body></html>"),
    ("200 OK", "text/html; charset=utf-8", PAGE.format("خبر المكتبة", prose(3)).encode("cp1256")),
    ("200 OK", "text/html", b"<html></html>"),
]


@pytest.mark.parametrize(("name", "zipped"), [("a.warc", False), ("a.warc.gz", True)])
def test_archive(name: str, zipped: bool, tmp_path: Path) -> None:
    found = found_in(tmp_path, {name: archive(PAGES, zipped=zipped)})
    files = [each.file.rpartition("/")[2] for each in found]
    assert files == [f"{name}#1", f"{name}#2", f"{name}#3"]
    first, second, third = found
    assert isinstance(first, Article)
    assert first.paragraphs == (prose(2),)
    assert first.address == "https://rabia.example/0"
    assert isinstance(second, Article)
    assert second.title == "خبر المكتبة"
    assert isinstance(third, Problem)
    assert "headline" in third.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no saved page in its 0 records"),
        (b"nonsense\r\n\r\n" * 9, "breaks off"),
        (archive(PAGES[1:2], zipped=False), "no saved page in its 2 records"),
    ],
)
def test_archive_without_pages(data: bytes, reason: str, tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, {"a.warc": data})
    assert isinstance(found, Problem)
    assert reason in found.reason


ZIPPED = gzip.compress(raw(1).encode())


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt.gz", ZIPPED, ""),
        ("a.gz", ZIPPED, ""),
        ("a.txt.GZ", ZIPPED + gzip.compress(b"\n"), ""),
        ("a.txt.gz", ZIPPED + bytes(99), ""),
        ("a.txt.gz", ZIPPED[:-9], "breaks off"),
        ("a.txt.gz", b"nonsense", "no gzip file"),
        ("a.txt.gz", b"", "empty"),
        ("a.txt.gz", gzip.compress(bytes(9_000_000)), "when unpacked"),
        ("a.xyz.gz", ZIPPED, "unknown format"),
    ],
)
def test_gzip(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, {name: data})
    if reason:
        assert isinstance(found, Problem)
        assert reason in found.reason
    else:
        assert isinstance(found, Article)
        assert found.paragraphs == (prose(1), prose(20_001))


WORD = "كلمة "
HEAD = "<html><body><h1>عنوان الخبر هنا</h1>"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.html", HEAD + "<p>x</p>" * 8_000, "tags"),
        ("a.html", HEAD + "<p " + "a=1 " * 2_100 + ">x</p>", "attributes"),
        ("a.html", HEAD + "<p " + "a/" * 2_100 + ">x</p>", "attributes"),
        ("a.html", HEAD + f"<p>{WORD * 150_000}</p>", "characters"),
        ("a.xml", "<rss version='2.0'>" + "<item/>" * 5_001 + "</rss>", "5,001 entries"),
        ("a.xml", "<rss version='2.0'>" + "<a>" * 35_001 + "</rss>", "tags"),
        ("a.md", "[" * 20_001, "marks"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "[" + "7," * 600 + "7]", "500 entries in a row"),
        ("a.jsonl", "{}\n" * 600, "500 lines in a row"),
        ("a.json", '{"a": ' + "9" * 5_000 + "}", "not valid JSON"),
        ("a.txt", "عنوان الخبر هنا\n" + WORD * 300_001, "characters of text"),
    ],
    ids=range(12),
)
def test_too_much(name: str, text: str, reason: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, {name: text})
    assert all(isinstance(each, Problem) for each in found)
    assert isinstance(found[-1], Problem)
    assert reason in found[-1].reason


@given(
    st.binary(max_size=300),
    st.sampled_from("html xml json md warc txt.gz csv tsv mhtml docx epub opml".split()),
)
@settings(max_examples=200)
def test_any_bytes_are_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a.{suffix}"
    path.write_bytes(data)
    assert list(read_files([path]))


@given(ANY_TEXT)
def test_front_matter_and_text_are_all_of_a_file(text: str) -> None:
    front_matter, rest = split_front_matter(text)
    if front_matter is None:
        assert rest == text.lstrip("\ufeff").replace("\r\n", "\n")
    else:
        assert front_matter in text.replace("\r\n", "\n")
        assert text.replace("\r\n", "\n").endswith(rest)
