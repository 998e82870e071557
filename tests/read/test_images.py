"""Images: only those saved beside a page, only real pictures, and only if an editor allows them."""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from mujaz import pipeline, review
from mujaz.config import Config
from mujaz.errors import MujazError
from mujaz.model import Document, Image
from mujaz.parse import unread_fields
from mujaz.publish.output import fonts
from mujaz.publish.output.images import write_images
from mujaz.read.images import with_images

from tests.support import cases, config, contents, prose, read_folder, still

TITLE = "افتتاح مكتبة عامة في حي السوق القديم"
PAGE = "pages/page.html"


def png(width: int, height: int, more: bytes = b"") -> bytes:
    """Return a PNG of that size, or what says so of itself."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 1) * height)) if width * height < 10**6 else b""
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts + more


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0" + frame + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


FILES = {
    "secret.png": png(300, 200),
    "pages/photo.png": png(640, 360),
    "pages/page_files/photo.jpg": jpeg(640, 361),
    "pages/صورة 1.png": png(640, 362),
    "pages/photo.gif": gif(640, 363),
    "pages/photo.webp": webp(640, 364),
    "pages/really-a-png.jpg": png(640, 365),
    "pages/drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "pages/drawing.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "pages/page.png": b"<!doctype html><body><script>1</script>",
    "pages/empty.png": b"",
    "pages/broken.png": b"\x89PNG\r\n\x1a\n",
    "pages/broken.jpg": b"\xff\xd8\xff\xe0\xff",
    "pages/counter.gif": gif(1, 1),
    "pages/bomb.png": png(9_999, 9_999),
    "pages/ribbon.png": png(20_000, 200),
    "pages/heavy.png": png(640, 360, b"\0" * 2_100_000),
}


def html(*images: str) -> str:
    """Return a page of an article with `images`, as HTML, between its paragraphs."""
    text = [f"<p>{prose(i)}</p>" for i in range(1, 5)]
    return (
        f"<!doctype html><title>{TITLE}</title><body><nav><img src='photo.gif'>"
        f"</nav><main><article><h1>{TITLE}</h1>{text[0]}{text[1]}{''.join(images)}{text[2]}{text[3]}"
        "</article></main><footer><img src='photo.webp'></footer>"
    )


def named(source: str) -> str:
    return f'<img src="{source}" alt="قاعة المطالعة">'


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "photo.jpg").write_bytes(jpeg(640, 480))
    (folder / "pages" / "out.png").symlink_to(outside / "photo.jpg")
    (folder / "pages" / "link.png").symlink_to("photo.png")
    (folder / "pages" / "linked").symlink_to(outside)
    os.mkfifo(folder / "pages" / "pipe.png")
    return folder


def document(seeds: Path, text: str) -> Document:
    """Return what is read of a page with `text`, its images looked for."""
    (seeds / PAGE).write_text(text, "utf-8")
    found = next(each for each in read_folder(seeds) if each.file == PAGE)
    assert isinstance(found, Document)
    return with_images(found, seeds)


@pytest.mark.parametrize("case", cases("images", "image_cases"))
def test_what_is_published(case: dict[str, Any], seeds: Path) -> None:
    found = document(seeds, html(named(case["src"])))
    assert [image.file for image in found.images] == ([case["file"]] if "file" in case else [])
    assert len(found.faults) == ("fault" in case)
    assert all(case["fault"] in fault for fault in found.faults)
    assert [each.reason for each in unread_fields(found)] == list(found.faults)
    for image in found.images:
        assert image.width == 640
        assert re.fullmatch(r"[0-9a-f]{16}\.(jpg|png|gif|webp)", image.name)
        assert image.after.endswith(prose(2))


def test_an_image_is_one_where_the_text_is_and_nowhere_else(seeds: Path) -> None:
    assert not document(seeds, html()).images
    linked = f"<p><a href='x.html'><b>{named('photo.png')}</b></a></p>"
    assert [each.file for each in document(seeds, html(linked)).images] == ["pages/photo.png"]
    aside = f"<aside>{named('photo.png')}</aside>"
    assert not document(seeds, html(aside)).images
    hidden = f"<div hidden>{named('photo.png')}</div><noscript>{named('photo.png')}</noscript>"
    assert not document(seeds, html(hidden)).images
    many = "".join(named("photo.png") for _ in range(5_000))
    assert len(document(seeds, html(many)).images) == 29  # one of those looked at is in the menu


def allowed(seeds: Path, folder: Path, images: bool = True) -> Config:
    return config(folder, seeds=seeds, images=images, site_url="https://x.example/news/")


@pytest.fixture(autouse=True)
def without_fonts_and_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "subset_fonts", lambda folder: ())
    monkeypatch.setattr("mujaz.read.image_decoding.can_decode", lambda: False)


def article(folder: Path) -> str:
    [path] = (folder / "pages" / "articles").glob("*.md")
    return path.read_text("utf-8")


def test_an_article_shows_its_images_sized_and_lazily(seeds: Path, tmp_path: Path) -> None:
    alt, caption = 'قاعة "المطالعة" <b>{{ x }}</b>', "الأطفال [في](x) قاعتهم & *كتبهم*"
    shown = f"<figure><img src='photo.png' alt='{alt}'><figcaption>{caption}</figcaption></figure>"
    (seeds / PAGE).write_text(html(shown.replace("& ", "&amp; ")), "utf-8")
    report = pipeline.update_pages(allowed(seeds, tmp_path), still())
    assert report.published == 1
    assert "pages/photo.png" not in {problem.file for problem in report.problems}
    assert "pages/photo.gif" in {problem.file for problem in report.problems}
    assert [each.hint for each in report.doubts if each.file == "mkdocs.yml"] == [
        "to make them small, install Pillow: pip install 'mujaz[images]'"
    ]
    body = article(tmp_path).split("\n---\n")[1]
    figure = re.search("^<figure>(.*)</figure>$", body, re.MULTILINE)
    assert figure
    image = re.match(r'<img src="\.\./\.\./assets/pictures/([^"]+)" alt="([^"]*)" ', figure[1])
    assert image
    assert unescape(image[2]) == alt
    assert ' width="640" height="360" loading="lazy" decoding="async">' in figure[1]
    told = re.search("<figcaption>(.*)</figcaption>", figure[1])
    assert told
    assert unescape(told[1]) == "الأطفال [في](x) قاعتهم & *كتبهم*"
    assert not {"{", "[", "*", "`"} & set(image[2] + told[1])
    published = tmp_path / "pages" / "assets" / "pictures" / image[1]
    assert published.read_bytes() == FILES["pages/photo.png"]
    address = f"https://x.example/news/assets/pictures/{image[1]}"
    head = yaml.safe_load(article(tmp_path).split("---\n")[1])["mujaz"]
    assert head["image"] == address
    assert json.loads(head["json_ld"])["@graph"][0]["image"] == [address]
    assert pipeline.update_pages(allowed(seeds, tmp_path), still()).pages_written == 0


def test_a_picture_leaves_with_its_article(seeds: Path, tmp_path: Path) -> None:
    (seeds / PAGE).write_text(html(named("photo.png"), named("missing.png")), "utf-8")
    pipeline.update_pages(allowed(seeds, tmp_path), still())
    folder = tmp_path / "pages" / "assets" / "pictures"
    (folder / "by-hand.png").write_bytes(b"")
    assert len(list(folder.iterdir())) == 2
    doubts = review.check(allowed(seeds, tmp_path), still()).doubts
    assert [each.file for each in doubts if "missing.png" in each.reason] == [PAGE]
    (seeds / PAGE).unlink()
    pipeline.update_pages(allowed(seeds, tmp_path), still())
    assert [path.name for path in folder.iterdir()] == ["by-hand.png"]


def test_unless_an_editor_allows_them_pages_are_as_without(seeds: Path, tmp_path: Path) -> None:
    found = []
    for number, page in enumerate((html(named("photo.png")), html())):
        (seeds / PAGE).write_text(page, "utf-8")
        pipeline.update_pages(allowed(seeds, tmp_path / str(number), images=False), still())
        found.append(contents(tmp_path / str(number) / "pages"))
    assert found[0] == found[1]


def test_a_picture_that_vanishes_is_named(tmp_path: Path) -> None:
    image = replace(Image("x.png", "", "", ""), file="x.png", name="0123456789abcdef.png")
    with pytest.raises(MujazError, match=r"x\.png: cannot be copied"):
        write_images([image], tmp_path, tmp_path, "pictures")
    assert not list((tmp_path / "pictures").iterdir())
