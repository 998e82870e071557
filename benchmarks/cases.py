"""Tries small inputs one by one: `MUJAZ_DATA=… python -m benchmarks.cases [FOLDER] [--kind D]`.

A case is a folder below `cases/`, or below FOLDER: one input or a few, and `expected.json`, which
says what is right of them:

- `n`: how many articles; `problem`: a pattern that the reason or hint of a rejection has;
  `titles`: all headlines in input order; `languages`: of each file;
- of the article `index`, else of the first one: `title`, `source`, `place`, `authors`, `date`,
  `updated` and `category`, word for word; `title_in`, `title_has`, `body_has`, `body_not`,
  `body_once`, `summary_has`, `summary_not`; `minpar`: the fewest paragraphs;
- of its tags: `tags_has`, `tags_not`, `tags_not_kind` (names under the kind that they are not),
  `tags_once` (spellings of one name, of which one is a tag).

Other keys are passed over. Each case is understood by itself, so that no page teaches another one.
Prints what is wrong, and how many cases of each kind (the letters of its name) are right. With
`--command`, each runs in a process of its own, by the program that is named.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mujaz import review
from mujaz.cli.wording import understood_object
from mujaz.config import Config

from benchmarks.data import folder

_TARGET = "100 %"
_EXACT_FIELDS = ("title", "source", "place", "authors", "date", "updated", "category")
_SIDECAR_SUFFIXES = (".yml", ".yaml")
_MAX_SAID_CHARACTERS = 160
"""Of one fault, as it is printed."""

Understood = Mapping[str, Any]
"""One line of `mujaz parse --json`."""


class Case(NamedTuple):
    """Inputs, and what is right of them."""

    folder: Path
    expected: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Return the letters that its name begins with."""
        return self.folder.name.rstrip("0123456789")

    @property
    def inputs(self) -> list[Path]:
        """Return its files; sidecars are read with the input that they belong to."""
        entries = sorted(self.folder.iterdir())
        named = [entry for entry in entries if entry.name != "expected.json"]
        return [entry for entry in named if entry.suffix not in _SIDECAR_SUFFIXES]


