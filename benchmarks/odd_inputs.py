"""Odd and hostile inputs, most of them just below what is refused; `odd_files` measures them.

Each is made when its turn comes: who measures memory must not hold much.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from benchmarks.odd_exports import odd_exports

Make = Callable[[Path], object]
"""Makes the file at a path, and what belongs beside it."""

_WORD = "كلمة "
_TEXT = "عنوان الخبر هنا\n\n"
_PAGE = "<html><body><h1>عنوان الخبر هذا</h1>"
_FEED = '<rss version="2.0"><channel><title>ت</title>'
_ITEM = "<item><title>عنوان خبر</title><description>نص الخبر</description>"
_MIB = 1024 * 1024
_LIGATURE = "\ufdfa"
"""One character that is 18 in its plain form."""


def odd_inputs() -> Iterator[tuple[str, Make]]:
    """Yield the name of each file and what makes it."""
    contents = chain(_texts(), _pages(), _feeds(), _records(), _markdown(), odd_exports())
    for name, content in contents:
        yield name, _content(content)
    for name, sidecar in _sidecars():
        yield name, _with_sidecar(sidecar)
    yield from _archives()
    yield from _kinds()


def _content(content: str | bytes) -> Make:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return lambda path: path.write_bytes(data)


def _with_sidecar(text: str) -> Make:
    def make(path: Path) -> None:
        path.write_text(_TEXT + _WORD, "utf-8")
        path.with_suffix(".yml").write_text(text, "utf-8")

    return make


def _texts() -> Iterator[tuple[str, str | bytes]]:
    yield "ordinary.txt", _TEXT + _WORD * 30
    yield "empty.txt", ""
    yield "blank.txt", " \n\t\r\n"
    yield "headline.txt", "عنوان وحده في الملف"
    yield "binary.txt", os.urandom(8 * _MIB)
    yield "CON.txt", _TEXT + _WORD
    yield "case.txt", _TEXT + _WORD
    yield "CASE.txt", _TEXT + _WORD
    yield "x" * 251 + ".txt", _TEXT + _WORD
    yield os.fsdecode(b"caf\xe9.txt"), _TEXT + _WORD
    yield "new\nline.txt", _TEXT + _WORD
    yield "unknown.pdf", b"%PDF" + os.urandom(4 * _MIB)
    yield "long-line.txt", _TEXT + _WORD * 299_000
    yield "long-word.txt", _TEXT + "ك" * 1_000_000
    yield "long-words.txt", _TEXT + ("ك" * 9_999 + " ") * 100
    yield "long-headline.txt", "ك" * 1_000_000
    yield "long-headline-body.txt", _WORD * 100_000 + "\n\n" + _WORD
    yield "long-address.txt", _TEXT + "https://x.example/" + "a" * 1_000_000
    yield "addresses.txt", _TEXT + "https://x.example/a?b=c " * 60_000
    yield "many-lines.txt", _TEXT + "كلمة\n" * 100_000
    yield "letters.txt", _TEXT + "ك\n" * 700_000
    yield "different-letters.txt", _TEXT + "\n".join(map(chr, range(0x4E00, 0x9FFF))) * 30
    yield "many-markers.txt", _TEXT + "آخر الأخبار\n" * 60_000
    yield "many-paragraphs.txt", _TEXT + (_WORD * 50 + ".\n") * 5_900
    yield "glued.txt", _TEXT + _WORD * 50 + "\nآخر الأخبار\n" + "افتتاح مكتبة جديدة في " * 20_000
    yield "datelines.txt", _TEXT + "الثورة – حلب – محمد:\n" * 20_000
    yield "dates.txt", _TEXT + "14 تموز 2025 " * 50_000
    yield "digits.txt", _TEXT + "٣" * 1_000_000
    yield "quotes.txt", _TEXT + "«نص" * 300_000
    yield "quotation-marks.txt", _TEXT + '"' * 1_000_000
    yield "spaces.txt", _TEXT + "ك" + " " * 4_000_000 + "ك"
    yield "breaks.txt", _TEXT + "\n" * 4_000_000 + "ك"
    yield "returns.txt", _TEXT + "\r" * 4_000_000 + "ك"
    yield "marks.txt", _TEXT + "ك" + "\u064b" * 1_000_000
    yield "marks-apart.txt", _TEXT + "ك" + "\u0651\u064b" * 700_000
    yield "tatweel.txt", _TEXT + "ك" + "\u0640" * 1_000_000
    yield "joiners.txt", _TEXT + "\u200d\u200c" * 700_000
    yield "ligatures.txt", _TEXT + _LIGATURE * 1_400_000
    yield "ligature-headline.txt", _LIGATURE * 400_000 + "\n\n" + _WORD
    yield "presentation.txt", _TEXT + "\ufef5\ufedf " * 400_000
    yield "decomposing.txt", _TEXT + "\U0001d160" * 1_000_000
    yield "bidi.txt", _TEXT + "\u202e\u2066" * 700_000
    yield "references.txt", _TEXT + "&#1575;" * 200_000
    yield "ampersands.txt", _TEXT + "&amp;" * 300_000
    yield "emoji.txt", _TEXT + "\U0001f600 " * 700_000
    yield "hashtags.txt", _TEXT + "#كلمة_كلمة " * 100_000
    yield "mojibake.txt", _TEXT + (_WORD * 99_000).encode().decode("latin-1")
    yield "windows-1256.txt", (_TEXT + _WORD * 299_000).encode("windows-1256")
    yield "utf-16.txt", (_TEXT + _WORD * 299_000).encode("utf-16")
    yield "half-characters.txt", (_TEXT + _WORD * 9) + "\ud800" * 100_000
    yield "front-matter.txt", "---\n" + "title: x\n" * 2_200 + "---\n" + _TEXT + _WORD
    yield "open-front-matter.txt", "---\na: x\n" + "b: x\n" * 300_000
    yield "dashes.txt", "---\n" * 400_000


def _pages() -> Iterator[tuple[str, str | bytes]]:
    yield "tags.html", _PAGE + "<p>نص طويل <b>هنا</b></p>" * 2_950
    yield "breaks.html", _PAGE + "<p>" + (_WORD * 5 + "<br>") * 11_900
    yield "paragraphs.html", _PAGE + f"<p>{_WORD * 12}</p>" * 5_900
    yield "links.html", _PAGE + "<a href=x>رابط خبر آخر</a> " * 5_900
    yield "list.html", _PAGE + "<ul>" + "<li><a href=x>رابط خبر آخر هنا</a>" * 5_900
    yield "cells.html", _PAGE + "<table>" + "<tr><td>كلمة</td><td>2</td></tr>" * 1_950
    yield "nested.html", _PAGE + "<div>" * 11_900 + "نص"
    yield "nested-tables.html", _PAGE + "<table><tr><td>" * 3_900 + "نص"
    yield "nested-inline.html", _PAGE + "<p>" + "<b>" * 11_900 + _WORD * 30
    yield "unclosed.html", _PAGE + "</div>" * 11_900 + f"<p>{_WORD * 30}"
    yield "attributes.html", _PAGE + ("<p " + "a=1 " * 1_990 + ">نص</p>") * 49
    yield "long-attribute.html", _PAGE + f'<p title="{"ا" * (3 * _MIB)}">{_WORD * 30}</p>'
    yield "styles.html", _PAGE + f'<p style="{"a:b;" * 300}">{_WORD * 9}</p>' * 2_000
    yield "long-tag.html", _PAGE + "<p " + "a" * (4 * _MIB) + ">نص</p>"
    yield "text.html", _PAGE + "<p>" + _WORD * 139_000
    yield "references.html", _PAGE + "<p>" + "&#1575;" * 690_000
    yield "entities.html", _PAGE + "<p>" + "&nbsp;" * 690_000 + _WORD * 30
    yield "comments.html", _PAGE + "<!-- x -->" * 11_900 + f"<p>{_WORD * 30}"
    yield "open-comment.html", _PAGE + f"<p>{_WORD * 30}</p>" + "<!--" * 11_900
    yield "script.html", _PAGE + "<script>" + "x<y;" * 11_900 + f"</script><p>{_WORD * 30}"
    yield "less-than.html", _PAGE + "<p>" + "< " * 11_900 + _WORD * 30
    yield "meta.html", '<meta name="author" content="x">' * 11_900 + _PAGE + f"<p>{_WORD * 30}"
    yield "titles.html", f"<title>{'عنوان | ' * 50_000}</title>" + _PAGE + f"<p>{_WORD * 30}"
    yield "headings.html", _PAGE + "<h2>عنوان الخبر هذا</h2>" * 5_900
    yield "images.html", _PAGE + "<p><img src=a.png>نص</p>" * 3_900
    yield "times.html", _PAGE + "<time datetime=2025-07-14>x</time>" * 5_900 + f"<p>{_WORD * 30}"
    yield "ligatures.html", f"<html><body><h1>{_LIGATURE * 200_000}</h1><p>{_WORD * 30}</p>"
    yield (
        "data.html",
        _PAGE + '<img src="data:image/png;base64,' + "A" * (7 * _MIB) + f'"><p>{_WORD * 9}',
    )
    for name, value in (
        ("json-ld-nested", "[" * 400_000),
        ("json-ld-arrays", "[" + "[]," * 160_000 + "[]]"),
        ("json-ld-keys", json.dumps({"@type": "Article", **{str(i): 1 for i in range(40_000)}})),
        ("json-ld-ligatures", json.dumps({"@type": "Article", "headline": _LIGATURE * 80_000})),
    ):
        script = f'<script type="application/ld+json">{value}</script>'
        yield f"{name}.html", f"<html><body>{script}<h1>عنوان الخبر هذا</h1><p>{_WORD * 30}</p>"


def _feeds() -> Iterator[tuple[str, str | bytes]]:
    yield "items.xml", _FEED + "<item><title>عنوان خبر</title><link>x</link></item>" * 4_900
    yield "articles.xml", _FEED + f"{_ITEM}</item>" * 4_900
    yield "nested.xml", _FEED + "<a>" * 34_000
    yield "categories.xml", _FEED + "<item>" + "<category>x</category>" * 17_000
    yield "links.xml", _FEED + "<item>" + "<link>http://x.example/</link>" * 17_000
    yield "enclosures.xml", _FEED + _ITEM + '<enclosure url="http://x.example/"/>' * 17_000
    wide, half = (" ".join(f'b{i}="1"' for i in range(count)) for count in (90_000, 500))
    yield "attributes.xml", f"{_FEED}{_ITEM}<a {wide}/>"
    yield "attributes-of-many.xml", _FEED + _ITEM + f"<a {half}/>" * 1_000
    names = " ".join(f'xmlns:n{i}="u{i}"' for i in range(90_000))
    yield "namespaces.xml", f"{_FEED}{_ITEM}<a {names}/>"
    yield "long-attribute.xml", _FEED + f'{_ITEM}<a b="{"x" * (7 * _MIB)}"/></item>'
    yield "long-title.xml", _FEED + f"<item><title>{_WORD * 500_000}</title><description>نص"
    yield "long-date.xml", _FEED + f"{_ITEM}<pubDate>{'1 ' * _MIB}</pubDate></item>"
    yield "long-link.xml", _FEED + f"{_ITEM}<link>http://x.example/{'a' * (2 * _MIB)}</link></item>"
    yield "long-author.xml", _FEED + f"{_ITEM}<author>{'ا، ' * 700_000}</author></item>"
    yield "cdata.xml", _FEED + f"<item><title>ع</title><description><![CDATA[{_WORD * 700_000}]]>"
    markup = f"<p>{_WORD}</p>" * 100_000
    yield "markup.xml", _FEED + f"<item><title>ع</title><description><![CDATA[{markup}]]>"
    nested = "&lt;div&gt;" * 100_000
    yield "markup-nested.xml", _FEED + f"<item><title>ع</title><description>{nested}&lt;p&gt;x"
    wide = f"&lt;p {'a=1 ' * 100_000}&gt;نص&lt;/p&gt;"
    yield "markup-attributes.xml", _FEED + f"<item><title>ع</title><description>{wide}"
    yield "ligatures.xml", _FEED + f"<item><title>{_LIGATURE * 500_000}</title><description>نص"
    yield "references.xml", _FEED + f"<item><title>ع</title><description>{'&#1575;' * 500_000}"
    yield "angle-brackets.xml", _FEED + _ITEM + "> " * 2_000_000
    yield "instructions.xml", _FEED + _ITEM + "<?x y?>" * 34_000
    yield "comments.xml", _FEED + _ITEM + "<!-- x -->" * 34_000
    yield (
        "atom.xml",
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        + (
            '<entry><title>ع</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
            + "<p>نص</p>" * 15_000
        ),
    )
    entities = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10))
    yield "laughs.xml", f"<!DOCTYPE l [<!ENTITY l0 'l'>{entities}]>{_FEED}<item><title>&l9;"
    late = " " * 3_000 + f"<!DOCTYPE l [<!ENTITY l0 'l'>{entities}]>{_FEED}<item><title>&l9;"
    yield "late-laughs.xml", late
    yield "outside.xml", f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>{_FEED}&x;"


def _records() -> Iterator[tuple[str, str | bytes]]:
    def record(**fields: object) -> str:
        return json.dumps({"title": "عنوان الخبر", "text": "نص الخبر.", **fields})

    yield "arrays.json", b"[" + b"[]," * (2 * _MIB) + b"[]]"
    yield "objects.json", b"[" + b'{"a":1},' * 900_000 + b"{}]"
    yield "deep.json", b"[" * (4 * _MIB)
    yield "deep-objects.json", b'{"a":' * (1 * _MIB)
    yield "deep-field.json", '{"title":"ت","text":"ن","tags":' + "[" * 900 + "]" * 900 + "}"
    yield "number.json", '{"title":"ت","text":"ن","id":' + "9" * (5 * _MIB) + "}"
    yield "exponent.json", '{"title":"ت","text":"ن","date":1e999999999}'
    yield "numbers.json", b"[" + b"1," * (4 * _MIB - 2) + b"1]"
    yield "keys.json", record(**{f"key{i}": 1 for i in range(500_000)})
    yield "same-keys.json", '{"title":"ت","text":"نص",' + '"a":1,' * _MIB + '"a":1}'
    yield "long-key.json", record(**{"k" * (7 * _MIB): 1})
    yield "tags.json", record(tags=["x"] * 500_000)
    yield "long-tags.json", record(tags="ا،" * 500_000)
    yield "authors.json", record(author=[{"name": "ا"}] * 300_000)
    yield "long-title.json", record(title="ك" * 500_000)
    yield "ligature-title.json", record(title=_LIGATURE * 500_000)
    fields = dict.fromkeys(("author", "section", "source", "summary", "tags"), _LIGATURE * 200_000)
    yield "ligature-fields.json", record(**fields)
    yield "long-source.json", record(source="ك" * 700_000)
    yield "long-date.json", record(date="1" * (2 * _MIB))
    yield "long-address.json", record(url="https://x.example/" + "a" * (2 * _MIB))
    yield "half-characters.json", record(title="عنوان \ud800 خبر", url="https://x.example/\udfff")
    yield "escapes.json", '{"title":"ت","text":"' + "\\u0627" * 900_000 + '"}'
    yield "markup.json", record(text="<p>x</p>" * 300_000)
    yield "text-list.json", record(text=["ك"] * 700_000)
    yield "values.jsonl", b"7\n" * (30 * _MIB)
    yield "empty-lines.jsonl", b'{"a":1}\n' + b"\n" * (60 * _MIB)
    yield "braces.jsonl", b"{\n" * (30 * _MIB)
    yield "untitled.jsonl", b'{"text":"x"}\n' * 400_000


def _markdown() -> Iterator[tuple[str, str | bytes]]:
    yield "brackets.md", "[" * 19_900
    yield "emphasis.md", "*a_ " * 9_900
    yield "stars.md", "**a " * 9_900
    yield "quotes.md", "> " * 19_900 + "x"
    yield "section.md", "عنوان\n\n<![ x"
    yield "list.md", "- x\n" * 6_600
    yield "nested-list.md", "".join(f"{' ' * i}- x\n" for i in range(1_300))
    yield "backticks.md", "".join("`" * i + " " for i in range(190))
    yield "links.md", "[a](b) " * 3_900
    yield "references.md", "[a]: b\n" * 3_900 + "[a] " * 900
    yield "table.md", "|a" * 1_900 + "|\n" + "|-" * 1_900 + "|\n" + "|x" * 1_900 + "|\n"
    yield "html.md", "<a b=c>" * 4_900
    yield "words.md", "# عنوان الخبر هنا\n\n" + _WORD * 115_000
    yield "ligatures.md", f"# عنوان الخبر هنا\n\n{_LIGATURE * 340_000}"


def _sidecars() -> Iterator[tuple[str, str]]:
    rows = (f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)}, ' * 9}]" for i in range(12))
    yield "aliases.txt", "a: &a [x]\n" + "\n".join(rows)
    yield "alias-tags.txt", "tags: &a [x]\nauthors: *a\n"
    laughs = "\n".join(f"- &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))
    yield "laughing-tags.txt", f"tags:\n- &a0 [x]\n{laughs}\n"
    yield "laughing-date.txt", f"date:\n- &a0 [x]\n{laughs}\n"
    yield "merges.txt", "a: &a {b: c}\nd: {<<: *a}\n"
    yield "brackets-in-yaml.txt", "title: " + "[" * 16_000
    yield "braces-in-yaml.txt", "title: " + "{a: " * 4_000
    yield "dashes-in-yaml.txt", "- " * 8_000
    yield "keys.txt", "a: x\n" * 3_000
    yield "different-keys.txt", "".join(f"k{i}: x\n" for i in range(1_600))
    yield "long-sidecar.txt", "title: x\n" * 200_000
    yield "long-value.txt", "title: " + "ك" * 7_900
    yield "quoted-value.txt", 'title: "' + "\\u0627" * 2_500 + '"'
    yield "anchors.txt", "".join(f"k{i}: &k{i} x\n" for i in range(1_200))
    yield "questions.txt", "? " * 8_000


def _archives() -> Iterator[tuple[str, Make]]:
    def zipped(part: bytes, count: int) -> Make:
        def make(path: Path) -> None:
            with gzip.open(path, "wb") as file:
                for _ in range(count):
                    file.write(part)

        return make

    member = gzip.compress(_WORD.encode())
    nested = (_TEXT + _WORD * 30).encode()
    for _ in range(50):
        nested = gzip.compress(nested)
    yield "bomb.txt.gz", zipped(b"\0" * _MIB, 200)
    yield "bomb.jsonl.gz", zipped(b"[]\n" * (_MIB // 3), 200)
    yield "bomb.warc.gz", zipped(b"W" * _MIB, 200)
    yield "fits.jsonl.gz", zipped(b"7\n" * (_MIB // 2), 63)
    yield "members.txt.gz", _content(gzip.compress(b"") * 400_000)
    yield "members.jsonl.gz", _content(gzip.compress(b'{"a":1}\n') * 60_000)
    yield "filled-members.txt.gz", _content(member * 150_000)
    yield "padded.txt.gz", _content(member + b"\0" * (7 * _MIB))
    yield "nested.txt.gz", _content(nested)
    yield "twice.txt.gz.gz", _content(gzip.compress(member))
    yield "broken.txt.gz", _content(gzip.compress(os.urandom(_MIB))[: _MIB // 2])
    name = b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"n" * (7 * _MIB)
    yield "long-name.txt.gz", _content(name)
    yield "zlib.txt.gz", _content(zlib.compress(b"x"))
    page = f"{_PAGE}<p>{_WORD * 30}</p>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    response = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    yield "page.warc", _content(response % (len(http), http))
    yield (
        "requests.warc",
        _content(b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 900_000),
    )
    yield "headers.warc", _content(b"WARC/1.0\r\n" + b"A: b\r\n" * 5_000_000)
    yield "long-header.warc", _content(b"WARC/1.0\r\nA: " + b"b" * (30 * _MIB))
    yield "lengths.warc", _content(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx" * 1_000)


def _kinds() -> Iterator[tuple[str, Make]]:
    def large(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(100 * _MIB)

    def nested(path: Path) -> None:
        deep = path
        for _ in range(300):
            deep = deep / "d"
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text(_TEXT + _WORD, "utf-8")

    def crowded(path: Path) -> None:
        path.mkdir()
        for number in range(3_000):
            (path / f"{number}.txt").touch()

    def linked(path: Path) -> None:
        path.mkdir()
        (path / "root").symlink_to("/")

    yield "large.txt", large
    yield "large.html", large
    yield "large.warc", large
    yield "fifo.txt", lambda path: os.mkfifo(path)
    yield "loop.txt", lambda path: path.symlink_to(path.name)
    yield "device.txt", lambda path: path.symlink_to("/dev/zero")
    yield "out.txt", lambda path: path.symlink_to("/etc/hostname")
    yield "deep-folder", nested
    yield "crowded-folder", crowded
    yield "root-link", linked
