"""Documents of word processors, electronic books, and pages saved whole: files within a file."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from mujaz.model import Document, Problem

from tests.support import case_table, prose, read_folder, write_seeds

LEAD, SECOND, THIRD = case_table("formats")["texts"]
TITLE = "افتتاح مكتبة السوق"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BOOK = """<package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>عدد تموز</dc:title>
<dc:creator>ليلى النجار</dc:creator><dc:publisher>صدى الرابية</dc:publisher>
<dc:date>2025-07-14</dc:date></metadata>
<manifest>{items}<item id="n" href="n.xhtml" properties="nav"/></manifest>
<spine><itemref idref="n"/>{references}</spine></package>"""
_CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/content.opf"/></rootfiles></container>"""
_PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{LEAD}</p></body></html>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def paragraph(text: str, before: str = "") -> str:
    return f'<w:p>{before}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(*paragraphs: str, **parts: str) -> bytes:
    body = "".join(paragraphs)
    text = f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {"word/document.xml": text, **{f"word/{n}.xml": part for n, part in parts.items()}}
    )


def epub(*chapters: str) -> bytes:
    numbers = range(len(chapters))
    items = "".join(f'<item id="c{n}" href="text/c%20{n}.xhtml"/>' for n in numbers)
    references = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    page = '<?xml version="1.0" encoding="utf-8"?><html><title>x</title><body>{}</body></html>'
    return zipped(
        {
            "META-INF/container.xml": _CONTAINER,
            "book/content.opf": _BOOK.format(items=items, references=references),
            "book/n.xhtml": page.format(f"<h1>المحتويات</h1><p>{SECOND}</p>"),
            **{f"book/text/c {n}.xhtml": page.format(chapters[n]) for n in numbers},
        }
    )


def mhtml(page: bytes, encoding: str, charset: str = "", before: str = "") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://rabia.example/library\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="--B"\r\n\r\n{before}----B\r\n'
        f"Content-Type: text/html{charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        "Content-Location: https://rabia.example/library\r\n\r\n"
    )
    tail = (
        "\r\n----B\r\nContent-Type: image/png\r\n"
        "Content-Location: https://rabia.example/a.png\r\n\r\nx\r\n----B--\r\n"
    )
    return head.encode() + page + tail.encode()


def read_one(folder: Path, name: str, data: bytes) -> list[Document | Problem]:
    write_seeds(folder, {name: data})
    return list(read_folder(folder))


TITLE_STYLE = '<w:pPr><w:pStyle w:val="a3"/></w:pPr>'
STYLES = (
    f'<w:styles xmlns:w="{_NAMESPACE}"><w:style w:styleId="a3"><w:name w:val="Title"/></w:style>'
    "</w:styles>"
)
DELETED = (
    "<w:p><w:r><w:t>{}</w:t></w:r><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del>"
    "<w:r><w:t>{}</w:t></w:r></w:p>"
)
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>مخفي</w:t></w:r></w:p>"
TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("data", "title", "lines"),
    [
        (docx(paragraph(TITLE), paragraph(LEAD), paragraph(SECOND)), None, [TITLE, LEAD, SECOND]),
        (docx(paragraph(TITLE, TITLE_STYLE), paragraph(LEAD), styles=STYLES), TITLE, [LEAD]),
        (docx(paragraph(TITLE), DELETED.format(LEAD[:9], LEAD[9:]), HIDDEN), None, [TITLE, LEAD]),
        (docx(paragraph(TITLE), TABLE.format(paragraph(LEAD))), None, [TITLE, LEAD]),
        (
            docx("<w:p><w:r><w:t>x</w:t><w:br/><w:t>y</w:t><w:tab/><w:t>z</w:t></w:r></w:p>"),
            None,
            ["x", "y z"],
        ),
    ],
    ids="plain styled deleted table breaks".split(),
)
def test_document_of_a_word_processor(
    data: bytes, title: str | None, lines: Sequence[str], tmp_path: Path
) -> None:
    (result,) = read_one(tmp_path, "a.docx", data)
    assert isinstance(result, Document), result
    assert result.text.split("\n") == lines
    assert (result.stated["title"].value if title else None) == title
    assert result.has_headline == (title is None)


