"""Odd and hostile exports, most of them just below what is refused: `odd_inputs` of containers.

Exports are bounded in bytes, and may hold as many articles as fit in these: those of good articles
have some hundreds here, which take their time as any articles do.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping

_WORD = "كلمة "
_LONG = _WORD * 40
_MIB = 1024 * 1024
_LIGATURE = "\ufdfa"
_TITLE = "عنوان الخبر هنا"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTAINER = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'


def odd_exports() -> Iterator[tuple[str, str | bytes]]:
    """Yield the name and the content of each file."""
    yield from _tables()
    yield from _messages()
    yield from _documents()
    yield from _books()
    yield from _saved_pages()
    yield from _blogs()
    yield from _lists()


def _tables() -> Iterator[tuple[str, str | bytes]]:
    head = "title,text\n"
    yield "ordinary.csv", head + f"{_TITLE},{_LONG}\n" * 9
    yield "empty.csv", ""
    yield "head.csv", head
    yield "rows.csv", head + "ا,ب\n" * 900
    yield "articles.csv", head + f"{_TITLE},{_LONG}\n" * 900
    yield "columns.csv", "title,text," + "a," * 400_000 + "\n" + "ا," * 400_000
    yield "delimiters.csv", ",;\t|" * 900_000
    yield "quotes.csv", head + '"' * 3_000_000
    yield "open-quote.csv", head + f'ع,"{_WORD * 400_000}'
    yield "long-cell.csv", head + f"ع,{_WORD * 500_000}"
    yield "blank-rows.csv", head + ",\n" * 190_000 + f"{_TITLE},{_LONG}\n"
    yield "markup.csv", head + f"{_TITLE},{'<p>x</p>' * 300_000}\n"
    yield "ligatures.csv", head + f"{_LIGATURE * 300_000},{_LIGATURE * 300_000}\n"
    yield "nulls.csv", head + "\0" * (3 * _MIB)
    yield "tabs.tsv", "title\ttext\n" + "\t" * (3 * _MIB)


def _messages() -> Iterator[tuple[str, str | bytes]]:
    head = "14/07/2025, 10:30 - ليلى: "
    yield "ordinary-chat.txt", f"{head}{_LONG}\n" * 9
    yield "chat.txt", f"{head}{_LONG}\n" * 490
    yield "short-chat.txt", f"{head}نعم\n" * 14_000
    yield "long-chat.txt", head * 2 + "\n" + head + (_WORD + "\n") * 140_000
    yield "heads-chat.txt", (f"{head}\n" + "14/07/2025, " * 9) * 20_000
    yield "colons-chat.txt", f"{head}{':' * 1_000_000}\n{head}x"
    yield "spaces-chat.txt", f"{head}x\n14/07/2025,{' ' * 1_000_000}x\n{head}x"
    text = {"type": "message", "date": "2025-07-14T10:30:00", "text": _LONG}
    chat = {"name": "صدى", "type": "public_channel", "id": 1}

    def export(**fields: object) -> str:
        return json.dumps({**chat, **fields}, ensure_ascii=False)

    yield "chat.json", export(messages=[text] * 490)
    yield "short-chat.json", export(messages=[{**text, "text": "نعم"}] * 40_000)
    yield "parts-chat.json", export(messages=[{**text, "text": ["كلمة "] * 190_000}])
    entities = [{"type": "bold", "text": "كلمة"}] * 90_000
    yield "entities-chat.json", export(messages=[{**text, "text": entities}])
    yield "chats.json", json.dumps({"chats": {"list": [{**chat, "messages": []}] * 60_000}})
    yield "bare-chat.json", export(messages=[7] * 200_000)
    message = f'<div class="message default" id="message1"><div class="text">{_LONG}</div></div>'
    yield "chat.html", message * 400
    yield "nested-chat.html", message + '<div class="message default">' * 30_000
    yield "tags-chat.html", message + '<div class="text"><br>' * 19_000


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _docx(body: str | bytes, head: str = "") -> bytes:
    inner = body if isinstance(body, bytes) else body.encode()
    start = f'{head}<w:document xmlns:w="{_NAMESPACE}"><w:body>'.encode()
    return _zipped({"word/document.xml": start + inner + b"</w:body></w:document>"})


def _documents() -> Iterator[tuple[str, str | bytes]]:
    paragraph = f"<w:p><w:r><w:t>{_WORD * 9}</w:t></w:r></w:p>"
    yield "ordinary.docx", _docx(paragraph * 9)
    yield "empty.docx", b""
    yield "no-zip.docx", b"PK\3\4" + b"x" * _MIB
    yield "other.docx", _zipped({"a.txt": "x"})
    yield "broken.docx", _docx(paragraph * 900)[:-40]
    yield "paragraphs.docx", _docx(paragraph * 5_900)
    yield "runs.docx", _docx("<w:p>" + "<w:r><w:t>ك</w:t></w:r>" * 49_000 + "</w:p>")
    yield "breaks.docx", _docx("<w:p><w:r>" + "<w:br/>" * 140_000 + "</w:r></w:p>")
    yield "nested.docx", _docx("<w:tbl>" * 200_000)
    yield "bomb.docx", _docx(b" " * (200 * _MIB))
    yield "text.docx", _docx(f"<w:p><w:r><w:t>{_WORD * 300_000}</w:t></w:r></w:p>")
    yield "ligatures.docx", _docx(f"<w:p><w:r><w:t>{_LIGATURE * 300_000}</w:t></w:r></w:p>")
    entities = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10))
    laughs = f"<!DOCTYPE l [<!ENTITY l0 'l'>{entities}]>"
    yield "laughs.docx", _docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", laughs)
    yield "parts.docx", _zipped({f"p{i}": "" for i in range(30_000)})


def _epub(manifest: str, spine: str, parts: Mapping[str, str | bytes]) -> bytes:
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    return _zipped({"META-INF/container.xml": _CONTAINER, "a.opf": book, **parts})


def _books() -> Iterator[tuple[str, str | bytes]]:
    def book(count: int, chapter: str | bytes) -> bytes:
        numbers = range(count)
        return _epub(
            "".join(f'<item id="c{n}" href="{n}.xhtml"/>' for n in numbers),
            "".join(f'<itemref idref="c{n}"/>' for n in numbers),
            {f"{n}.xhtml": chapter for n in numbers},
        )

    page = f"<html><body><h1>{_TITLE}</h1><p>{_LONG}</p></body></html>"
    yield "ordinary.epub", book(9, page)
    yield "chapters.epub", book(490, page)
    yield "many-chapters.epub", book(3_000, page)
    one = _epub('<item id="c" href="c"/>', '<itemref idref="c"/>' * 200_000, {"c": page})
    yield "same-chapter.epub", one
    items = '<item id="c" href="c"/>' * 200_000
    yield "items.epub", _epub(items, '<itemref idref="c"/>', {"c": page})
    yield "tags.epub", book(9, f"<p>{_WORD * 9}</p>" * 700)
    yield "nested.epub", book(1, "<div>" * 140_000 + page)
    yield "bomb.epub", book(1, b" " * (200 * _MIB))
    yield "many-bombs.epub", book(100, b"x" * (4 * _MIB - 2_000))
    yield "long-attribute.epub", book(1, f'<p title="{"x" * (7 * _MIB)}">{page}')
    yield "attributes.epub", book(1, f"<p {'a=1 ' * 200_000}>{page}")
    yield "no-chapters.epub", book(0, page)


def _saved_pages() -> Iterator[tuple[str, str | bytes]]:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    part = "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n"
    page = f"<html><body><h1>{_TITLE}</h1><p>{_LONG}</p></body></html>"
    picture = "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield "ordinary.mhtml", f"{head}{part.format('8bit')}{page}\r\n--B--\r\n"
    yield "empty.mhtml", head
    yield (
        "pictures.mhtml",
        f"{head}{part.format('8bit')}{page}\r\n" + (picture + "A" * 100_000 + "\r\n") * 150,
    )
    yield "parts.mhtml", f"{head}{part.format('8bit')}{page}\r\n" + "--B\r\n\r\nx\r\n" * 100_000
    yield "few-parts.mhtml", f"{head}{part.format('8bit')}{page}\r\n" + "--B\r\n\r\nx\r\n" * 1_900
    yield "lines.mhtml", f"{head}{part.format('quoted-printable')}" + "=D9=\r\n" * 200_000
    yield "quoted.mhtml", f"{head}{part.format('quoted-printable')}" + "=D9=83" * (3 * _MIB)
    yield "base64.mhtml", f"{head}{part.format('base64')}" + "QUJD" * (5 * _MIB)
    yield "headers.mhtml", "MIME-Version: 1.0\r\n" + "A: b\r\n" * 200_000 + head
    yield "long-header.mhtml", f"Subject: {'x' * (20 * _MIB)}\r\n{head}"
    yield "encoded-words.mhtml", f"Subject: {'=?utf-8?q?x?= ' * 500_000}\r\n{head}"
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{i}"\r\n\r\n--{i}\r\n' for i in range(9)
    )
    yield "nested.mhtml", f"MIME-Version: 1.0\r\n{nested}{part.format('8bit')}{page}"


def _blogs() -> Iterator[tuple[str, str | bytes]]:
    head = (
        '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صدى</title>'
    )
    item = (
        f"<item><title>{_TITLE}</title><content:encoded><![CDATA[{{}}]]></content:encoded>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{}</item>"
    )
    yield "ordinary.wxr", head + item.format(_LONG, "") * 9 + "</channel></rss>"
    yield "articles.wxr", head + item.format(_LONG, "") * 490
    yield (
        "authors.wxr",
        head + "<wp:author><wp:author_login>a</wp:author_login></wp:author>" * 9_000,
    )
    meta = "<wp:postmeta><wp:meta_key>a</wp:meta_key></wp:postmeta>"
    yield "meta.wxr", head + item.format(_LONG, meta * 12_000)
    yield (
        "attachments.wxr",
        head
        + (
            "<item><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>"
            * 9_000
        ),
    )
    yield "shortcodes.wxr", head + item.format("[caption id=a]" * 200_000, "")
    yield "brackets.wxr", head + item.format("[" * 1_000_000, "")
    yield "comments.wxr", head + item.format("<!-- wp:paragraph -->" * 100_000, "")
    yield "ligatures.wxr", head + item.format(_LIGATURE * 300_000, "")
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:blogger="http://schemas.google.com/blogger/2018"><id>tag:blogger.com,1999:blog-1</id>'
        "<generator>Blogger</generator><title>صدى</title>"
    )
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    entry = f'<entry>{{}}<title>{_TITLE}</title><content type="html">{{}}</content></entry>'
    yield "blog.atom", feed + entry.format(kind.format("post"), _LONG) * 490
    yield "comments.atom", feed + entry.format(kind.format("comment"), _LONG) * 4_000
    yield "template.atom", feed + entry.format(kind.format("template"), "x" * (5 * _MIB))
    yield "categories.atom", feed + entry.format(kind.format("post") * 9_000, _LONG)


def _lists() -> Iterator[tuple[str, str | bytes]]:
    outline = '<outline text="ت" xmlUrl="https://x.example/feed"/>'
    yield "ordinary.opml", f"<opml><body>{outline * 9}</body></opml>"
    yield "empty.opml", "<opml/>"
    yield "outlines.opml", "<opml><body>" + outline * 60_000
    yield "nested.opml", "<opml><body>" + '<outline text="ت">' * 200_000
    yield "long-address.opml", f'<opml><outline xmlUrl="https://x.example/{"a" * (7 * _MIB)}"/>'
    yield "sitemap.xml", "<urlset>" + "<url><loc>https://x.example/</loc></url>" * 90_000
