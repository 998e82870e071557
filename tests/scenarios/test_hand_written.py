"""Files written by hand among the pages: a build never replaces one, and never removes one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from mujaz import pipeline
from mujaz.config import Config
from mujaz.errors import ConfigError
from mujaz.publish import LEDGER, read_ledger
from mujaz.publish.output.assets import FONT_FILES, FONT_STAMP
from mujaz.publish.output.fonts import subset_fonts

from tests.support import config, contents, raw, still, write_seeds

BY_HAND = "يدوي\n"
PLACES = (
    *("index.md", "tags/index.md", "search.md", "feed.xml", "feed.json", "opensearch.xml"),
    *(
        "digest/index.md",
        "people/index.md",
        "archive/2025-07.md",
        "digest/2025-07-14.md",
    ),
    *("assets/mujaz.css", "search/stems.json", "assets/fonts/plex-arabic-bold.woff2"),
    *("search/names.json", "search/shards.json", "search/stems.json.gz"),
)


@pytest.fixture
def site(tmp_path: Path) -> Config:
    seeds = {f"2025-07-1{i}.txt": raw(i) for i in range(4, 7)}
    write_seeds(tmp_path / "seeds", seeds)
    write_seeds(tmp_path / "theme", {"assets/mujaz.css": "a { color: red }\n"})
    write_seeds(tmp_path / "pages", {"about.md": "# عن الموقع\n"})
    return config(tmp_path, site_url="https://mujaz.example/", theme=(tmp_path / "theme",))


def run(site: Config) -> None:
    pipeline.update_pages(site, still())


def test_each_of_our_places_is_refused_to_us(site: Config) -> None:
    write_seeds(site.out, dict.fromkeys(PLACES, BY_HAND))
    before = contents(site.out)
    with pytest.raises(ConfigError) as raised:
        run(site)
    message = str(raised.value)
    assert [place for place in PLACES if str(site.out / place) not in message] == []
    assert "about.md" not in message
    assert contents(site.out) == before
    for place in PLACES:
        (site.out / place).unlink()
    run(site)
    after = contents(site.out)
    assert after.keys() >= {*PLACES, "about.md"}
    assert BY_HAND.encode() not in after.values()


def test_what_is_written_is_listed(site: Config) -> None:
    run(site)
    listed = read_ledger(site.out) or set()
    shards = {path for path in contents(site.out) if path.startswith("search/index/")}
    assert contents(site.out).keys() - listed - shards == {"about.md", LEDGER, FONT_STAMP}
    assert listed <= contents(site.out).keys()


def test_names_of_fonts(tmp_path: Path) -> None:
    subset_fonts(tmp_path / "assets" / "fonts")
    assert contents(tmp_path).keys() == {*FONT_FILES, FONT_STAMP}


@pytest.mark.parametrize("lost", [[LEDGER], [".mujaz-cache"], [LEDGER, ".mujaz-cache"]])
def test_whatever_is_lost_the_same_articles_give_the_same_pages(
    lost: list[str], site: Config
) -> None:
    run(site)
    before = contents(site.out)
    for name in lost:
        if name == LEDGER:
            (site.out / LEDGER).unlink()
        else:
            shutil.rmtree(site.cache)
    run(site)
    assert contents(site.out) == before


@pytest.mark.parametrize("page_size", [40, 5])
@pytest.mark.parametrize("lost", [LEDGER, ".mujaz-cache"])
def test_one_loss_and_news(lost: str, page_size: int, site: Config) -> None:
    run(site)
    site = replace(site, page_size=page_size)
    if lost == LEDGER:
        (site.out / LEDGER).unlink()
    else:
        shutil.rmtree(site.cache)
    write_seeds(site.seeds, {"2025-07-20.txt": raw(20)})
    (site.seeds / "2025-07-14.txt").unlink()
    run(site)
    after = contents(site.out)
    shutil.rmtree(site.out)
    shutil.rmtree(site.cache)
    write_seeds(site.out, {"about.md": "# عن الموقع\n"})
    run(site)
    assert after == contents(site.out)


def test_what_lies_beside_ours_stays(site: Config) -> None:
    run(site)
    notes = {
        path: BY_HAND.encode()
        for path in (
            *("search/index/notes.txt", "search/index/more/notes.txt", "search/notes.txt"),
            *("articles/note.md", "assets/own.css", "assets/pictures/0123456789abcdef.png"),
            *("tags/note.md", "feed.rss"),
        )
    }
    write_seeds(site.out, notes)
    write_seeds(site.seeds, {"2025-07-20.txt": raw(20)})
    for path in site.seeds.glob("*-14.txt"):
        path.unlink()
    run(site)
    assert notes.items() <= contents(site.out).items()
    without_search = config(site.seeds.parent, site_url=site.site_url, search=False)
    run(without_search)
    left = contents(site.out)
    assert notes.items() <= left.items()
    ours = {path for path in left if path.startswith("search")}
    assert ours == {path for path in notes if path.startswith("search")}


def test_without_search_its_places_are_free(site: Config) -> None:
    places = {path: BY_HAND.encode() for path in PLACES if path.startswith("search")}
    write_seeds(site.out, places)
    run(config(site.seeds.parent, search=False))
    assert places.items() <= contents(site.out).items()


def test_a_run_that_was_killed_is_taken_up(site: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mujaz.pages_update.write_images", killed)
    with pytest.raises(KeyboardInterrupt):
        run(site)
    monkeypatch.undo()
    write_seeds(site.seeds, {"2025-07-20.txt": raw(20)})
    run(site)
    assert "about.md" in contents(site.out)
