"""Decoding: what bytes of any encoding become, and what is lost of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mujaz.model import Article
from mujaz.parse.doubts import doubts
from mujaz.read.decoding import UndecodableError, decode

from tests.support import cases, config, prose, understand, write_seeds

_BYTE = re.compile("<([0-9A-F]{2})>")


def as_bytes(text: str, encoding: str) -> bytes:
    """Return `text` in an encoding, with the bytes that it names."""
    parts = _BYTE.split(text)
    texts = [part.encode(encoding) for part in parts[::2]]
    named = [bytes.fromhex(part) for part in parts[1::2]] + [b""]
    return b"".join(part for pair in zip(texts, named, strict=True) for part in pair)


@pytest.mark.parametrize("case", cases("encodings", "decoded"))
def test_decoded(case: dict[str, Any]) -> None:
    data = as_bytes(case["bytes"], case.get("encoding", "utf-8"))
    if "text" in case:
        assert decode(data, case.get("declared")) == case["text"]
    else:
        with pytest.raises(UndecodableError):
            decode(data, case.get("declared"))


def record(title: str, text: str) -> str:
    return json.dumps({"title": title, "text": text}, ensure_ascii=False)


PAGE = "<html><head><meta name='description' content='{0}'></head><body><h1>{1}</h1><p>{2}</p>"
FEED = "<rss version='2.0'><channel><item><title>{1}</title><description>{2}</description></item>"


@pytest.mark.parametrize(
    ("name", "text", "lost"),
    [
        ("a.html", PAGE.format("ج<D8>", prose(1, 5), prose(2)), 0),
        ("a.html", PAGE.format("ج", prose(1, 5), "ج<D8>" + prose(2)), 1),
        ("a.xml", FEED.format("", prose(1, 5), prose(2) + "ج<D8>..."), 1),
        ("a.txt", f"{prose(1, 5)} ج<D8> و<D9> \n\n{prose(2)}", 2),
        ("a.json", record(prose(1, 5), prose(2) + "@"), 1),
        ("a.jsonl", record(prose(1, 5), "@" + prose(2)) + "\n{}", 1),
    ],
    ids="meta page feed text json jsonl".split(),
)
def test_what_is_lost_is_a_doubt(name: str, text: str, lost: int, tmp_path: Path) -> None:
    write_seeds(tmp_path, {name: as_bytes(text.replace("@", "ج<D8> "), "utf-8")})
    article = understand([tmp_path / name], config(tmp_path))[0]
    assert isinstance(article, Article), article
    reasons = [each.reason for each in doubts(article) if "could not be read" in each.reason]
    assert len(reasons) == bool(lost)
    assert all(str(lost) in reason for reason in reasons)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1256"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_exports_in_any_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    titles = [prose(i, 5) for i in range(2)]
    lines = [record(title, prose(50 + i)) for i, title in enumerate(titles)]
    text = "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]"
    write_seeds(tmp_path, {name: text.encode(encoding)})
    results = understand([tmp_path / name], config(tmp_path))
    assert [isinstance(each, Article) and each.title for each in results] == titles
