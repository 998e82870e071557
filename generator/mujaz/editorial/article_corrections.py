"""Corrections of single articles, also of one entry of a feed, an export or an archive.

An editor calls an article by its file, its address here or at the paper, its guid or its id. All of
these are noted of each input, so that a change of a correction reaches its article alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from mujaz.config.editorial_model import Correction, Editorial, ref_names
from mujaz.model import Article, Document, Held, Problem, Stated
from mujaz.read.corrections import CorrectionError, corrections_of, draft_problem

_RULE = "editorial"
"""Name of the rule that gave a corrected value."""


class NamedCorrections:
    """What editors say of single articles, by what they call them."""

    def __init__(self, editorial: Editorial, pins: Mapping[str, str]) -> None:
        """`pins` are ids that articles are derived to have, by those that they have instead."""
        self._editorial = editorial
        self._pins = pins
        self._by_name: dict[str, list[Correction]] = {}
        for correction in editorial.corrections:
            for name in self._names(correction.ref):
                self._by_name.setdefault(name, []).append(correction)

    def corrected(self, document: Document, names: Iterable[str]) -> Document | Held:
        """Return a document as editors correct it, or why it waits; `names` are what it is called.

        A correction that cannot be followed is passed over: `problems` tells of it.
        """
        corrections = {id(c): c for name in names for c in self._by_name.get(name, ())}
        fields: dict[str, Stated] = {}
        for each in self._editorial.corrections:
            if id(each) not in corrections:
                continue
            if each.is_hidden:
                hint = "take `hide` out of it to publish the article"
                return Held(document.file, f"is hidden in {each.place}", hint)
            try:
                said = corrections_of(each.fields, _RULE)
            except CorrectionError:
                continue
            if said.draft:
                return draft_problem(document.file)
            fields.update(said.fields)
        if not fields:
            return document
        return replace(document, corrected={**document.corrected, **fields})

    def _names(self, ref: str) -> tuple[str, ...]:
        names = ref_names(ref)
        return (*names, *(self._pins[name] for name in names if name in self._pins))


class ArticleCorrections(NamedCorrections):
    """The same, and which inputs they mean, which is remembered from run to run."""

    def __init__(
        self, base: sqlite3.Connection, editorial: Editorial, pins: Mapping[str, str]
    ) -> None:
        """Use the tables in `base`."""
        super().__init__(editorial, pins)
        self._base = base

    def changed_files(self) -> set[str]:
        """Return the files of inputs whose corrections changed since this was last asked."""
        said = {name: _text(each) for name, each in self._by_name.items()}
        before = dict(self._base.execute("select name, said from editorial_corrections"))
        changed = {name for name, _ in said.items() ^ before.items()}
        if changed:
            self._base.execute("delete from editorial_corrections")
            rows = sorted(said.items())
            self._base.executemany("insert into editorial_corrections values (?, ?)", rows)
        return self._files(changed)

    def note(self, document: Document, result: Article | Problem) -> set[str]:
        """Note what an input may be called, and return it."""
        names = input_names(document, result)
        self.forget([document.file])
        rows = ((name, document.file) for name in sorted(names))
        self._base.executemany("insert into input_names values (?, ?)", rows)
        return names

    def forget(self, files: Iterable[str]) -> None:
        """Remove what some inputs are called."""
        rows = ((file,) for file in files)
        self._base.executemany("delete from input_names where file = ?", rows)

    def files(self, ref: str) -> set[str]:
        """Return the files of the inputs that a ref names."""
        return self._files(self._names(ref))

    def problems(self) -> Iterator[Problem]:
        """Yield the corrections that cannot be followed, and those whose articles are gone."""
        for each in self._editorial.corrections:
            try:
                corrections_of(each.fields, _RULE)
            except CorrectionError as error:
                yield Problem(each.place, f"`{each.ref}` {error}", "mend that line")
                continue
            if not self.files(each.ref):
                yield Problem(each.place, _missing(each.ref), "name it anew, or take it out")

    def _files(self, names: Iterable[str]) -> set[str]:
        query = "select file from input_names where name = ?"
        return {file for name in names for (file,) in self._base.execute(query, (name,))}


def input_names(document: Document, result: Article | Problem) -> set[str]:
    """Return what editors may call an input that was parsed as `result`."""
    names = {document.file, *_stated_names(document)}
    return names | {result.id} if isinstance(result, Article) else names


def _missing(ref: str) -> str:
    return f"names `{ref}`, which is no article here"


def _stated_names(document: Document) -> Iterator[str]:
    for field in ("guid", "address"):
        stated = document.stated.get(field)
        if stated and isinstance(stated.value, str) and stated.value.strip():
            yield unquote(stated.value.strip()).rstrip("/")


def _text(corrections: Sequence[Correction]) -> str:
    said: list[Any] = [
        [each.fields, each.is_hidden, each.place if each.is_hidden else ""] for each in corrections
    ]
    return json.dumps(said, ensure_ascii=False)
