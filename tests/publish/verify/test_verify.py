"""A finished site is what was published, and its links lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mujaz.cli import main
from mujaz.errors import ConfigError
from mujaz.publish.output.site_folder import SiteFolder
from mujaz.publish.verify import broken_links, verify_site
from mujaz.state.site_record import MARK

from tests.support import write_seeds

SITE = {
    "index.html": '<a href="a/">أ</a><img src="x.png">',
    "a/index.html": '<h2 id="جزء">ج</h2><a href="../">ر</a>',
    "x.png": "x",
    "404.html": '<a href="/a/">أ</a>',
}


def publish(folder: Path, files: Mapping[str, str]) -> Path:
    site = SiteFolder(folder / "site", folder / "record")
    tree = site.begin()
    site.publish(tree, {path: tree.write(path, text.encode()) for path, text in files.items()})
    return folder / "site"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ('<a href="a/">', None),
        ('<a href="a">', None),
        ('<a href="a/index.html">', None),
        ('<a href="a/?q=x#%D8%AC%D8%B2%D8%A1">', None),
        ('<a href="a/#جزء">', None),
        ('<a href="#top">', None),
        ('<a href="https://elsewhere.example/nowhere">', None),
        ('<a href="mailto:a@b.example">', None),
        ('<a href="https://site.example/sub/a/">', None),
        ('<a href="/sub/a/">', None),
        ('<img srcset="x.png 1x, x.png 2x">', None),
        ('<meta http-equiv="refresh" content="0; url=a/">', None),
        ('<a href="b/">', "links to b/, which is not there"),
        ('<a href="a/#no">', "links to a/#no, but that page has no such place"),
        ('<a href="https://site.example/sub/b/">', "which is not there"),
        ('<a href="/sub/b">', "which is not there"),
        ('<a href="../../b/">', None),
        ('<img src="y.png">', "which is not there"),
        ('<img srcset="x.png 1x, y.png 2x">', "links to y.png"),
        ('<script src="y.js"></script>', "which is not there"),
        ('<link rel="stylesheet" href="y.css">', "which is not there"),
        ('<meta http-equiv="refresh" content="0; url=b/">', "links to b/"),
        ('<form action="b/">', "which is not there"),
    ],
)
def test_links(page: str, reason: str | None, tmp_path: Path) -> None:
    write_seeds(tmp_path, {**SITE, "index.html": page})
    faults = [
        *broken_links(
            tmp_path,
            ["index.html"],
            lambda path: (tmp_path / path).is_file(),
            "https://site.example/sub/",
        )
    ]
    assert [fault.file for fault in faults] == (["index.html"] if reason else [])
    assert all(reason and reason in fault.reason for fault in faults)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.css", "@font-face{src:url(missing.woff2)}"),
        ("sitemap.xml", "<loc>https://site.example/missing/</loc>"),
        ("feed.json", '{"url": "https://site.example/missing/"}'),
    ],
)
def test_other_files_have_links_too(path: str, text: str, tmp_path: Path) -> None:
    write_seeds(tmp_path, {path: text})
    assert list(broken_links(tmp_path, [path], lambda path: False, "https://site.example/"))


@pytest.mark.parametrize(
    ("damage", "faults"),
    [
        (lambda site: None, []),
        (lambda site: (site / "CNAME").write_text("x"), []),
        (lambda site: (site / "404.html").write_text("x"), ["404.html: was changed"]),
        (
            lambda site: (site / "x.png").unlink(),
            ["x.png: is missing", "index.html: links to x.png, which is not there"],
        ),
    ],
    ids=["sound", "foreign file", "changed", "missing"],
)
def test_verify(damage: Callable[[Path], object], faults: list[str], tmp_path: Path) -> None:
    site = publish(tmp_path, SITE)
    damage(site)
    verification = verify_site(site)
    assert [f"{each.file}: {each.reason}" for each in verification.faults] == faults
    assert verification.files == len(SITE)
    assert verification.foreign == (site / "CNAME").exists()
    with pytest.raises(SystemExit) as ended:
        main(["verify", "--site-dir", str(site)])
    assert ended.value.code == (1 if faults else 0)


def test_a_folder_without_a_listing_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no site that mujaz made"):
        verify_site(tmp_path)
    site = publish(tmp_path, SITE)
    (site / MARK).write_bytes((site / MARK).read_bytes()[:-5])
    with pytest.raises(ConfigError, match="listing is lost"):
        verify_site(site)
