"""The fast renderer is held to MkDocs, byte for byte, whatever changes between two builds."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mujaz.compose import page_text
from mujaz.config import load
from mujaz.errors import RenderError
from mujaz.publish.output.site_folder import NextSite, SiteFolder
from mujaz.publish.render import parallel, render_site
from mujaz.publish.render.manifest import Manifest
from mujaz.state import fingerprint
from mujaz.state.site_record import MARK

from benchmarks import corpus
from tests.conftest import copy_project, run_mujaz
from tests.scenarios.test_hostile import _attacks
from tests.support import contents, write_pages, write_seeds

Change = Callable[[Path], None]


def oracle(folder: Path) -> dict[str, bytes]:
    """Return the site that MkDocs makes, by path."""
    whole = folder / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    config = load_config(
        str(folder / "mkdocs.yml"), docs_dir=str(folder / "site_src"), site_dir=str(whole)
    )
    plugin = config.plugins.get("mujaz")
    assert plugin is not None
    plugin.pages_are_ready = True
    build(config)
    found = contents(whole)
    shutil.rmtree(whole)
    return found


def fast(folder: Path, changed: frozenset[str] | None = None, strict: bool = False) -> None:
    render_site(folder / "mkdocs.yml", folder / "site_src", folder / "site", strict, changed)


_LEFT_OUT = ("economy", "environment", "local", "society", "technology")
"""Folders of the sample that single cases do without."""


def check(folder: Path, changed: frozenset[str] | None = None) -> None:
    """Build, and compare the whole tree."""
    fast(folder, changed)
    made, wanted = contents(folder / "site"), oracle(folder)
    assert sorted(made) == sorted(wanted)
    assert not [path for path in wanted if made[path] != wanted[path]]
    trees = {path.name for path in (folder / ".site.mujaz").iterdir()}
    assert trees <= {".made-by-mujaz", "spare"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a part of the sample, built by both roads and found equal: MkDocs takes long."""
    small = copy_project(tmp_path_factory.mktemp("small"))
    for name in _LEFT_OUT:
        shutil.rmtree(small / "seeds" / name)
    run_mujaz(small, "build")
    folder = tmp_path_factory.mktemp("render") / "sample"
    _copy_site(small, folder)
    check(folder)
    return folder


def test_the_whole_sample_is_that_of_mkdocs(project: Path, tmp_path: Path) -> None:
    _copy_site(project, tmp_path / "whole")
    check(tmp_path / "whole")


def _copy_site(project: Path, folder: Path) -> None:
    for name in ("mkdocs.yml", "theme_overrides", "site_src"):
        source = project / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, _made(folder) / name)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Path:
    """A copy of the built sample site, for one test to change."""
    folder = tmp_path / "site"
    shutil.copytree(sample, folder)
    fast(folder)  # what lies elsewhere is another site
    return folder


def articles(folder: Path) -> list[Path]:
    return sorted((folder / "site_src" / "articles").glob("*.md"))


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def edit(folder: Path) -> None:
    page = articles(folder)[3]
    swap(page, "\n---\n\n", "\n---\n\nفقرة جديدة&#58; فيها «جديد» &#38; قديم.\n\n")
    swap(page, "title: ", "title: عاجل <b>& جدا ")


def edit_date(folder: Path) -> None:
    page = next(page for page in articles(folder) if "date_iso" in page.read_text("utf-8"))
    text = page.read_text("utf-8")
    day = text.split("date_iso: '")[1][:10]
    page.write_text(text.replace(f"date_iso: '{day}'", "date_iso: '2031-01-02'"), "utf-8")


def add(folder: Path) -> None:
    text = articles(folder)[0].read_text("utf-8")
    (folder / "site_src" / "articles" / "جديد-1.md").write_text(text, "utf-8")


def add_where_it_was_missed(folder: Path) -> None:
    """A page comes that others linked to in vain."""
    remove(folder)
    fast(folder)
    shutil.copy(articles(folder)[0], folder / "site_src" / "articles" / REMOVED[-1])


