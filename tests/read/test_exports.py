"""Exports of blogs, archives, files under wrong names: what is published of them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from mujaz.model import Article, Document, Held
from mujaz.read.entries.entry_text import entry_text
from mujaz.read.packing.content_coding import ContentCodingError, unpacked_body, without_chunks
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.support import case_table, cases, config, prose, read_folder, understand, write_seeds

PAGE = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body>"
FEED = "<?xml version='1.0'?><rss version='2.0'><channel><item><title>{0}</title>"
FEED += "<description>{1}</description></item></channel></rss>"
WXR = """<?xml version="1.0"?><!-- x --><rss xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>صدى الرابية</title><wp:author><wp:author_login>sami</wp:author_login>
<wp:author_display_name>سامي حداد</wp:author_display_name></wp:author>{0}</channel></rss>"""
ITEM = """<item><title>{0}</title><pubDate>Mon, 03 Mar 2025 22:00:00 +0000</pubDate>
<dc:creator>sami</dc:creator><content:encoded><![CDATA[{1}]]></content:encoded>
<wp:post_date>2025-03-04 01:00:00</wp:post_date><wp:status>{2}</wp:status>
<wp:post_type>{3}</wp:post_type><wp:post_password>{4}</wp:post_password>
<category domain="category">محليات</category></item>"""


@pytest.mark.parametrize("case", cases("exports", "texts"))
def test_text_of_an_entry(case: dict[str, Any]) -> None:
    entry = entry_text(case["markup"])
    lines = [line.strip() for line in entry.text.split("\n") if line.strip()]
    assert lines == case["text"].split("\n")
    assert entry.cut == case.get("cut", "")
    assert entry.is_excerpt == case.get("excerpt", False)


@pytest.mark.parametrize(
    ("status", "kind", "password", "reason"), case_table("exports")["wordpress"]
)
def test_wordpress(status: str, kind: str, password: str, reason: str, tmp_path: Path) -> None:
    item = ITEM.format(prose(1, 5), f"{prose(2)}\n\n{prose(3)}", status, kind, password)
    write_seeds(tmp_path, {"export.xml": WXR.format(item)})
    (result,) = understand([tmp_path / "export.xml"], config(tmp_path))
    if isinstance(result, Article):
        assert not reason
        assert (result.authors, str(result.date)) == (("سامي حداد",), "2025-03-04")
        assert (result.source, result.section) == ("صدى الرابية", "محليات")
        assert result.paragraphs == (prose(2), prose(3))
    else:
        assert reason
        assert reason in result.reason
        assert isinstance(result, Held) == (kind == "post")


@pytest.mark.parametrize("suffix", case_table("exports")["suffixes"])
@pytest.mark.parametrize("form", [PAGE, FEED], ids=["page", "feed"])
@pytest.mark.parametrize("zipped", [False, True])
def test_any_suffix(form: str, suffix: str, zipped: bool, tmp_path: Path) -> None:
    data = form.format(prose(1, 5), prose(2)).encode()
    write_seeds(tmp_path, {f"a{suffix}": gzip.compress(data) if zipped else data})
    (result,) = understand([tmp_path / f"a{suffix}"], config(tmp_path))
    assert isinstance(result, Article), result
    assert (result.title, result.paragraphs) == (prose(1, 5), (prose(2),))


def record(number: int, body: bytes, zipped: bool, *headers: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    head = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1"
    )
    address = f"https://rabia.example/{number}"
    writer.write_record(
        writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head)
    )
    return out.getvalue()


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("fault", ["coding", "unknown", "length", "cut"])
def test_a_damaged_record_costs_no_other(fault: str, zipped: bool, tmp_path: Path) -> None:
    pages = [PAGE.format(prose(i, 5), prose(i + 50)).encode() for i in range(3)]
    parts = [record(i, page, zipped) for i, page in enumerate(pages)]
    if fault in ("coding", "unknown"):
        name = "br" if fault == "coding" else "xyz"
        parts[1] = record(1, b"\x8b\x02\x80" * 9, zipped, ("Content-Encoding", name))
    elif fault == "cut":
        parts[1] = parts[1][:-60]
    else:
        parts[1] = parts[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)
        parts[1] = parts[1] if not zipped else parts[1][:80] + b"\0" + parts[1][81:]
    name = "a.warc.gz" if zipped else "a.warc"
    write_seeds(tmp_path, {name: b"".join(parts)})
    results = list(read_folder(tmp_path))
    assert sum(isinstance(each, Document) for each in results) == 2
    assert len(results) == 3


def test_bodies_that_are_not_packed_as_they_say() -> None:
    assert unpacked_body(b"<html>", "br", 99) == b"<html>"
    assert unpacked_body(gzip.compress(b"x" * 500), "gzip", 99)[:100] == b"x" * 100
    assert without_chunks(b"<html>") == b"<html>"
    assert without_chunks(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n") == b"abcde"
    for body, coding in ((gzip.compress(b"abc")[:-9], "gzip"), (b"\x28\xb5\x2f\xfdx", "zstd")):
        with pytest.raises(ContentCodingError):
            unpacked_body(body, coding, 99)
