"""The search index: shards that Pagefind makes of stems, and the list of them.

Pagefind has no stemmer for Arabic that would serve, so it is given stems in place of words, each
with a mark at its end: Pagefind takes a word also for the beginning of longer ones, and with the
mark no stem is. The headline has the first places of each text, by which the search page knows what
was found there. What a reader sees of a result is kept beside the stems as it is.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any

from generator.arabic.normalise import without_marks
from generator.arabic.phrases import split_words
from generator.arabic.stems import stem, table_text
from generator.arabic.tokens import words
from generator.errors import MujazError
from generator.model import Finding
from generator.publish.shards import alive_in, dead_in, plan
from generator.publish.write import write_if_changed

FOLDER = "search/index"
"""Where the shards are, below the folder of pages."""
LIST = "search/shards.json"
"""What the search page reads first: the shards, and what is dead in each."""
PACKED_TABLE = "search/stems.json.gz"
"""The table of stems, gzipped: not every server does that."""
MANIFEST = "search/.mujaz-shards.json"
"""What each shard was made of; MkDocs passes over names with a dot first."""
MARK = "\u0681"
"""A letter that Arabic does not have, at the end of each stem."""
FILTER_MARK = "\u0685"
"""Another one, at the end of words by which results are narrowed."""
FILTERS = ("source", "category", "month", "person", "place")
_CHOICES = 300
"""Values of a filter that a shard offers."""
TITLE_PLACES = 32
"""Places of a text that are the headline's; those it does not fill stay empty."""
_EMPTY = "-"
"""Takes up a place, and is no word."""
_LARGE = 1_000
"""Articles of a shard from which a second of packing pays."""
_REPEATS = 5
"""Places of a stem that are kept of each body; more make files large, and rank nothing better."""
_EXCERPT = 180
"""Characters of a summary that are kept to be shown, about two lines."""
_LONGEST = 100_000
"""Characters of a body that are searched: longer ones are books, or hostile."""
_CHUNK = "4000"
"""Places of words in one file of an index: smaller files than Pagefind's own make a first query on
a bad line faster. The name says unstable; an unknown one would do no harm."""
_OFFERED, _SHORTEST_OFFERED = 2_000, 3
"""Words of headlines and leads that a shard offers as spellings, and their fewest letters."""
_UNUSED = ("pagefind-*.js", "pagefind-*.css")
"""Pagefind's own search boxes, which the search page does without."""
_SIGNATURE = b"pagefind_dcd"


def index_articles(findings: Sequence[Finding] | None, pages: Path) -> int:
    """Make the search index below `pages` hold exactly `findings`, and return how many it read.

    Only shards that change are made; None removes the index. Raises `MujazError` if Pagefind is
    missing or fails.
    """
    if findings is None:
        _remove_index(pages)
        return 0
    recipe = _recipe()
    by_id = {finding.id: finding for finding in reversed(findings)}  # oldest first
    wanted = {each: _digest(finding, recipe) for each, finding in by_id.items()}
    manifest = _read_manifest(pages)
    planned = plan({name: _digests(shard) for name, shard in manifest.items()}, wanted)
    shards = {name: manifest[name] for name in planned.kept}
    for ids in planned.made:
        shards |= _made([by_id[each] for each in ids], wanted, pages / FOLDER)
    _write_list(shards, wanted, pages)
    _write_packed_table(pages)
    # Written after the shards it names, and before the others go: it never promises what is not
    # there. A shard that a killed run left behind is swept away by the next one.
    write_if_changed(pages / MANIFEST, json.dumps(shards, ensure_ascii=False) + "\n")
    _remove_others(pages / FOLDER, set(shards))
    return sum(map(len, planned.made))


def _remove_index(pages: Path) -> None:
    shutil.rmtree(pages / FOLDER, ignore_errors=True)
    for name in (LIST, MANIFEST, PACKED_TABLE):
        (pages / name).unlink(missing_ok=True)
    if (pages / LIST).parent.is_dir() and not any((pages / LIST).parent.iterdir()):
        (pages / LIST).parent.rmdir()