REMOVED: list[str] = []


def remove(folder: Path) -> None:
    """Remove an article that other pages lead to."""
    page = articles(folder)[5]
    others = (folder / "site_src" / "archive").rglob("*.md")
    assert any(page.name in other.read_text("utf-8") for other in others)
    REMOVED.append(page.name)
    page.unlink()


def rename(folder: Path) -> None:
    page = articles(folder)[7]
    page.rename(page.with_name("باسم-آخر.md"))


def mangle(folder: Path) -> None:
    """An article turns into what only MkDocs can read."""
    swap(articles(folder)[4], "\n---\n\n", "\n---\n\n| أ | ب |\n|---|---|\n| 1 | `2` |\n\n")


def by_hand(folder: Path) -> None:
    page = folder / "site_src" / "about.md"
    page.write_text(page.read_text("utf-8") + "\n[الرئيسية](index.md) *جديد*\n", "utf-8")


def by_hand_new(folder: Path) -> None:
    (folder / "site_src" / "terms.md").write_text("# شروط\n\n[عن](about.md#من) نص\n", "utf-8")


def asset(folder: Path) -> None:
    (folder / "site_src" / "assets" / "favicon.svg").write_text("<svg/>")
    (folder / "site_src" / "assets" / "new.txt").write_text("جديد")
    (folder / "site_src" / "feed.json").unlink()


def configuration(folder: Path) -> None:
    swap(folder / "mkdocs.yml", "site_name: ", "site_name: <صحيفة> ")
    swap(
        folder / "mkdocs.yml",
        "- عن موجز: about.md",
        "- عن: about.md\n  - باب:\n    - س: tags/index.md",
    )


def extension(folder: Path) -> None:
    swap(folder / "mkdocs.yml", "markdown_extensions:\n", "markdown_extensions:\n  - footnotes\n")


def template(folder: Path) -> None:
    text = (
        "<aside>{{ page.meta.slug|e }}{% if page.meta.tags %}{{ page.meta.tags|length }}{% endif %}"
    )
    swap(folder / "theme_overrides" / "article.html", "<article>", f"{text}</aside><article>")


def style(folder: Path) -> None:
    (folder / "theme_overrides" / "assets" / "mujaz.css").write_text("a{}")


def site_map_template(folder: Path) -> None:
    swap(
        folder / "theme_overrides" / "sitemap.xml", "</loc>", "</loc><n>{{ file.page.title|e }}</n>"
    )


def site_map_of_others(folder: Path) -> None:
    swap(folder / "theme_overrides" / "sitemap.xml", "</loc>", "</loc><n>{{ loop.index }}</n>")