def test_book_of_several_articles(tmp_path: Path) -> None:
    chapters = (
        "<p>غلاف</p>",
        f"<h1>{TITLE}</h1><p>{LEAD}</p>",
        f"<h2>حديقة جديدة</h2><p>{THIRD}</p>",
    )
    first, second, others = read_one(tmp_path, "a.epub", epub(*chapters))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [each.file for each in (first, second)] == ["a.epub#1", "a.epub#2"]
    assert [each.stated["title"].value for each in (first, second)] == [TITLE, "حديقة جديدة"]
    assert first.text == LEAD
    assert first.stated["source"].value == "صدى الرابية"
    assert "authors" not in first.stated
    assert isinstance(others, Problem)
    assert "1 chapter is too short" in others.reason


def test_book_of_one_article(tmp_path: Path) -> None:
    (result,) = read_one(tmp_path, "a.epub", epub(f"<p>{LEAD}</p><p>{SECOND}</p>"))
    assert isinstance(result, Document)
    assert result.file == "a.epub"
    assert result.stated["title"].value == "عدد تموز"
    assert result.stated["authors"].value == ("ليلى النجار",)
    assert result.text.split("\n") == [LEAD, SECOND]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mhtml", mhtml(quopri.encodestring(_PAGE.encode()), "quoted-printable")),
        (
            "a.mht",
            mhtml(base64.encodebytes(_PAGE.encode("cp1256")), "base64", "; charset=windows-1256"),
        ),
        ("a.txt", mhtml(_PAGE.encode(), "8bit", "; charset=utf-8")),
        (
            "a.mht",
            mhtml(
                quopri.encodestring(_PAGE.encode()),
                "quoted-printable",
                before="----B\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/\r\n\r\n<p>x</p>\r\n",
            ),
        ),
    ],
    ids="quoted base64 other-name frame-first".split(),
)
def test_page_saved_whole(name: str, data: bytes, tmp_path: Path) -> None:
    (result,) = read_one(tmp_path, name, data)
    assert isinstance(result, Document), result
    assert result.stated["title"].value == TITLE
    assert result.text == LEAD
    assert result.stated["address"].value == "https://rabia.example/library"


ENTITIES = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><d>&b;</d>"
SHORT = "<p>غلاف</p>"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04nonsense", "no zip file"),
        ("a.docx", prose(1).encode(), "no zip file"),
        ("a.docx", b"", "no zip file"),
        ("a.docx", zipped({"x": "y"}), "no document of a word processor"),
        ("a.docx", docx(paragraph("x" * 9_000_000)), "part of more than 8,388,608 bytes"),
        ("a.docx", docx("<w:p/>" * 200_001), "more than 200,000 tags"),
        ("a.docx", zipped({"word/document.xml": ENTITIES}), "entities of its own"),
        ("a.docx", zipped({"word/document.xml": ENTITIES.encode("utf-16")}), "entities of its own"),
        ("a.docx", zipped({f"{n}": "" for n in range(5_001)}), "more than 5,000 parts"),
        ("a.docx", docx(paragraph(TITLE))[:-90], "no zip file"),
        ("a.docx", docx(), "is empty"),
        ("a.epub", zipped({"x": "y"}), "no electronic book"),
        ("a.epub", epub(), "too short to be articles, of 0"),
        ("a.epub", epub(SHORT, SHORT), "2 chapters are too short to be articles, of 2"),
        ("a.epub", epub("<p>x" * 60_001), "more than 60,000 tags"),
        ("a.epub", epub(*["x" * 6_000_000] * 3), "bytes together"),
        ("a.epub", epub("<p " + "a=1 " * 1_001), "more attributes in a tag"),
        ("a.mhtml", b"", "without a page"),
        ("a.mhtml", mhtml(b"", "8bit").replace(b"text/html", b"text/css"), "without a page"),
        ("a.mhtml", mhtml(b"", "8bit"), "without contents"),
        ("a.mhtml", mhtml(b"multipart/" * 11, "8bit"), "more parts"),
        ("a.mhtml", mhtml(b"\n--" * 2_001, "8bit"), "more parts"),
        ("a.mhtml", mhtml(b"\n" * 800_001, "8bit"), "more parts or lines"),
        ("a.mhtml", mhtml(b"", "8bit", ";" * 4_000), "more parts or lines"),
    ],
)
def test_what_is_damaged_or_grows_is_refused(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    (result,) = read_one(tmp_path, name, data)
    assert isinstance(result, Problem), result
    assert reason in result.reason
    assert result.hint