def _recipe() -> str:
    """Return a digest of all that decides what an index says of an article."""
    parts = (
        metadata.version("pagefind"),
        table_text(),
        MARK,
        FILTER_MARK,
        TITLE_PLACES,
        _REPEATS,
        _EXCERPT,
        _CHUNK,
    )
    return sha256(repr(parts).encode()).hexdigest()


def _digest(finding: Finding, recipe: str) -> str:
    return sha256(f"{recipe}{finding!r}".encode()).hexdigest()[:16]


def _digests(shard: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {each: digest for each, (digest, _) in shard.items()}


def _made(
    findings: Sequence[Finding], digests: Mapping[str, str], folder: Path
) -> dict[str, dict[str, list[str]]]:
    """Make a shard in `folder`, and return its name with what each article is called in it."""
    members = {finding.id: digests[finding.id] for finding in findings}
    name = sha256(json.dumps(members).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mujaz-") as scratch:
        source = Path(scratch)
        # Numbered in the order of the shard: Pagefind reads them in the order of their names.
        for number, finding in enumerate(findings):
            (source / f"{number:06}.html").write_text(_shadow(finding), "utf-8")
        new = folder / f".{name}"
        shutil.rmtree(new, ignore_errors=True)
        _run_pagefind(source, new)
    (new / "words.json").write_text(_words(findings), "utf-8")
    (new / "filters.json").write_text(_filters(findings), "utf-8")
    for pattern in _UNUSED:
        for path in new.glob(pattern):
            path.unlink()
    if len(findings) >= _LARGE:
        _pack_tighter(new)
    fragments = _fragments(new)
    shutil.rmtree(folder / name, ignore_errors=True)
    new.rename(folder / name)
    return {name: {each: [digest, fragments[each]] for each, digest in members.items()}}


def _pack_tighter(shard: Path) -> None:
    """Make smaller what every first query loads of a large shard."""
    from zopfli.gzip import compress

    for pattern in ("*.pf_meta", "wasm.*.pagefind"):
        for path in shard.glob(pattern):
            path.write_bytes(compress(gzip.decompress(path.read_bytes()), numiterations=5))


def _shadow(finding: Finding) -> str:
    """Return the page that Pagefind reads in place of the article's own."""
    title = _stems(finding.title)
    body = _stems("\n".join(finding.paragraphs)[:_LONGEST])
    rest = _without_repeats([*title[TITLE_PLACES:], *body])
    filters = (_filter_word(name, value) for name, value in _filtered(finding))
    places = [*title[:TITLE_PLACES], *[_EMPTY] * (TITLE_PLACES - len(title)), *rest, *filters]
    shown = {
        "id": finding.id,
        "address": finding.address,
        "title": finding.title,
        "excerpt": _cut(finding.excerpt),
        "source": finding.source,
        "category": finding.category,
        "date": finding.date,
        "when": finding.when,
    }
    head = [_meta(name, value) for name, value in shown.items() if value]
    inner = f"<head>{''.join(head)}</head><body><p>{escape(' '.join(places))}</p></body>"
    return f'<!doctype html><html lang="unknown">{inner}</html>'


def _cut(excerpt: str) -> str:
    """Return an excerpt, cut between two words where it is long."""
    if len(excerpt) <= _EXCERPT:
        return excerpt
    return f"{excerpt[:_EXCERPT].rpartition(' ')[0]} …"


def _stems(text: str) -> list[str]:
    return [stem(word) + MARK for word in split_words(text).keys]


def _without_repeats(stems: Sequence[str]) -> list[str]:
    """Return stems with an empty place where one has been often enough to say what it can."""
    seen: Counter[str] = Counter()
    kept = []
    for each in stems:
        seen[each] += 1
        kept.append(each if seen[each] <= _REPEATS else _EMPTY)
    return kept


def _words(findings: Sequence[Finding]) -> str:
    """Return the most frequent words of headlines and leads with how often they stand there.

    From them the search page offers another spelling of a word that it has not found.
    """
    texts = (without_marks(f"{each.title} {each.excerpt}") for each in findings)
    counts = Counter(word for text in texts for word, _, _ in words(text))
    most = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    told = [entry for entry in most if len(entry[0]) >= _SHORTEST_OFFERED][:_OFFERED]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'


def _filtered(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield what results can be narrowed by: the name of a filter, and a value."""
    for name, values in (
        ("source", (finding.source,)),
        ("category", (finding.category,)),
        ("month", (finding.date[:7],)),
        ("person", finding.people),
        ("place", finding.places),
    ):
        yield from ((name, value) for value in values if value)


def _filter_word(name: str, value: str) -> str:
    """Return the word that stands for a value in the index.

    Pagefind has filters of its own, but writes them in another order each time.
    """
    return name + "".join(split_words(value).keys) + FILTER_MARK


def _filters(findings: Sequence[Finding]) -> str:
    """Return the values of each filter with the number of articles, the most frequent first."""
    counts = Counter(entry for each in findings for entry in set(_filtered(each)))
    told: dict[str, list[tuple[str, int]]] = {name: [] for name in FILTERS}
    for (name, value), number in sorted(counts.items(), key=lambda e: (-e[1], e[0])):
        if len(told[name]) < _CHOICES:
            told[name].append((value, number))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _run_pagefind(source: Path, out: Path) -> None:
    try:
        from pagefind_bin import get_executable

        program = get_executable()
    except (ImportError, FileNotFoundError):
        raise MujazError(
            "pagefind: its program is missing; install `pagefind[bin]`, "
            "or set `search: false` under `extra: mujaz:`"
        ) from None
    command = [program, "--site", source, "--output-path", out, "--force-language", "unknown"]
    done = subprocess.run(
        [*map(str, command), "--silent"],
        env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _CHUNK},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode or not out.is_dir():
        told = " ".join(done.stderr.split())[:300]
        raise MujazError(
            f"pagefind: the search index could not be made ({told}); report it, "
            "or set `search: false` under `extra: mujaz:`"
        )


def _fragments(shard: Path) -> dict[str, str]:
    """Return the name that Pagefind gave each article of a shard."""
    found = {}
    for path in (shard / "fragment").iterdir():
        text = gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE)
        found[json.loads(text)["meta"]["id"]] = path.stem
    return found


def _write_list(
    shards: Mapping[str, Mapping[str, Sequence[str]]], wanted: Mapping[str, str], pages: Path
) -> None:
    """Write the list of shards, the largest first: from there the page takes its program.

    What readers would see of articles that are dead in a shard is removed from it.
    """
    told = []
    for name, shard in sorted(shards.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        dead = dead_in([*shard], alive_in(_digests(shard), wanted))
        fragments = sorted(shard[each][1] for each in dead)
        told.append({"name": name, "dead": fragments})
        # What was taken back is not published either; only stems without an article are left.
        for fragment in fragments:
            (pages / FOLDER / name / "fragment" / f"{fragment}.pf_fragment").unlink(missing_ok=True)
    text = json.dumps({"articles": len(wanted), "shards": told}, separators=(",", ":"))
    write_if_changed(pages / LIST, text + "\n")


def _write_packed_table(pages: Path) -> None:
    """Write the table of stems as browsers like it best, beside the plain one."""
    packed = gzip.compress(table_text().encode(), mtime=0)
    path = pages / PACKED_TABLE
    if not path.is_file() or path.read_bytes() != packed:
        path.write_bytes(packed)


def _read_manifest(pages: Path) -> dict[str, dict[str, list[str]]]:
    """Return the shards that are there, with what they were made of."""
    try:
        found: Any = json.loads((pages / MANIFEST).read_text("utf-8"))
        entries = [(name, dict(shard)) for name, shard in found.items()]
        sound = all(
            isinstance(digest, str) and isinstance(fragment, str)
            for _, shard in entries
            for digest, fragment in shard.values()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    entry = "pagefind-entry.json"
    return {n: s for n, s in entries if sound and (pages / FOLDER / n / entry).is_file()}


def _remove_others(folder: Path, names: set[str]) -> None:
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