CHANGES: list[Change] = [
    *(edit, edit_date, add, add_where_it_was_missed, remove, rename, mangle),
    *(by_hand, by_hand_new, asset),
    *(configuration, extension, template, style, site_map_template, site_map_of_others),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_site_is_that_of_mkdocs_after(change: Change, site: Path) -> None:
    change(site)
    check(site)
    before = stamps(site / "site")
    check(site, frozenset())
    if change not in (extension, site_map_of_others):  # those are left to MkDocs as a whole
        assert stamps(site / "site") == before


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {name: (folder / name).stat() for name in contents(folder)}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def test_a_change_touches_its_own_files_alone(site: Path) -> None:
    before = stamps(site / "site")
    page = articles(site)[3]
    swap(page, "\n---\n\n", "\n---\n\nفقرة جديدة.\n\n")
    check(site, frozenset({f"articles/{page.name}"}))
    after = stamps(site / "site")
    assert [name for name in after if after[name] != before[name]] == [
        f"articles/{page.stem}/index.html"
    ]


def test_a_rename_and_an_addition_are_passed_on(site: Path) -> None:
    old = {f"articles/{page.name}" for page in articles(site)}
    rename(site)
    add(site)
    new = {f"articles/{page.name}" for page in articles(site)}
    check(site, frozenset(old ^ new))


def test_another_version_makes_new_templates(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "_installed_libraries", lambda: "mkdocs_material-99")
    traced = spy(monkeypatch)
    check(site)
    assert traced
    traced.clear()
    check(site)
    assert not traced


def spy(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    from mujaz.publish.render.mkdocs_bridge.template_runs import Tracer

    traced: list[object] = []
    real = Tracer.trace

    def trace(self: Tracer, key: object, data: object) -> object:
        traced.append(key)
        return real(self, key, data)  # type: ignore[arg-type]

    monkeypatch.setattr(Tracer, "trace", trace)
    return traced


class Killed(BaseException):
    """As if the process had been ended here."""


@pytest.mark.parametrize("after", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("place", ["write", "publish", "record", "commit"])
def test_a_build_that_is_killed_is_mended(
    place: str, after: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for change in (edit, remove, add, by_hand):
        change(site)
    wanted = oracle(site)
    names = [*(page.name for page in articles(site)), REMOVED[-1]]
    changed = frozenset({"about.md", *(f"articles/{name}" for name in names)})
    where: object = {"write": NextSite, "publish": SiteFolder}.get(place, Manifest)
    real = getattr(where, place)
    calls = iter(range(100))

    def killed(*args: object) -> object:
        if next(calls) == after:
            raise Killed
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(where, place, killed)
        with contextlib.suppress(Killed):
            fast(site, changed)
    fast(site, frozenset())
    assert contents(site / "site") == wanted


def test_a_site_that_something_else_made_is_made_anew(site: Path) -> None:
    wanted = contents(site / "site")
    shutil.rmtree(site / "site")
    write_seeds(site / "site", {"index.html": "x", MARK: f"{'0' * 64}  index.html\n"})
    fast(site, frozenset())
    assert contents(site / "site") == wanted


def test_warm_builds_do_without_mkdocs(site: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from mujaz.publish.render import render_site\n"
        "folder = Path(sys.argv[1])\n"
        "render_site(folder / 'mkdocs.yml', folder / 'site_src', folder / 'site')\n"
        "assert not {'mkdocs', 'jinja2', 'markdown'} & {*sys.modules}"
    )
    import subprocess

    edit(site)
    for again in (False, True):
        if again:
            shutil.rmtree(site / "site")
        subprocess.run([sys.executable, "-c", program, str(site)], check=True)
        assert contents(site / "site") == oracle(site)


def test_strict_fails_on_every_build_that_draws_a_warning(site: Path) -> None:
    fast(site, strict=True)
    remove(site)
    told = frozenset({f"articles/{REMOVED[-1]}"})
    for _ in range(2):
        with pytest.raises(RenderError, match="strict mode"):
            fast(site, told, strict=True)
    fast(site)
    good = contents(site / "site")
    with pytest.raises(RenderError, match="strict mode"):
        fast(site, frozenset(), strict=True)
    assert contents(site / "site") == good


def test_a_thousand_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_project(tmp_path)
    config = load(tmp_path / "mkdocs.yml")
    made = {page.path: page_text(page) for page in corpus.pages(1_000, config)}
    write_pages(made, tmp_path / "site_src")
    monkeypatch.setattr(parallel, "_MIN_PARALLEL_PAGES", 500)  # by several processes
    check(tmp_path)
    for change in (edit, edit_date, add, remove, rename, by_hand):
        change(tmp_path)
    check(tmp_path)


def test_hostile_articles(tmp_path: Path) -> None:
    copy_project(tmp_path)
    seeds = {
        f"{number:03}.txt": f"{attack.headline}\n\n{attack.body}\n".encode("utf-8", "surrogatepass")
        for number, attack in enumerate(_attacks())
    }
    shutil.rmtree(tmp_path / "seeds")
    write_seeds(tmp_path / "seeds", seeds)
    from mujaz import pipeline

    pipeline.update_pages(load(tmp_path / "mkdocs.yml"), lambda: 0.0)
    check(tmp_path)