def main() -> None:
    """Print what is wrong of each case, and how many of each kind are right."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", nargs="?", type=Path, help="of the cases")
    options.add_argument("--kind", default="", help="letters that names of cases begin with")
    options.add_argument("--command", help="the program to run, such as `mujaz`")
    chosen = options.parse_args()
    right, tried = Counter[str](), Counter[str]()
    for case in cases_below(chosen.folder or folder() / "cases", chosen.kind):
        tried[case.kind] += 1
        wrong = wrong_of(case, chosen.command)
        right[case.kind] += not wrong
        if wrong:
            print(f"{case.folder.name}: {'; '.join(wrong)}")
    print("   ".join(f"{kind} {right[kind]}/{tried[kind]}" for kind in sorted(tried)))
    print(f"{right.total()} of {tried.total()} cases right (target: {_TARGET})")


def cases_below(where: Path, kind: str) -> list[Case]:
    """Return the cases in a folder whose names begin with `kind`, by name."""
    folders = sorted(where.glob(f"{kind}*/expected.json"))
    return [Case(each.parent, json.loads(each.read_text("utf-8"))) for each in folders]


def wrong_of(case: Case, command: str | None) -> list[str]:
    """Return what is wrong with how a case is understood, a clause each."""
    try:
        lines = _run(command, case) if command else _understand(case)
    except Exception:  # a crash is a result as well
        return [f"crash: {traceback.format_exc().strip().splitlines()[-1]}"]
    return [clause[:_MAX_SAID_CHARACTERS] for clause in judge(case.expected, lines)]


def _understand(case: Case) -> list[Understood]:
    """Return what is understood in this process."""
    here = case.folder
    config = Config(here / "mkdocs.yml", here, here / "site_src", here / "site")
    return [understood_object(result) for result, _ in review.parse(case.inputs, config)]


def _run(command: str, case: Case) -> list[Understood]:
    """Return what another process prints of the inputs."""
    arguments = [command, "parse", "--json", *map(str, case.inputs)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=case.folder, check=False)
    if "Traceback" in done.stderr:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def judge(expected: Mapping[str, Any], lines: Sequence[Understood]) -> list[str]:
    """Return each way in which what was understood is not what is right."""
    problems = [line["problem"] for line in lines if line.get("problem")]
    articles = [line for line in lines if not line.get("problem")]
    wrong = []
    if "n" in expected and len(articles) != expected["n"]:
        wrong.append(f"{len(articles)} articles, not {expected['n']}")
    if "problem" in expected and not re.search(expected["problem"], str(problems)):
        wrong.append(f"rejected: {problems or 'nothing'}")
    if articles:
        article = articles[min(expected.get("index", 0), len(articles) - 1)]
        wrong += _wrong_fields(expected, article)
        wrong += _wrong_texts(expected, article)
        wrong += _wrong_tags(expected, article)
        wrong += _wrong_collection(expected, articles)
    elif "problem" not in expected and expected.get("n") != 0:
        wrong.append(f"no article: {problems}")
    return wrong


def _wrong_fields(expected: Mapping[str, Any], article: Understood) -> Iterator[str]:
    stated = {**article, "category": article.get("section")}
    for name in _EXACT_FIELDS:
        if name in expected and stated.get(name) != expected[name]:
            yield f"{name}: {stated.get(name)!r}, not {expected[name]!r}"
    title = article["title"]
    if "title_in" in expected and title not in expected["title_in"]:
        yield f"title: {title!r}"
    if expected.get("title_has", "") not in title:
        yield f"title: {title!r}"
    if len(article["paragraphs"]) < expected.get("minpar", 0):
        yield f"{len(article['paragraphs'])} paragraphs"


def _wrong_texts(expected: Mapping[str, Any], article: Understood) -> Iterator[str]:
    texts = {"body": "\n".join(article["paragraphs"]), "summary": article.get("summary") or ""}
    for name, text in texts.items():
        for phrase in expected.get(f"{name}_has", ()):
            if phrase not in text:
                yield f"{name} lacks {phrase!r}"
        for phrase in expected.get(f"{name}_not", ()):
            if phrase in text:
                yield f"{name} has {phrase!r}"
        for phrase in expected.get(f"{name}_once", ()):
            if text.count(phrase) != 1:
                yield f"{name} has {phrase!r} {text.count(phrase)} times"


def _wrong_tags(expected: Mapping[str, Any], article: Understood) -> Iterator[str]:
    kinds = {(tag["name"], tag["kind"]) for tag in article.get("tags") or ()}
    names = {name for name, _ in kinds}
    for name in expected.get("tags_has", ()):
        if name not in names:
            yield f"no tag {name}"
    for name in expected.get("tags_not", ()):
        if name in names:
            yield f"tag {name}"
    for kind, unfit in expected.get("tags_not_kind", {}).items():
        yield from (f"tag {name}: {kind}" for name in unfit if (name, kind) in kinds)
    for spellings in expected.get("tags_once", ()):
        if len(names & set(spellings)) != 1:
            yield f"{len(names & set(spellings))} tags for {spellings[0]}"


def _wrong_collection(expected: Mapping[str, Any], articles: Sequence[Understood]) -> Iterator[str]:
    titles = [article["title"] for article in articles]
    if titles != expected.get("titles", titles):
        yield f"titles: {titles}"
    by_name = {Path(article["file"]).name: article for article in articles}
    for name, language in expected.get("languages", {}).items():
        article = by_name.get(name, {})
        if article.get("language") != language:
            yield f"language of {name}: {article.get('language')!r}, not {language!r}"
        if language != "ar" and (article.get("tags") or article.get("section")):
            yield f"{name}: Arabic tags or section"


if __name__ == "__main__":
    main()
