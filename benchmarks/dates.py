"""Measures how many written dates are read right: `MUJAZ_DATA=… python -m benchmarks.dates`.

Reads `dates.json`, pairs of a written date and its ISO form: `YYYY-MM` where only a month is named,
`…?hijri` where a Hijri date was converted, `rel` where the form only means something against a
given day (it must then name a day against one, and none without).
"""

from __future__ import annotations

import datetime as dt
import json

from mujaz.arabic.calendars import read_date

from benchmarks.data import folder

_SOME_DAY = dt.date(2025, 7, 14)


def main() -> None:
    """Print the share read right, and each that is not."""
    pairs = json.loads((folder() / "dates.json").read_text("utf-8"))
    right = 0
    for written, wanted in pairs:
        alone, against_a_day = read_date(written), read_date(written, _SOME_DAY)
        if wanted == "rel":
            fine = alone is None and against_a_day is not None
        else:
            fine = str(alone) == wanted.removesuffix("?hijri")
        right += fine
        if not fine:
            print(f"{written}: {alone} or {against_a_day}, not {wanted}")
    share = right / len(pairs)
    print(f"{right} of {len(pairs)} written dates read right: {share:.1%} (target: 100 %)")


if __name__ == "__main__":
    main()
