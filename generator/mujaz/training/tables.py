"""Makes `data/tables.bin`: what the tables in `data/` come to, ready to be looked up.

Run `python -m mujaz.training.tables` after a table, or how one is read, has changed. Until then
what was made of it is made anew by each run. Needs no extra.
"""

from __future__ import annotations

import json

import mujaz.arabic.press.agencies
import mujaz.arabic.press.places
import mujaz.enrich.entities.gazetteer.gazetteer
import mujaz.enrich.entities.lexicon
import mujaz.parse.datelines.listed
import mujaz.parse.vocabulary  # noqa: F401  all that mark functions as `compiled`
from mujaz.data import HERE, checksum, makers, table_as_written
from mujaz.data.lookup import laid_out

OUT = HERE / "tables.bin"


def compiled_tables() -> bytes:
    """Return the content of the file, by tables as they are."""
    yaml = sorted(path.stem for path in HERE.glob("*.yml"))
    files = {f"{name}.yml" for name in yaml}.union(*(files for files, _ in makers.values()))
    entries = {f"file {file}": checksum(file) for file in files}
    for name in yaml:
        text = json.dumps(table_as_written(name), ensure_ascii=False, separators=(",", ":"))
        entries[f"yaml {name}"] = text
    for name, (_, make) in makers.items():
        entries.update((f"{name} {word}", text) for word, text in make().items())
    return laid_out(entries)


def main() -> None:
    """Write the file."""
    # Nothing may be made of what the last one says.
    OUT.unlink(missing_ok=True)
    OUT.write_bytes(compiled_tables())
    print(f"{OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
