"""Inputs that would take too long or too much memory: each is refused with the reason.

`benchmarks/odd_files.py` measures them.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from mujaz.arabic.normalise import clean, max_cleaned_characters
from mujaz.model import Document, Problem

from tests.support import read_folder, write_seeds

TEXT = "عنوان الخبر هنا\n\nنص الخبر هنا."
PAGE = "<html><body><h1>عنوان الخبر هذا</h1><p>" + "نص الخبر الطويل هنا. " * 20
FEED = '<rss version="2.0"><channel><title>ت</title><item><title>ع</title><description>نص'
CHAT = '<div class="message default clearfix" id="message1">'
LAUGHS = "- &a0 [x]\n" + "".join(f"- &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 30))

NESTED = "Content-Type: multipart/related; boundary=x\n\n--x\n" + (
    "Content-Type: message/rfc822\n\n" * 2_000 + PAGE
)


def record(**fields: object) -> str:
    return json.dumps({"title": "عنوان الخبر", "text": "نص الخبر.", **fields})


REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "characters": ("a.txt", TEXT + "ك" * 500_000, "characters of text; 500,000 is the most"),
    "lines": ("a.txt", TEXT + "ك\n" * 20_000, "lines; 20,000 is the most"),
    "returns": ("a.txt", TEXT + "ك\r" * 20_001, "lines; 20,000 is the most"),
    "ligatures": ("a.txt", TEXT + "\ufdfa" * 30_000, "characters of text; 500,000 is the most"),
    "gzip members": ("a.txt.gz", gzip.compress(b"") * 30_001, "more than 30,000 gzip files"),
    "gzip bomb": ("a.txt.gz", gzip.compress(b"\0" * 9_000_000), "more than 8,388,608 bytes"),
    "gzip twice": ("a.txt.gz.gz", gzip.compress(gzip.compress(b"x")), "unknown format"),
    "gzip cut": ("a.txt.gz", gzip.compress(TEXT.encode())[:-9], "breaks off"),
    "no gzip": ("a.txt.gz", TEXT, "no gzip file"),
    "page bytes": ("a.html", PAGE + " " * 2_100_000, "bytes; 2,097,152 is the most"),
    "page tags": ("a.html", PAGE + "<b>" * 6_000, "tags; 6,000 is the most"),
    "page attributes": ("a.html", f"{PAGE}<p {'a=1 ' * 1_001}>", "more attributes"),
    "page characters": ("a.html", PAGE + "كلمة " * 70_000, "300,000 characters"),
    "page ligatures": ("a.html", PAGE + "\ufdfa" * 20_000, "300,000 characters"),
    "feed bytes": ("a.xml", FEED + " " * 3_200_000, "3,145,728 is the most"),
    "feed entries": ("a.xml", FEED + "<item/>" * 2_000, "entries; 2,000 is the most"),
    "feed tags": ("a.xml", FEED + "<a>" * 10_000, "tags; 10,000 is the most"),
    "feed attributes": ("a.xml", FEED + f"<a {'b=1 ' * 1_001}/>", "more attributes"),
    "feed references": ("a.xml", FEED + "&lt;" * 100_001, "references; 100,000 is the most"),
    "feed date": ("a.xml", FEED + f"</description><pubDate>{'1' * 5_000}", "5,000 letters"),
    "feed entities": ("a.xml", " " * 9_999 + "<!DOCTYPE l [<!ENTITY l 'l'>]>" + FEED, "entities"),
    "json parts": ("a.json", "[" + "[]," * 300_000 + "[]]", "parts; 300,000 is the most"),
    "json keys": ("a.json", record(**{f"k{i}": 1 for i in range(1_000)}), "1,002 fields"),
    "json depth": ("a.json", '{"a":' * 100_000, "nested too deeply"),
    "json title": ("a.json", record(title="ك" * 5_001), "without a title"),
    "table lines": ("a.csv", "title,text\n" + "\n" * 2_000_000, "2,000,000 is the most"),
    "table columns": ("a.csv", "title,text" + ",a" * 200, "202 columns; 200 is the most"),
    "table quote": ("a.csv", 'title,text\n"' + "x" * 1_000_001, "1,000,000 characters"),
    "chat tags": ("a.html", CHAT + "<a>" * 40_000, "tags; 40,000 is the most"),
    "warc records": ("a.warc", b"WARC/1.0\r\nA: b\r\n\r\n" * 10_001, "more than 10,000 records"),
    "warc head": ("a.warc", b"WARC/1.0\r\nA: " + b"b" * 40_000, "a record whose head"),
    "warc heads": ("a.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 9_000, "a record whose head"),
    "mhtml depth": ("a.mhtml", NESTED, "of more parts or lines than any has"),
    "toml dots": ("a.md", "+++\n" + "a." * 2_000 + "a = 1\n+++\n", "too many brackets or dots"),
    "markdown marks": ("a.md", "# ع\n\n" + "*a_ " * 2_500, "more than 5,000 marks"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_too_much_is_refused(
    name: str, content: str | bytes, reason: str, tmp_path: Path
) -> None:
    write_seeds(tmp_path, {name: content})
    (problem,) = read_folder(tmp_path)
    assert isinstance(problem, Problem), problem
    assert reason in problem.reason
    assert problem.hint


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("title: x\n" * 2_000, "bytes long; 16,384 is the most"),
        ("title: " + "[" * 16_000, "not valid YAML"),
        ("tags:\n" + LAUGHS, "a list of lists"),
        ("date:\n" + LAUGHS, "a list of lists"),
        ("".join(f"k{i}: x\n" for i in range(1_500)), "unknown key `k0`"),
        ("title: " + "ك" * 7_000, "says nothing"),
    ],
    ids="long deep laughing-tags laughing-date keys value".split(),
)
def test_what_is_too_much_in_a_sidecar_is_refused(
    sidecar: str, reason: str, tmp_path: Path
) -> None:
    write_seeds(tmp_path, {"a.txt": TEXT, "a.yml": sidecar})
    (problem,) = read_folder(tmp_path)
    assert isinstance(problem, Problem), problem
    assert reason in problem.reason
    assert len(problem.reason) < 300


@pytest.mark.parametrize("members", [1, 2, 500])
def test_a_gzip_file_of_many_members_is_whole(members: int, tmp_path: Path) -> None:
    parts = [f"{TEXT}\n{number}\n" * 3 for number in range(members)]
    zipped = b"".join(gzip.compress(part.encode()) for part in parts)
    write_seeds(tmp_path, {"a.txt.gz": zipped, "b.txt.gz": zipped + b"\0" * 1_000})
    for found in read_folder(tmp_path):
        assert isinstance(found, Document), found
        assert found.text == "".join(parts)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("ك" + "\u064b" * 30, "ك" + "\u064b" * 30),
        ("ك" + "\u064b" * 3_000, "ك" + "\u064b" * 30),
        ("a" + "\u0301\u0323" * 5_000 + "b", None),
        ("ك" + "." * 3_000, "ك" + "." * 3_000),
        ("\u0344" * 100, None),
        ("\ufdfa", "صلى الله عليه وسلم"),
    ],
    ids="few many unordered dots growing ligature".split(),
)
def test_marks_in_a_row_are_bounded(text: str, cleaned: str | None) -> None:
    result = clean(text)
    assert cleaned is None or result == cleaned
    assert clean(result) == result
    assert len(result) <= max_cleaned_characters(text)


@pytest.mark.parametrize(("length", "is_name"), [(128, True), (201, False)])
def test_a_name_of_a_channel_is_bounded(length: int, is_name: bool, tmp_path: Path) -> None:
    message = {"id": 1, "type": "message", "date": "2025-07-14T08:00:00", "text": "كلمة " * 30}
    chat = {"name": "ك" * length, "type": "public_channel", "messages": [message]}
    write_seeds(tmp_path, {"result.json": json.dumps(chat)})
    (found,) = read_folder(tmp_path)
    assert isinstance(found, Document), found
    assert ("source" in found.stated) == is_name


def test_drafts_without_end_hide_no_article(tmp_path: Path) -> None:
    rows = "عنوان,نص الخبر,draft\n" * 600 + "عنوان,نص الخبر,publish\n"
    write_seeds(tmp_path, {"a.csv": "title,text,status\n" + rows})
    *_, last = read_folder(tmp_path)
    assert isinstance(last, Document), last
